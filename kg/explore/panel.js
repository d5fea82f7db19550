// The panel beside the map: start, an entity, a fact, an article, paths, a comparison, a chosen set.

function createPanel(graph, filter, reading, marker, { go, act }) {
  const panel = byId("panel");

  /** A button that leads to an entity. */
  const chip = (entity, text = graph.labels[entity]) =>
    button({ class: "chip", onclick: () => go({ e: graph.keyOf(entity), f: "", a: "" }) }, badge(graph.lookOf(entity)), name(text));

  const storyLink = (story) => button({ class: "link", onclick: () => go({ v: "story", a: story.id, e: "", f: "" }) }, name(storyTitle(story)));
  const section = (title, ...content) => el("section", {}, el("h3", {}, title), ...content);
  const tool = (label, run, attributes = {}) => button({ class: "tool", onclick: run, ...attributes }, label);

  /** New content; who was in the panel with the keyboard stays at the same control, or else in the panel. */
  function show(...content) {
    const held = panel.contains(document.activeElement) ? document.activeElement : null;
    panel.replaceChildren(...content.flat(Infinity).filter(Boolean));
    panel.scrollTop = 0;
    if (held) ((held.id && byId(held.id)) || panel).focus({ preventScroll: true });
  }

  // ---------------------------------------------------------------- sentences

  /** A quote with the ends of its fact and its relation marked, and where it stands. */
  function quoteCard({ quote: number, rule }, confidence, marks) {
    const quote = reading.quote(number);
    const { story } = quote;
    const facts = [`${story.source} · ${word("chars", quote.start, quote.end)}`, [story.publisher, story.date].filter(Boolean).join(" "),
      `${word("confidence")} ${Math.round(confidence * 100)}%`, `${word("rule")} ${rule}`];
    return el("figure", { class: "quote" },
      el("blockquote", { dir: "auto" }, markedText(quote.exact, marks(quote, rule))),
      el("figcaption", {}, storyLink(story), facts.filter(Boolean).map((one) => el("span", {}, name(one))), citeButton(quote)));
  }

  /** Copies the sentence with where it was printed. */
  function citeButton(quote) {
    const { story } = quote;
    const paper = [story.publisher, story.date].filter(Boolean).join("，");
    const text = `“${tidy(quote.exact)}”（${[storyTitle(story), paper, `${story.source} ${quote.start}–${quote.end}`].filter(Boolean).join("，")}）`;
    const copy = button({ class: "link copy", "data-citation": text }, word("copy"));
    copy.addEventListener("click", async () => {
      await copyText(text);
      copy.textContent = word("copied");
    });
    return copy;
  }

  const factMarks = (fact) => (quote, rule) => ({
    s: marker.ofEntity(quote, graph.subject[fact]), o: marker.ofEntity(quote, graph.object[fact]), r: marker.ofRule(quote, rule),
  });

  const factQuotes = (fact) => reading.proofsOf("fact", fact).map((proof) => quoteCard(proof, graph.confidence[fact] / 10000, factMarks(fact)));

  /** The first sentence open, the others one click away. */
  function quoteList(fact) {
    const proofs = reading.proofsOf("fact", fact);
    if (!proofs.length) return grounds(fact);
    const card = (proof) => quoteCard(proof, graph.confidence[fact] / 10000, factMarks(fact));
    return [card(proofs[0]), proofs.length > 1 && lazyFold({}, word("others", proofs.length - 1), () => proofs.slice(1).map(card))];
  }

  /** What an inferred fact rests on: its rule, and each fact with its sentences. */
  function grounds(fact) {
    const found = reading.conclusions.of(fact);
    const note = el("p", { class: "muted" }, word("inferredNote"), found && ` ${found.rule} · ${(found.confidence / 10000).toFixed(2)}`);
    return [note, found?.facts.map((premise) => el("div", { class: "fact" }, triple(premise), quoteList(premise)))];
  }

  // ---------------------------------------------------------------- facts

  const titlesOf = (fact) => [...reading.titlesOf(fact), ...reading.timesOf(fact)].map((text) => el("span", { class: "title-pill" }, name(text)));
  const factKey = (fact) => [graph.keyOf(graph.subject[fact]), graph.wayOf(fact).name, graph.keyOf(graph.object[fact])].map(encodeURIComponent).join("/");

  const edgeLink = (fact) => button({ class: "link said", onclick: () => go({ f: factKey(fact), e: "", a: "" }) }, word("said", reading.proofCount(fact)));

  const factFrom = (entity) => (fact) => el("div", { class: "fact" },
    el("div", { class: "fact-head" }, chip(graph.other(fact, entity)), titlesOf(fact), edgeLink(fact)), quoteList(fact));

  const triple = (fact) => el("div", { class: "triple" }, chip(graph.subject[fact]),
    el("span", { class: "arrow" }, `${labelOf(graph.wayOf(fact))} ${graph.wayOf(fact).symmetric ? "↔" : "→"}`), chip(graph.object[fact]), titlesOf(fact));

  const wholeFact = (fact) => el("div", { class: "fact" }, triple(fact), quoteList(fact));

  /** Seen facts of an entity by relation and direction, in the order of the legend. */
  function groups(entity) {
    const found = [];
    const facts = [...graph.factsOf(entity)].filter((fact) => filter.factOn[fact]);
    graph.relations.forEach((way, at) => {
      const here = facts.filter((fact) => graph.relation[fact] === at);
      const out = here.filter((fact) => way.symmetric || graph.subject[fact] === entity);
      const into = here.filter((fact) => !way.symmetric && graph.subject[fact] !== entity);
      const [right, left] = way.symmetric ? ["↔", ""] : ["→", "←"];
      if (out.length) found.push({ title: `${labelOf(way)} ${right}`, facts: out, way });
      if (into.length) found.push({ title: `${left} ${labelOf(way)}`, facts: into, way });
    });
    const posts = (group) => Number(group.way.name !== "holdsPosition");
    return found.sort((one, other) => posts(one) - posts(other));
  }

  // ---------------------------------------------------------------- figures

  const figureParts = {
    chip,
    proofs: (figure) => reading.proofsOf("figure", figure.index).map((proof) => quoteCard(proof, figure.confidence, (quote) => ({
      s: marker.ofEntity(quote, figure.subject), o: marker.ofWords(quote, [figure.indicator]),
    }))),
  };

  const figuresSection = (figures, withSubject = false) => figures.length > 0
    && section(`${word("figures")} (${figures.length})`, figureTable(figures, withSubject, figureParts));

  // ---------------------------------------------------------------- the views

  const about = (rows) => el("dl", { class: "about" }, rows.filter(([, value]) => value).map(([key, value]) => [el("dt", {}, word(key)), el("dd", {}, typeof value === "string" ? name(value) : value)]));

  /** Says beforehand how many neighbours it would bring. */
  function expandTool(entity) {
    const hidden = act.hiddenOf(entity).length;
    return tool([word("expand"), hidden > 0 && el("span", { class: "count" }, ` +${number(hidden)}`)], () => act.expand(entity), { "aria-keyshortcuts": "X", disabled: act.inFocus() && !hidden });
  }

  function showEntity(entity) {
    const look = graph.lookOf(entity);
    const aliases = reading.aliasesOf(entity);
    const stories = reading.storiesOf(entity);
    const found = groups(entity);
    const seen = found.reduce((sum, group) => sum + group.facts.length, 0);
    const all = graph.factsOf(entity).length;
    show(
      el("div", { class: "headline" }, badge(look), el("h2", {}, name(graph.labels[entity]))),
      el("p", { class: "muted" }, [labelOf(look), seen < all ? word("shownFacts", seen, all) : word("connected", all), word("inStories", stories.length)].join(" · ")),
      aliases.length > 0 && el("p", { class: "aliases" }, el("span", { class: "muted" }, word("aka")), aliases.map((alias) => el("span", { class: "alias" }, name(alias)))),
      el("div", { class: "actions" }, tool(word("focus"), () => act.focus(entity), { "aria-keyshortcuts": "E" }), expandTool(entity),
        tool(word("collapse"), () => act.collapse(entity), { "aria-keyshortcuts": "C", disabled: !act.canCollapse() }), tool(word("pathFrom"), () => act.pathFrom(entity), { "aria-keyshortcuts": "P" }),
        tool(word("compareWith"), () => act.compare(entity)), tool("SPARQL", () => act.sparql(entity)), tool(word("copyLink"), () => act.copyLink())),
      figuresSection(reading.figuresOf(entity)),
      found.map(({ title, facts }) => section(`${title} (${facts.length})`, ...longList(facts, factFrom(entity), 12))),
      !all && el("p", { class: "muted" }, word("noFacts")),
      stories.length > 0 && section(`${word("stories")} (${stories.length})`, ...longList(stories, storyRow, 12)),
      el("p", { class: "muted iri" }, name(`id:${graph.keyOf(entity)}`)),
    );
  }

  function storyRow(story) {
    const facts = [story.date, story.publisher, story.source].filter(Boolean);
    return el("div", { class: "story" }, storyLink(story), el("small", {}, name(facts.join(" · "))));
  }

  function showFact(fact) {
    const [one, other] = [graph.subject[fact], graph.object[fact]];
    const pair = [...graph.factsOf(one)].filter((found) => found !== fact && graph.other(found, one) === other);
    show(
      el("h2", { class: "edge-title" }, triple(fact)),
      el("p", { class: "muted" }, word("said", reading.proofCount(fact)), " · ", legendOfMarks()),
      graph.inferred[fact] ? grounds(fact) : factQuotes(fact),
      pair.length > 0 && section(word("samePair"), ...longList(pair, wholeFact)),
    );
  }

  const legendOfMarks = () => [["s", "subject"], ["r", "relationWord"], ["o", "object"]].flatMap(([role, key]) => [el("mark", { class: role }, word(key)), " "]);

  function showStory(story) {
    const facts = storyFacts(story);
    const figures = reading.figures.filter((figure) => reading.proofsOf("figure", figure.index).some((proof) => reading.quote(proof.quote).story === story));
    const named = [...new Set(marker.namings(story).map((naming) => naming.entity))].sort((a, b) => graph.degree[b] - graph.degree[a]);
    show(
      el("h2", {}, name(storyTitle(story))),
      about([["kicker", story.headline && story.kicker], ["date", story.date], ["author", story.authors.join("、")], ["publisher", story.publisher], ["section", story.section],
        ["source", `${story.source} · ${word("nth", story.order)}`]]),
      el("div", { class: "actions" }, tool(word("onlyThisStory"), () => act.onlyStory(story)), tool("SPARQL", () => act.sparqlOfStory(story))),
      story.text && section(word("printed"), printedText(story, marker.namings(story), graph, (entity) => go({ e: graph.keyOf(entity), a: "", f: "" }))),
      figuresSection(figures, true),
      section(`${word("storyFacts")} (${facts.length})`, ...longList(facts, wholeFact, 15)),
      section(`${word("named")} (${named.length})`, el("div", { class: "chips" }, named.slice(0, 300).map((entity) => chip(entity)))),
    );
  }

  /** Facts that an article says, in the order in which it says them. */
  function storyFacts(story) {
    const places = new Map();
    for (const entity of new Set(marker.namings(story).map((naming) => naming.entity))) {
      for (const fact of graph.factsOf(entity)) {
        if (places.has(fact)) continue;
        const said = reading.proofsOf("fact", fact).map((proof) => reading.quote(proof.quote)).filter((quote) => quote.story === story);
        if (said.length) places.set(fact, Math.min(...said.map((quote) => quote.start)));
      }
    }
    return [...places].sort((one, other) => one[1] - other[1] || one[0] - other[0]).map(([fact]) => fact);
  }

  function showSet(entities, title, note) {
    show(el("h2", {}, title), note && el("p", { class: "muted" }, note),
      el("div", { class: "actions" }, tool(word("asView"), () => act.asSet(entities)), tool("CSV", () => act.exportCsv(entities))),
      ...longList([...entities].sort((a, b) => graph.degree[b] - graph.degree[a]), (entity) => chip(entity), 80));
  }

  const showMissing = (asked) => show(el("p", { class: "muted" }, word("missing")), asked && el("p", {}, name(asked)));

  return { show, showEntity, showFact, showStory, showSet, showMissing, storyFacts, chip, storyRow, section, wholeFact, triple, quoteList, tool, factKey };
}

/** An article as printed, every naming a button in the colour of its class; overlapping ones: the longer. */
function printedText(story, namings, graph, onEntity) {
  const box = el("div", { class: "printed", dir: "auto" });
  let at = story.start;
  const end = story.start + story.printed.length;
  const slice = (from, to) => story.printed.slice(from - story.start, to - story.start);
  const ordered = [...namings].sort((one, other) => one.start - other.start || other.end - one.end);
  for (const naming of ordered) {
    if (naming.start < at || naming.end > end) continue;
    box.append(slice(at, naming.start));
    const look = graph.lookOf(naming.entity);
    const mention = button({ class: "mention", title: `${labelOf(look)} · ${isolated(graph.labels[naming.entity])}`, onclick: () => onEntity(naming.entity) }, slice(naming.start, naming.end));
    mention.style.setProperty("--kind", look.colour);
    box.append(mention);
    at = naming.end;
  }
  box.append(slice(at, end));
  return box;
}

/** To the clipboard; by the old way where a page from a file may not use the new one. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
