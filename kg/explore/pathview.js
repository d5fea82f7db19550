// The path finder's side of the panel: from, to, how many, what to leave out; the ways found with quotes.

function createPathView(graph, filter, names, panel, state, finder) {
  const rule = () => {
    const now = state.now();
    const avoid = new Set(state.list("avoid"));
    const hubs = numberOf(now.nohubs, 0, 0, Infinity);
    const skip = new Set(state.list("skip").map(names.find).filter((entity) => entity >= 0));
    return {
      from: graph.indexOf(now.from ?? ""), to: graph.indexOf(now.to ?? ""), most: numberOf(now.k, 3, 1, 8), avoid, skip,
      passes: (fact) => filter.factOn[fact] === 1 && !avoid.has(graph.wayOf(fact).name),
      enters: (entity) => (!hubs || graph.degree[entity] <= hubs) && !skip.has(entity),
    };
  };

  let last = { asked: "", found: null };

  /** The ways asked for, and how long the search took; the same question is not searched twice. */
  function find() {
    const { from, to, most, passes, enters } = rule();
    if (from < 0 || to < 0) return { paths: [], asked: false };
    const asked = JSON.stringify([from, to, most, state.now().nohubs, state.now().avoid, state.now().skip, FILTER_KEYS.map((key) => state.now()[key])]);
    if (last.asked === asked) return last.found;
    const began = performance.now();
    const paths = shortestPaths(graph, from, to, most, passes, enters);
    last = { asked, found: { paths, asked: true, milliseconds: performance.now() - began } };
    return last.found;
  }

  /** A search box for one end. */
  function picker(key) {
    const field = searchField(`path-${key}`, word(key), graph, finder, (entity) => {
      state.go({ v: "path", [key]: graph.keyOf(entity) });
      byId("path-to").focus();
    });
    const chosen = graph.indexOf(state.now()[key] ?? "");
    return el("div", { class: "picker" }, el("span", { class: "picker-label" }, word(key)), chosen >= 0 && panel.chip(chosen), field);
  }

  function options() {
    const limit = hubLimit(graph);
    const hubs = el("input", { type: "checkbox", id: "nohubs" });
    hubs.checked = Boolean(state.now().nohubs);
    hubs.addEventListener("change", () => state.go({ nohubs: hubs.checked ? String(limit) : "" }));
    const most = el("select", { id: "path-k", "aria-label": word("howMany") }, [1, 3, 5, 8].map((k) => el("option", { value: k, selected: k === rule().most }, word("ways", k))));
    most.addEventListener("change", () => state.go({ k: most.value }));
    const ways = lazyFold({ class: "avoid", open: rule().avoid.size > 0 }, word("avoidRelations", rule().avoid.size), () => graph.relations.map((way) => {
      const tick = el("input", { type: "checkbox", id: `avoid-${way.name}` });
      tick.checked = rule().avoid.has(way.name);
      tick.addEventListener("change", () => {
        const avoid = new Set(state.list("avoid"));
        tick.checked ? avoid.add(way.name) : avoid.delete(way.name);
        state.go({ avoid: [...avoid].sort().join(",") });
      });
      return el("label", { class: "tick" }, tick, labelOf(way));
    }));
    const swap = panel.tool(word("swap"), () => state.go({ from: state.now().to ?? "", to: state.now().from ?? "" }));
    return el("div", { class: "path-options" }, most, swap, el("label", { class: "tick" }, hubs, word("noHubs", limit)), ways, skipped());
  }

  /** Entities that no way may lead through, each with a button that readmits it. */
  function skipped() {
    const chips = [...rule().skip].map((entity) => withCross(entity, word("remove"), state.list("skip").filter((one) => one !== names.of(entity))));
    return chips.length > 0 && el("div", { class: "filter-chips" }, el("span", { class: "muted" }, word("avoided")), chips);
  }

  const withCross = (entity, says, left) => el("span", { class: "filter-chip" }, name(graph.labels[entity]),
    button({ title: says, "aria-label": `${says}: ${graph.labels[entity]}`, onclick: () => state.go({ skip: left.join(",") }) }, "×"));

  /** The stops of a way; each between its ends can be avoided. */
  const stops = ({ nodes }) => nodes.map((node, at) => [at > 0 && " – ", at > 0 && at + 1 < nodes.length
    ? withCross(node, word("avoid"), [...state.list("skip"), names.of(node)]) : name(graph.labels[node])]);

  function showWay(path, at) {
    return panel.section(word("way", at + 1, path.facts.length),
      el("p", { class: "way" }, stops(path)),
      path.facts.map((facts) => facts.slice(0, 3).map(panel.wholeFact)));
  }

  function show({ paths, asked, milliseconds }) {
    panel.show(el("h2", {}, word("pathTitle")), picker("from"), picker("to"), options(),
      asked && el("p", { class: "muted", role: "status" }, paths.length ? word("waysFound", paths.length, milliseconds.toFixed(0)) : word("noWay")),
      !asked && el("p", { class: "muted" }, word("pathHint")), paths.map(showWay));
  }

  return { find, show };
}
