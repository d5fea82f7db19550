// What the reader can do with the chosen entity and with the view, by button or by key.

function createActions({ graph, filter, state, map, names, go, parts }) {
  const chosen = () => {
    const now = state.now();
    const entity = graph.indexOf(now.e ?? "");
    return entity >= 0 ? entity : graph.indexOf(now.of ?? "");
  };

  function focus(entity) {
    state.go({ v: "focus", of: graph.keyOf(entity), e: graph.keyOf(entity), f: "", a: "", hops: "", more: "", as: "", cam: "" });
  }

  const items = () => state.list("more");
  const withoutItem = (entity) => items().filter((item) => item.split(":")[0] !== names.of(entity));

  /** Neighbours of an entity that the scene lacks. */
  const hiddenOf = (entity) => filter.neighbours(entity).filter((other) => map.scene().local(other) < 0);

  const inFocus = () => state.now().v === "focus";
  const canCollapse = () => inFocus() && (items().length > 0 || Boolean(state.now().hops));

  /** Brings the hidden neighbours of an entity, after asking where there are many. */
  async function expand(entity = chosen()) {
    if (entity < 0) return;
    if (!inFocus()) { focus(entity); return; }
    const hidden = hiddenOf(entity);
    if (!hidden.length) { say(word("nothingHidden")); return; }
    const choice = hidden.length > MANY ? await whichNeighbours(entity, hidden) : "";
    if (choice === null) return;
    state.go({ more: [...withoutItem(entity), names.of(entity) + choice].join(","), cam: "" });
    say(word("expanded", hidden.length - hiddenOf(entity).length));
  }

  /** Asks which: the best connected, or all over some relations. Counts stand beside every choice. */
  function whichNeighbours(entity, hidden) {
    const set = new Set(hidden);
    const counts = new Map();
    for (const fact of graph.factsOf(entity)) {
      const other = graph.other(fact, entity);
      if (filter.factOn[fact] && set.has(other)) counts.set(graph.wayOf(fact), (counts.get(graph.wayOf(fact)) ?? new Set()).add(other));
    }
    const ticks = [...counts].sort((one, other) => other[1].size - one[1].size).map(([way, others]) => {
      const tick = el("input", { type: "checkbox", value: way.name });
      tick.checked = true;
      return el("label", { class: "tick" }, tick, labelOf(way), el("span", { class: "count" }, number(others.size)));
    });
    const wanted = () => ticks.map((label) => label.firstChild).filter((tick) => tick.checked).map((tick) => tick.value);
    const ways = () => (wanted().length === ticks.length ? "" : wanted().join("."));
    return askReader(word("expandTitle", number(hidden.length)), ticks, [
      [word("expandTop", 10), () => `:10:${ways()}`], [word("expandTop", 30), () => `:30:${ways()}`],
      [word("expandAll", number(hidden.length)), () => `::${ways()}`], [word("cancel"), null]]);
  }

  /** Takes back what expanding an entity brought; where nothing was expanded, the further hops. */
  function collapse(entity = chosen()) {
    if (entity < 0 || !canCollapse()) return;
    const left = withoutItem(entity);
    // With nothing expanded there, the last expansion goes.
    const next = left.length < items().length ? left : items().slice(0, -1);
    state.go({ more: next.join(","), hops: items().length ? state.now().hops ?? "" : "", cam: "" });
  }

  /** The next or previous neighbour of the chosen entity. */
  function walk(step) {
    const entity = chosen();
    if (entity < 0) return;
    const from = graph.indexOf(state.now().of ?? "");
    const centre = from >= 0 ? from : entity;
    const ring = [centre, ...filter.neighbours(centre)].filter((one) => map.scene().local(one) >= 0);
    const at = ring.indexOf(entity);
    const next = ring[(at + step + ring.length) % ring.length];
    if (state.now().v === "map") { focus(next); return; }
    go({ e: graph.keyOf(next), f: "", a: "" });
  }

  const asSet = (entities) => state.go({ v: "set", ids: entities.slice(0, 400).map(names.of).join(","), e: "", f: "", a: "", as: "", cam: "" });

  /** Opens the console, with a ready question or a query. */
  function ask(question = "", sparql = "") {
    state.go({ v: state.now().v || "map", ask: question || "1" });
    if (sparql) parts()?.console.editor.set(sparql);
    else if (question) parts()?.console.choose(question);
    byId("sparql").focus();
  }

  function sparqlOfView() {
    const { reading } = parts();
    const rdf = createRdf(graph, reading);
    const scene = map.scene();
    const { entities, facts } = parts().exports.seen();
    const some = ["path", "compare"].includes(state.now().v);
    ask("", queryOfView(graph, reading, filter.rule(), rdf, scene.whole ? { whole: true } : some ? { facts } : { entities }));
  }

  const sparql = (entity) => ask("", `SELECT ?relation ?other ?name WHERE {\n  { ${createRdf(graph, parts().reading).entity(entity)} ?relation ?other }\n  UNION\n  { ?other ?relation ${createRdf(graph, parts().reading).entity(entity)} }\n  ?other rdfs:label ?name .\n}\nORDER BY ?relation ?name`);

  const sparqlOfStory = (story) => ask("", `SELECT DISTINCT ?entity ?name WHERE {\n  ${createRdf(graph, parts().reading).article(story)} schema:mentions ?entity .\n  ?entity rdfs:label ?name .\n}\nORDER BY ?name`);

  async function exportView() {
    const { exports } = parts();
    const { entities, facts } = exports.seen();
    const choice = await askReader(word("exportAs"), el("p", {}, `${word("exportOf")} ${word("shownBoth", number(entities.length), number(graph.count), number(facts.length), number(graph.factCount))}`), [
      ["PNG", "png"], ["SVG", "svg"], ["CSV (Excel)", "csv"], ["Turtle", "turtle"], ["GraphML", "graphml"], [`HTML (${word("single")})`, "html"], [word("print"), "print"], [word("cancel"), null]]);
    if (choice === "print") window.print();
    else if (choice) await exports[choice]();
  }

  /** One step back: close the choice, then the view. */
  function back() {
    const now = state.now();
    if (now.ask) state.go({ ask: "" });
    else if (now.e || now.f || (now.a && now.v !== "story")) state.go({ e: "", f: "", a: now.v === "story" ? now.a : "" });
    else if (now.v && now.v !== "map") state.go({ v: "map", of: "", a: "", more: "", hops: "", ids: "", cam: "" });
    else if (now.v) state.go({ v: "", as: "", cam: "" });
  }

  return {
    focus, inFocus, expand, hiddenOf, collapse, canCollapse, walk, asSet, ask, sparql, sparqlOfView, sparqlOfStory, exportView, back, chosen,
    pathFrom: (entity = chosen()) => state.go({ v: "path", from: entity >= 0 ? graph.keyOf(entity) : "", to: "", skip: "", e: "", f: "", a: "", cam: "" }),
    compare: (entity) => state.go({ v: "compare", one: graph.keyOf(entity), two: "", e: "", f: "", a: "", cam: "" }),
    onlyStory: (story) => state.go({ v: "map", story: story.id, cam: "" }),
    exportCsv: (entities) => parts().exports.csv(entities),
    copyLink: () => copyText(location.href),
    showAs: (as) => state.go({ v: state.now().v || "map", as }),
    wholeMap: () => state.go({ v: "map", as: "", cam: "" }),
  };
}

