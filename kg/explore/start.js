// The start page: search, what the graph holds, its zones and classes, ready questions; not everything at once.

function createStart(graph, filter, { go, ask, search }) {
  const sheet = byId("start");

  const zones = () => {
    const found = [];
    for (let entity = 0; entity < graph.count; entity++) if (graph.lookOf(entity).base === "Zone" && filter.entityOn[entity]) found.push(entity);
    return found.sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
  };

  function zoneCard(entity, most) {
    const share = el("i", { class: "meter" });
    share.style.width = `${Math.max(3, Math.round((100 * graph.degree[entity]) / most))}%`;
    return button({ class: "card", onclick: () => go({ v: "focus", of: graph.keyOf(entity), e: graph.keyOf(entity) }) },
      badge(graph.lookOf(entity)), el("span", { class: "card-text" }, el("strong", {}, name(graph.labels[entity])), el("small", {}, word("connected", graph.degree[entity])), share));
  }

  function kindTiles() {
    const counts = new Map();
    for (let entity = 0; entity < graph.count; entity++) {
      const base = graph.lookOf(entity).base;
      counts.set(base, (counts.get(base) ?? 0) + 1);
    }
    const bases = [...counts].sort((one, other) => other[1] - one[1]);
    const names = graph.looks.map((look) => look.name);
    return bases.map(([base, count]) => {
      const look = graph.looks.find((one) => one.name === base);
      const inside = graph.looks.filter((one) => one.base === base).map((one) => one.name);
      const others = names.filter((one) => !inside.includes(one)).sort().join(",");
      return button({ class: "kind-tile", onclick: () => go({ v: "map", hide: others, as: "table" }) }, badge(look), el("span", {}, labelOf(look)), el("b", {}, number(count)));
    });
  }

  function show(reading) {
    const found = zones();
    const best = found.slice(0, 12);
    const most = best.length ? graph.degree[best[0]] : 1;
    const numbers = [["entities", graph.count], ["facts", graph.factCount], ["figures", graph.counts.figures], ["stories", graph.counts.stories]];
    const questions = (reading?.questions ?? []).slice(0, 8);
    sheet.replaceChildren(el("div", { class: "sheet" },
      el("h1", {}, name(graph.title)),
      el("p", { class: "lead" }, word("lead")),
      el("div", { class: "tiles" }, numbers.map(([key, count]) => el("div", { class: "tile" }, el("strong", {}, number(count)), el("span", {}, word(key))))),
      el("div", { class: "start-actions" }, button({ class: "primary", onclick: () => go({ v: "map" }) }, word("wholeMap")),
        button({ onclick: search }, word("searchHere"), " ", el("kbd", {}, "/")), button({ onclick: () => go({ v: "path" }) }, word("pathTitle")),
        button({ onclick: () => go({ v: "compare" }) }, word("compareTitle")), button({ onclick: () => ask() }, word("askTitle"))),
      best.length > 0 && el("section", {}, el("h2", {}, word("zones"), " ", el("small", {}, word("shown", best.length, found.length))), el("div", { class: "cards" }, best.map((entity) => zoneCard(entity, most)))),
      el("section", {}, el("h2", {}, word("kinds")), el("div", { class: "kind-tiles" }, kindTiles())),
      questions.length > 0 && el("section", {}, el("h2", {}, word("questions")), el("div", { class: "question-list" },
        questions.map((question) => button({ class: "link", onclick: () => ask(question.name) }, language === "zh" ? question.title_zh : question.title_en)))),
    ));
  }

  return { show };
}
