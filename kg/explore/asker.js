// The page's side of the SPARQL engine: starts the worker when first needed, asks, and can stop it.

function createAsker(text, reading) {
  let worker = null;
  let started = null;
  let turn = 0;
  const waiting = new Map();
  const facts = { ready: 0, size: 0 };

  function post(message) {
    return new Promise((resolve, reject) => {
      const id = ++turn;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...message, id });
    });
  }

  function begin() {
    const began = performance.now();
    const source = new Blob([JSON.parse(text("worker-source"))], { type: "text/javascript" });
    const address = URL.createObjectURL(source);
    worker = new Worker(address);
    worker.onmessage = ({ data }) => {
      const one = waiting.get(data.id);
      waiting.delete(data.id);
      data.error ? one?.reject(new Error(data.error)) : one?.resolve(data);
    };
    worker.onerror = (event) => { for (const one of waiting.values()) one.reject(new Error(event.message)); waiting.clear(); };
    return post({ wasm: text("wasm"), map: text("map-data"), reading: text("reading-data") }).then(({ size }) => {
      URL.revokeObjectURL(address);
      facts.ready = performance.now() - began;
      facts.size = size;
    });
  }

  const start = () => (started ??= begin());

  /** Ends a question that runs too long; the next one starts a new engine. */
  function stop() {
    worker?.terminate();
    worker = null;
    started = null;
    for (const one of waiting.values()) one.reject(new Error(word("stopped")));
    waiting.clear();
  }

  /** The usual prefixes need no declaration. */
  function declared(sparql) {
    const bare = sparql.replace(/#[^\n]*|"[^"\n]*"|<[^>\s]*>/g, " ");
    const missing = Object.entries(reading.prefixes).filter(([prefix]) => new RegExp(`(^|[^\\w:])${prefix}:`).test(bare) && !new RegExp(`prefix\\s+${prefix}\\s*:`, "i").test(sparql));
    return missing.map(([prefix, space]) => `PREFIX ${prefix}: <${space}>\n`).join("") + sparql;
  }

  /** SELECT, ASK, CONSTRUCT or DESCRIBE: the first word that is none of the prologue's. */
  function kindOf(sparql) {
    const bare = sparql.replace(/<[^>\s]*>/g, "<>").replace(/#[^\n]*/g, "");
    return (bare.match(/\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i)?.[1] ?? "").toUpperCase();
  }

  /** Answers a question: {kind, result, milliseconds, size}; a table as an object, a graph as Turtle. */
  async function ask(sparql) {
    const kind = kindOf(sparql);
    await start();
    const graph = kind === "CONSTRUCT" || kind === "DESCRIBE";
    const added = declared(sparql);
    try {
      const answer = await post({ sparql: added, format: graph ? "text/turtle" : "application/sparql-results+json" });
      return { ...answer, kind, result: graph ? answer.result : JSON.parse(answer.result) };
    } catch (error) {
      error.linesAdded = added.split("\n").length - sparql.split("\n").length;
      throw error;
    }
  }

  return { start, stop, ask, facts };
}
