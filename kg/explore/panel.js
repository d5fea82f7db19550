// The panel beside the map: overview, one entity, one relation, or one article, with its sentences.

function createPanel(graph, { go }) {
  const panel = document.getElementById("panel");

  /** A button that leads to an entity. */
  function chip(entity, text = entity.label) {
    return el("button", { type: "button", class: "chip", onclick: () => go({ entity }) }, badge(entity.look), name(text));
  }

  const storyTitle = (story) => story.headline || `${story.source} ${word("nth", story.order)}`;

  function storyLink(story) {
    return el("button", { type: "button", class: "link", onclick: () => go({ story }) }, name(storyTitle(story)));
  }

  function section(title, ...content) {
    return el("section", {}, el("h3", {}, title), ...content);
  }

  function show(...content) {
    const home = el("button", { type: "button", class: "link back", onclick: () => go({}) }, `← ${word("overview")}`);
    panel.replaceChildren(home, ...content.flat().filter(Boolean));
    panel.scrollTop = 0;
  }

  // ---------------------------------------------------------------- sentences

  /** A quote with both ends of its fact marked, and where it stands. */
  function quoteCard(evidence, confidence) {
    const { quote, story } = evidence;
    const place = `${story.source} · ${word("chars", quote.start, quote.end)}`;
    const details = `${word("rule")} ${evidence.rule} · ${word("confidence")} ${Math.round(confidence * 100)}%`;
    return el("figure", { class: "quote" },
      el("blockquote", { dir: "auto" }, markedText(quote.exact, evidence.subject, evidence.object)),
      el("figcaption", {}, storyLink(story), el("span", {}, name(place)), el("span", {}, name(details)), copyButton(evidence)));
  }

  function copyButton({ quote, story }) {
    if (!navigator.clipboard) return null;
    const text = `“${tidy(quote.exact)}”（${storyTitle(story)}，${story.source} ${quote.start}–${quote.end}）`;
    const button = el("button", { type: "button", class: "link copy" }, word("copy"));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = word("copied");
    });
    return button;
  }

  /** The first sentence open, the others one click away. */
  function quoteList(said) {
    const [first, ...others] = said.evidence.map((evidence) => quoteCard(evidence, said.confidence));
    const rest = others.length && el("details", {}, el("summary", {}, word("others", others.length)), others);
    return [first, rest];
  }

  // ---------------------------------------------------------------- facts

  const titlesOf = (fact) => fact.titles.map((title) => el("span", { class: "title-pill" }, name(title)));

  /** A fact seen from one of its ends: the other end, titles, sentences. */
  function factFrom(entity) {
    return (fact) => el("div", { class: "fact" },
      el("div", { class: "fact-head" }, chip(otherEnd(fact, entity)), titlesOf(fact), edgeLink(fact)), quoteList(fact));
  }

  function edgeLink(fact) {
    const n = fact.evidence.length;
    return el("button", { type: "button", class: "link said", onclick: () => go({ fact }) }, word("said", n));
  }

  function triple(fact) {
    return el("div", { class: "triple" }, chip(fact.subject),
      el("span", { class: "arrow" }, `${labelOf(fact.relation)} ${fact.relation.symmetric ? "↔" : "→"}`),
      chip(fact.object), titlesOf(fact));
  }

  const wholeFact = (fact) => el("div", { class: "fact" }, triple(fact), quoteList(fact));

  /** Facts of an entity by relation and direction, in the order of the legend. */
  function groups(entity) {
    const found = [];
    for (const relation of graph.relations.values()) {
      const here = entity.facts.filter((fact) => fact.relation === relation);
      const out = here.filter((fact) => relation.symmetric || fact.subject === entity);
      const into = here.filter((fact) => !relation.symmetric && fact.subject !== entity);
      const [right, left] = relation.symmetric ? ["↔", ""] : ["→", "←"];
      if (out.length) found.push({ title: `${labelOf(relation)} ${right}`, facts: out });
      if (into.length) found.push({ title: `${left} ${labelOf(relation)}`, facts: into });
    }
    return found;
  }

  // ---------------------------------------------------------------- figures

  function figureRows(figure, withSubject, timed) {
    const plain = plainNumber(figure.value) + figure.unit;
    const text = readable(figure.value, figure.unit);
    const row = el("tr", {},
      el("th", { scope: "row" }, withSubject && chip(figure.subject), name(figure.indicator)),
      el("td", { class: "value" }, el("strong", {}, name(text)), plain !== text && el("small", {}, name(plain))),
      timed && el("td", {}, figure.time && name(figure.time)));
    const source = el("details", {}, el("summary", {}, word("quote")),
      figure.evidence.map((evidence) => quoteCard(evidence, figure.confidence)));
    return [row, el("tr", { class: "source" }, el("td", { colspan: 3 }, source))];
  }

  function figureTable(figures, withSubject = false) {
    const timed = figures.some((figure) => figure.time);
    const head = ["indicator", "value", timed && "time"].filter(Boolean).map((key) => el("th", { scope: "col" }, word(key)));
    return el("table", { class: "figures" }, el("thead", {}, el("tr", {}, head)),
      el("tbody", {}, figures.flatMap((figure) => figureRows(figure, withSubject, timed))));
  }

  // ---------------------------------------------------------------- the four views

  function showHome() {
    const tiles = ["entities", "facts", "figures", "stories"].map((key) =>
      el("div", { class: "tile" }, el("strong", {}, plainNumber(String(graph[key].length))), el("span", {}, word(key))));
    const best = [...graph.entities].sort(byConnection).slice(0, 10);
    show(
      el("div", { class: "tiles" }, tiles),
      section(word("start"), el("div", { class: "chips" }, best.map((entity) => chip(entity)))),
      section(word("stories"), ...longList(graph.stories, storyRow, 30)),
      section(word("all"), kindLists()),
      section(word("keys"), el("p", { class: "muted" }, word("keysText"))),
    );
    panel.querySelector(".back").hidden = true;
  }

  function storyRow(story) {
    const about = [story.date, story.publisher, story.source, word("connected", story.facts.length)].filter(Boolean);
    return el("div", { class: "story" }, storyLink(story), el("small", {}, name(about.join(" · "))));
  }

  /** Every entity by class, folded: the way to each node without a mouse or a picture. */
  function kindLists() {
    return [...graph.looks.values()].map((look) => {
      const members = graph.entities.filter((entity) => entity.kind === look.name).sort(byConnection);
      if (!members.length) return null;
      const fold = el("details", { class: "kind-list" },
        el("summary", {}, badge(look), labelOf(look), el("span", { class: "count" }, String(members.length))));
      // Filled when opened: thousands of buttons cost nothing until somebody wants them.
      fold.addEventListener("toggle", () => fold.open && fold.children.length === 1
        && fold.append(...longList(members, (entity) => chip(entity))));
      return fold;
    });
  }

  function showEntity(entity) {
    const others = entity.names.slice(1);
    const aliases = others.length && el("p", { class: "aliases" }, el("span", { class: "muted" }, word("aka")),
      others.map((alias) => el("span", { class: "alias" }, name(alias))));
    const about = [labelOf(entity.look), word("connected", entity.facts.length), word("inStories", entity.stories.length)];
    show(
      el("div", { class: "headline" }, badge(entity.look), el("h2", {}, name(entity.label))),
      el("p", { class: "muted" }, about.join(" · ")), aliases,
      entity.figures.length && section(`${word("figures")} (${entity.figures.length})`, figureTable(entity.figures)),
      groups(entity).map(({ title, facts }) =>
        section(`${title} (${facts.length})`, ...longList(facts, factFrom(entity), 20))),
      !entity.facts.length && el("p", { class: "muted" }, word("noFacts")),
      entity.stories.length && section(`${word("stories")} (${entity.stories.length})`, ...longList(entity.stories, storyRow, 20)),
    );
  }

  function showFact(fact) {
    const pair = fact.subject.facts.filter((other) => other !== fact && otherEnd(other, fact.subject) === otherEnd(fact, fact.subject));
    show(
      el("h2", { class: "edge-title" }, triple(fact)),
      el("p", { class: "muted" }, word("said", fact.evidence.length), " · ",
        el("mark", { class: "s" }, word("subject")), " ", el("mark", { class: "o" }, word("object"))),
      fact.evidence.map((evidence) => quoteCard(evidence, fact.confidence)),
      pair.length && section(word("samePair"), ...longList(pair, wholeFact)),
    );
  }

  function showStory(story) {
    const rows = [["date", story.date], ["author", story.authors.join("、")], ["publisher", story.publisher],
      ["source", `${story.source} · ${word("nth", story.order)}`]].filter(([, value]) => value);
    show(
      el("h2", {}, name(storyTitle(story))),
      el("dl", { class: "about" }, rows.map(([key, value]) => [el("dt", {}, word(key)), el("dd", {}, name(value))])),
      story.figures.length && section(`${word("figures")} (${story.figures.length})`, figureTable(story.figures, true)),
      section(`${word("storyFacts")} (${story.facts.length})`, ...longList(story.facts, wholeFact, 30)),
      section(`${word("named")} (${story.entities.length})`,
        el("div", { class: "chips" }, story.entities.map((entity) => chip(entity)))),
    );
  }

  const showMissing = () => show(el("p", { class: "muted" }, word("missing")));

  return { showHome, showEntity, showFact, showStory, showMissing, focus: () => panel.focus() };
}
