// What is shown, taken along: as a picture, as rows, as triples, as a network, as a page of its own.

const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Rows as CSV that Excel opens right and safely: byte order mark, no cell that runs as a formula. */
function sheetOf(rows) {
  const cell = (value) => {
    const text = value == null ? "" : String(value);
    const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function createExports(graph, filter, reading, map, caption) {
  /** Entities and facts of the present scene that the filter lets through. */
  function seen(only) {
    const scene = map.scene();
    const wanted = only ? new Set(only) : null;
    const entities = [...(wanted ?? scene.nodes)].filter((entity) => filter.entityOn[entity]);
    const facts = wanted
      ? [...new Set(entities.flatMap((entity) => [...graph.factsOf(entity)]))].filter((fact) => filter.factOn[fact] && wanted.has(graph.subject[fact]) && wanted.has(graph.object[fact]))
      : [...scene.edges].filter((fact) => filter.factOn[fact]);
    return { entities, facts };
  }

  const save = (text, type, fileName) => download(new Blob([text], { type }), fileName);

  // ---------------------------------------------------------------- pictures

  function png() {
    const { wide, high } = map.camera;
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    const picture = document.createElement("canvas");
    [picture.width, picture.height] = [wide * ratio, high * ratio];
    const pen = picture.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    map.paintOn(pen, wide, high);
    sign(pen, high);
    picture.toBlob((blob) => download(blob, "zonekg.png"), "image/png");
  }

  /** A line that says what the picture is. */
  function sign(pen, high) {
    const theme = map.theme();
    pen.globalAlpha = 1;
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    pen.font = `400 12px ${theme.font}`;
    pen.fillStyle = theme.muted;
    pen.fillText(caption(), 14, high - 12);
  }

  function svgPicture() {
    const { wide, high } = map.camera;
    const pen = createVectorPen(Math.round(wide), Math.round(high), document.createElement("canvas").getContext("2d"));
    map.paintOn(pen, wide, high);
    sign(pen, high);
    save(pen.toSvg(caption(), map.theme().font), "image/svg+xml", "zonekg.svg");
  }

  // ---------------------------------------------------------------- rows, triples, network

  const HEAD = ["subject", "subject_class", "relation", "relation_zh", "object", "object_class", "titles", "confidence", "quote", "headline", "date", "publisher", "source", "start", "end", "rule"];

  function csv(only) {
    const rows = [HEAD];
    for (const fact of seen(only).facts) {
      const [one, other] = [graph.subject[fact], graph.object[fact]];
      const said = [graph.labels[one], graph.lookOf(one).name, graph.wayOf(fact).name, graph.wayOf(fact).zh, graph.labels[other], graph.lookOf(other).name,
        reading.titlesOf(fact).join("、"), graph.confidence[fact] / 10000];
      const proofs = reading.proofsOf("fact", fact);
      if (!proofs.length) rows.push([...said, ...Array(7).fill(""), reading.conclusions.of(fact)?.rule ?? ""]);
      for (const proof of proofs) {
        const { story, start, end, exact } = reading.quote(proof.quote);
        rows.push([...said, exact, story.headline, story.date, story.publisher, story.source, start, end, proof.rule]);
      }
    }
    save(sheetOf(rows), "text/csv;charset=utf-8", "zonekg.csv");
  }

  function turtle() {
    const { entities, facts } = seen();
    const [entity, fact] = [new Set(entities), new Set(facts)];
    const only = { entity: (one) => entity.has(one), fact: (one) => fact.has(one) };
    const rdf = createRdf(graph, reading);
    const spaces = Object.entries(reading.prefixes);
    const short = (term) => {
      if (!term.startsWith("<")) return term.replace(/\^\^<([^>]*)>$/, (_, iri) => `^^${short(`<${iri}>`)}`);
      const found = spaces.find(([, space]) => term.startsWith(`<${space}`) && /^[A-Za-z0-9_\u3400-\u9fff]+>$/.test(term.slice(space.length + 1)));
      return found ? `${found[0]}:${term.slice(found[1].length + 1, -1)}` : term;
    };
    const lines = spaces.map(([prefix, space]) => `@prefix ${prefix}: <${space}> .`);
    const emit = (s, p, o) => lines.push(`${short(s)} ${short(p)} ${short(o)} .`);
    rdf.entities(emit, only);
    rdf.relations(emit, only);
    rdf.observations(emit, only);
    save(`${lines.join("\n")}\n`, "text/turtle", "zonekg.ttl");
  }

  function graphml() {
    const { entities, facts } = seen();
    const keys = [["node", "label"], ["node", "class"], ["node", "class_zh"], ["node", "x"], ["node", "y"], ["edge", "relation"], ["edge", "relation_zh"], ["edge", "titles"], ["edge", "confidence"], ["edge", "quote"]];
    const data = (values) => Object.entries(values).map(([key, value]) => `<data key="${key}">${xml(value)}</data>`).join("");
    const nodes = entities.map((one) => `<node id="n${one}">${data({ "node-label": graph.labels[one], "node-class": graph.lookOf(one).name, "node-class_zh": graph.lookOf(one).zh,
      "node-x": map.scene().x[map.scene().local(one)] ?? 0, "node-y": map.scene().y[map.scene().local(one)] ?? 0 })}</node>`);
    const edges = facts.map((one) => {
      const [proof] = reading.proofsOf("fact", one);
      return `<edge source="n${graph.subject[one]}" target="n${graph.object[one]}">${data({ "edge-relation": graph.wayOf(one).name, "edge-relation_zh": graph.wayOf(one).zh,
        "edge-titles": reading.titlesOf(one).join("、"), "edge-confidence": graph.confidence[one] / 10000, "edge-quote": proof ? reading.quote(proof.quote).exact : "" })}</edge>`;
    });
    const declared = keys.map(([of, key]) => `<key id="${of}-${key}" for="${of}" attr.name="${key}" attr.type="${["x", "y", "confidence"].includes(key) ? "double" : "string"}"/>`);
    save(`<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${declared.join("\n")}\n<graph edgedefault="directed">\n${[...nodes, ...edges].join("\n")}\n</graph>\n</graphml>\n`, "application/xml", "zonekg.graphml");
  }

  async function html() {
    const { entities, facts } = seen();
    const blocks = await subsetBlocks(graph, reading, map.scene(), entities, facts);
    save(pageWith(blocks), "text/html", "zonekg-view.html");
  }

  return { png, svg: svgPicture, csv, turtle, graphml, html, seen };
}

/** This page once more with other data: its own head, shell and scripts, as they came. */
function pageWith({ map, reading }) {
  const data = { "map-data": map, "reading-data": reading };
  const scripts = [...document.scripts].map((script) => {
    const text = data[script.id] ?? script.textContent;
    const type = script.type ? ` type="${script.type}" id="${script.id}"` : "";
    return `<script${type}>${text}</` + "script>";
  });
  return `<!doctype html>\n<html lang="zh-CN" data-theme="light">\n${document.head.outerHTML}\n<body>\n${SHELL}\n${scripts.join("\n")}\n</body>\n</html>\n`;
}
