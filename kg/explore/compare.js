// Two entities side by side: how many of what, what both are connected to, figures of the same name.

function createCompareView(graph, filter, reading, panel, state, finder) {
  function picker(key) {
    const field = searchField(`compare-${key}`, word(key), graph, finder, (entity) => {
      state.go({ v: "compare", [key]: graph.keyOf(entity) });
      byId("compare-two").focus();
    });
    const chosen = graph.indexOf(state.now()[key] ?? "");
    return el("div", { class: "picker" }, chosen >= 0 && panel.chip(chosen), field);
  }

  /** Per class how many neighbours each has. */
  function counts(one, other) {
    const table = new Map();
    for (const [side, entity] of [one, other].entries()) {
      for (const neighbour of filter.neighbours(entity)) {
        const base = graph.lookOf(neighbour).base;
        if (!table.has(base)) table.set(base, [0, 0]);
        table.get(base)[side]++;
      }
    }
    return [...table].sort((a, b) => b[1][0] + b[1][1] - a[1][0] - a[1][1]);
  }

  /** Indicators that either reports, with the figures of both. */
  function figures(one, other) {
    const table = new Map();
    for (const [side, entity] of [one, other].entries()) {
      for (const figure of reading.figuresOf(entity)) {
        const key = `${figure.indicator}\u0000${figure.unit}`;
        if (!table.has(key)) table.set(key, { indicator: figure.indicator, sides: [[], []] });
        table.get(key).sides[side].push(figure);
      }
    }
    return [...table.values()].sort((a, b) => Number(b.sides.every((side) => side.length)) - Number(a.sides.every((side) => side.length)));
  }

  const cell = (side) => el("td", {}, side.map((figure) => el("div", {}, name(`${readable(figure.value, figure.unit)}${figure.time ? ` (${figure.time})` : ""}`))));

  function table(head, rows) {
    return el("table", { class: "figures compare" }, el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, name(text))))), el("tbody", {}, rows));
  }

  function show() {
    const [one, other] = ["one", "two"].map((key) => graph.indexOf(state.now()[key] ?? ""));
    const pickers = [el("h2", {}, word("compareTitle")), el("div", { class: "pickers" }, picker("one"), picker("two"))];
    if (one < 0 || other < 0) return panel.show(pickers, el("p", { class: "muted" }, word("compareHint")));
    const [left, right] = [filter.neighbours(one), filter.neighbours(other)];
    const [ours, hers] = [new Set(left), new Set(right)];
    const shared = left.filter((node) => hers.has(node));
    const lists = [[word("shared"), shared], [word("onlyOf", graph.labels[one]), left.filter((node) => !hers.has(node) && node !== other)],
      [word("onlyOf", graph.labels[other]), right.filter((node) => !ours.has(node) && node !== one)]];
    const heads = ["", graph.labels[one], graph.labels[other]];
    const found = figures(one, other);
    return panel.show(pickers,
      panel.section(word("connections"), table(heads, counts(one, other).map(([base, pair]) =>
        el("tr", {}, el("th", { scope: "row" }, labelOf(graph.looks.find((look) => look.name === base))), pair.map((n) => el("td", {}, number(n))))))),
      found.length > 0 && panel.section(`${word("figures")} (${found.length})`, table(heads, found.map(({ indicator, sides }) =>
        el("tr", {}, el("th", { scope: "row" }, name(indicator)), sides.map(cell))))),
      lists.map(([title, nodes]) => nodes.length > 0 && panel.section(`${title} (${nodes.length})`, ...longList(nodes, (node) => panel.chip(node), 30))));
  }

  return { show };
}
