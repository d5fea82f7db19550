// The SPARQL engine, in a worker: Oxigraph over the page's own columns. Messages in and out carry an id.
//
//   {wasm, map, reading}   start: the engine's bytes and the two blocks of data
//   {sparql, format}       a question; {graph: true} in the answer where it gives triples
//
// Evidence is loaded when the first question asks for another graph than the default one.

const LATER = ["evidence", "reference", "inferred", "derivation", "quarantine", "text"];
let store = null;
let rdf = null;
let later = LATER;

async function start({ wasm, map, reading }) {
  const [graph] = await Promise.all([
    openGraph((id) => (id === "map-data" ? map : reading)),
    oxigraph.default({ module_or_path: await unzip(bytesOf(wasm)) }),
  ]);
  store = new oxigraph.Store();
  rdf = createRdf(graph, await graph.read());
  load(["graph", "ontology"]);
  return { size: store.size };
}

/** Plain `load`: the faster way that skips transactions costs 160 MB in WebAssembly. */
function load(layers) {
  for (const layer of layers) {
    for (const quads of rdf.quads(layer)) store.load(quads, { format: "application/n-quads" });
  }
}

const asksElsewhere = (sparql) => /\b(GRAPH|FROM)\b/i.test(sparql);
const NEEDS_ONLY_ONTOLOGY = /\bGRAPH\s+(graph:ontology|<[^>]*\/ontology>)/gi;

function ask({ sparql, format }) {
  if (later.length && asksElsewhere(sparql.replace(NEEDS_ONLY_ONTOLOGY, ""))) {
    load(later);
    later = [];
  }
  const began = performance.now();
  const result = store.query(sparql, { results_format: format });
  return { result, milliseconds: performance.now() - began, size: store.size };
}

self.onmessage = async ({ data }) => {
  try {
    postMessage({ id: data.id, ...(data.wasm ? await start(data) : ask(data)) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error?.message ?? error) });
  }
};
