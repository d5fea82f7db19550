// The picture in words: what the canvas shows as tables, or as a tree, for readers who do not see it,
// and for those who like rows. Everything in it can be reached with the keyboard.

const ROWS = 100;

function createTwin(graph, filter, { go, factKey }) {
  const box = byId("twin");
  let [what, page, sorted] = ["entities", 0, "facts"];

  const chip = (entity) => button({ class: "chip", onclick: () => go({ e: graph.keyOf(entity), f: "", a: "" }) }, badge(graph.lookOf(entity)), name(graph.labels[entity]));

  /** Entities and facts of a scene that the filter lets through. */
  function seen(scene) {
    const entities = [...scene.nodes].filter((entity) => filter.entityOn[entity]);
    const facts = [...scene.edges].filter((fact) => filter.factOn[fact]);
    return { entities, facts };
  }

  const ORDERS = {
    facts: (a, b) => graph.degree[b] - graph.degree[a] || a - b,
    name: (a, b) => graph.labels[a].localeCompare(graph.labels[b], "zh"),
    kind: (a, b) => graph.kind[a] - graph.kind[b] || graph.degree[b] - graph.degree[a],
  };

  function entityTable(entities) {
    const heads = [["name", word("name")], ["kind", word("kinds")], ["facts", word("facts")]].map(([key, text]) =>
      el("th", { scope: "col", class: key === "facts" && "value", "aria-sort": sorted === key ? (key === "facts" ? "descending" : "ascending") : false }, button({ class: "sort", onclick: () => { sorted = key; page = 0; again(); } }, text)));
    const rows = [...entities].sort(ORDERS[sorted]).slice(page * ROWS, (page + 1) * ROWS).map((entity) => el("tr", {},
      el("th", { scope: "row" }, chip(entity)), el("td", {}, labelOf(graph.lookOf(entity))), el("td", { class: "value" }, number(graph.degree[entity]))));
    return el("table", { class: "rows" }, el("caption", { class: "unseen" }, word("entities")), el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows));
  }

  function factTable(facts) {
    const heads = ["subject", "relation", "object", "confidence"].map((key) => el("th", { scope: "col", class: key === "confidence" && "value" }, word(key)));
    const rows = facts.slice(page * ROWS, (page + 1) * ROWS).map((fact) => el("tr", {}, el("th", { scope: "row" }, chip(graph.subject[fact])),
      el("td", {}, button({ class: "link", onclick: () => go({ f: factKey(fact), e: "", a: "" }) }, `${labelOf(graph.wayOf(fact))} ${graph.wayOf(fact).symmetric ? "↔" : "→"}`)),
      el("td", {}, chip(graph.object[fact])), el("td", { class: "value" }, `${Math.round(graph.confidence[fact] / 100)}%`)));
    return el("table", { class: "rows" }, el("caption", { class: "unseen" }, word("facts")), el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows));
  }

  function pager(total) {
    const last = Math.max(0, Math.ceil(total / ROWS) - 1);
    const turn = (to) => () => { page = to; again(); box.querySelector("table")?.scrollIntoView({ block: "nearest" }); };
    return el("p", { class: "pager" }, button({ disabled: page === 0, onclick: turn(page - 1) }, "‹"), ` ${word("rows", total ? page * ROWS + 1 : 0, Math.min(total, (page + 1) * ROWS), number(total))} `,
      button({ disabled: page >= last, onclick: turn(page + 1) }, "›"));
  }

  let current = null;

  function table(scene) {
    const { entities, facts } = seen(scene);
    const tabs = [["entities", entities.length], ["facts", facts.length]].map(([key, count]) =>
      button({ "aria-pressed": String(what === key), onclick: () => { what = key; page = 0; again(); } }, `${word(key)} ${number(count)}`));
    const total = what === "entities" ? entities.length : facts.length;
    box.replaceChildren(el("div", { class: "segments", role: "group", "aria-label": word("table") }, tabs), pager(total),
      what === "entities" ? entityTable(entities) : factTable(facts));
  }

  /** Classes, their entities, the facts of each: folds in folds, filled when opened. */
  function tree(scene) {
    const { entities } = seen(scene);
    const kinds = graph.looks.map((look, kind) => [look, entities.filter((entity) => graph.kind[entity] === kind).sort(ORDERS.facts)]).filter(([, list]) => list.length);
    const fact = (entity) => (one) => el("div", { class: "tree-fact" }, `${graph.subject[one] === entity ? "→" : "←"} ${labelOf(graph.wayOf(one))} `, chip(graph.other(one, entity)));
    const branch = (entity) => lazyFold({ class: "branch" }, [badge(graph.lookOf(entity)), name(graph.labels[entity]), el("small", {}, ` ${graph.degree[entity]}`)],
      () => [button({ class: "link", onclick: () => go({ e: graph.keyOf(entity), f: "", a: "" }) }, word("details")), ...longList([...graph.factsOf(entity)].filter((one) => filter.factOn[one]), fact(entity), 50)]);
    box.replaceChildren(el("div", { class: "tree" }, kinds.map(([look, list]) =>
      lazyFold({ class: "branch" }, [badge(look), labelOf(look), el("small", {}, ` ${number(list.length)}`)], () => longList(list, branch, 80)))));
  }

  function again() { if (current) show(...current); }

  function show(as, scene) {
    if (current && current[1] !== scene) page = 0;
    current = [as, scene];
    box.hidden = as !== "table" && as !== "tree";
    byId("map").hidden = !box.hidden;
    if (box.hidden) { box.replaceChildren(); current = null; return; }
    as === "table" ? table(scene) : tree(scene);
  }

  return { show };
}