/** Buttons of the frame and keys of the page. */
function attachControls({ state, map, act, graph, chooseTheme }) {
  const fit = () => map.fit();
  const cycle = () => act.showAs({ table: "tree", tree: "" }[state.now().as] ?? "table");
  const clear = () => state.go(Object.fromEntries(FILTER_KEYS.map((key) => [key, ""])));
  const controls = {
    home: () => state.go({ v: "", e: "", f: "", a: "", as: "", cam: "", ask: "" }), fit, "zoom-in": () => map.camera.zoom(1.4), "zoom-out": () => map.camera.zoom(1 / 1.4),
    language: () => state.go({ lang: language === "zh" ? "en" : "" }), theme: () => state.go({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" }),
    reset: clear, undo: () => state.undo(), redo: () => state.redo(), ask: () => (state.now().ask ? state.go({ ask: "" }) : act.ask()), export: () => act.exportView(),
    "as-picture": () => act.showAs(""), "as-table": () => act.showAs("table"), "as-tree": () => act.showAs("tree"), "to-map": () => act.wholeMap(), "view-sparql": () => act.sparqlOfView(),
    skip: (event) => { event.preventDefault(); byId("panel").focus(); },
    "legend-toggle": () => openLegend(!document.documentElement.classList.contains("legend-open")),
  };
  function openLegend(open) {
    document.documentElement.classList.toggle("legend-open", open);
    byId("legend-toggle").setAttribute("aria-expanded", String(open));
  }
  // On a phone the legend lies over the picture, and what shows of the picture closes it.
  for (const part of [".stage", "#panel"]) document.querySelector(part).addEventListener("pointerdown", () => openLegend(false));
  for (const [id, run] of Object.entries(controls)) byId(id).addEventListener("click", run);

  const keys = {
    "/": () => byId("search").focus(), Escape: act.back, f: fit, e: () => act.chosen() >= 0 && act.focus(act.chosen()), x: () => act.expand(), c: () => act.collapse(), p: () => act.pathFrom(),
    q: controls.ask, t: cycle, "[": () => act.walk(-1), "]": () => act.walk(1),
  };
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input:not([type=checkbox]):not([type=range]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !typing) {
      const key = event.key.toLowerCase();
      if (key === "z" || key === "y") { event.preventDefault(); key === "y" || event.shiftKey ? state.redo() : state.undo(); }
      return;
    }
    if (event.key === "Escape" && typing) { event.target.blur(); return; }
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    run();
  });

  // On paper everything is light, and every fold of the panel is open.
  window.addEventListener("beforeprint", () => {
    chooseTheme(state.now(), "light");
    map.sharpen();
    for (const fold of document.querySelectorAll("#panel details")) fold.open = true;
  });
  window.addEventListener("afterprint", () => chooseTheme(state.now()));
  byId("title").textContent = graph.title;
}
