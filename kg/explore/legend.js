// The legend is the filter: a switch for every class, relation, publisher, with live counts; confidence;
// what was said and what was inferred; articles. It only reads and writes the state; the filter follows that.

function createLegend(graph, filter, state) {
  const articles = createArticles(filter, state);
  const updates = [];
  const bases = [...new Set(graph.looks.map((look) => look.base))];
  const all = { hide: [], without: graph.relations.map((way) => way.name), papers: [] };
  const totals = { kinds: new Uint32Array(graph.looks.length), relations: new Uint32Array(graph.relations.length) };
  for (let entity = 0; entity < graph.count; entity++) totals.kinds[graph.kind[entity]]++;
  for (let fact = 0; fact < graph.factCount; fact++) totals.relations[graph.relation[fact]]++;
  all.hide = graph.looks.filter((_, kind) => totals.kinds[kind]).map((look) => look.name);

  /** Hides or shows some names of a group. */
  function toggle(group, names) {
    const off = new Set(state.list(group));
    const show = names.every((one) => off.has(one));
    for (const one of names) show ? off.delete(one) : off.add(one);
    state.go({ [group]: [...off].sort().join(",") });
  }

  /** Hides all others; where they are hidden already, shows all again. */
  function only(group, names) {
    const off = new Set(state.list(group));
    const others = all[group].filter((one) => !names.includes(one));
    const alone = others.every((one) => off.has(one)) && !names.some((one) => off.has(one));
    state.go({ [group]: alone ? "" : others.sort().join(",") });
  }

  /** A switch with its count and a button that leaves only this. */
  function row(group, names, label, content, count) {
    const shown = el("span", { class: "count" });
    const main = button({ role: "switch", class: "switch", "data-names": names.join(" "), onclick: (event) => (event.shiftKey ? only(group, names) : toggle(group, names)) }, content, shown);
    const alone = button({ class: "only", title: word("onlyThis"), "aria-label": `${word("onlyThis")}: ${label}`, onclick: () => only(group, names) }, word("only"));
    updates.push(() => {
      const off = new Set(state.list(group));
      const on = names.filter((one) => !off.has(one)).length;
      const [seen, total] = count();
      main.setAttribute("aria-checked", String(on > 0));
      main.classList.toggle("part", on > 0 && on < names.length);
      shown.textContent = seen === total ? number(total) : `${number(seen)} / ${number(total)}`;
    });
    return el("li", {}, main, alone);
  }

  function kindRow(look, members, under) {
    const kinds = members.map((one) => graph.looks.indexOf(one));
    const sum = (counts) => kinds.reduce((all, kind) => all + counts[kind], 0);
    const sign = under ? el("span", { class: "twig", "aria-hidden": "true" }) : badge(look);
    const item = row("hide", members.map((one) => one.name), labelOf(look), [sign, el("span", { class: "text" }, labelOf(look))],
      () => [sum(filter.counts.kinds), sum(totals.kinds)]);
    if (under) item.classList.add("under");
    return item;
  }

  const topOf = (base) => graph.looks.find((look) => look.name === base);

  /** A base class first, its subclasses that the graph has under it. */
  function kindRows() {
    return bases.flatMap((base) => {
      const members = graph.looks.filter((look, kind) => look.base === base && totals.kinds[kind]);
      if (!members.length) return [];
      const below = members.filter((look) => look.name !== base);
      const top = topOf(base) ?? members[0];
      return [kindRow(top, members, false), ...(members.length > 1 || below.length ? below.map((look) => kindRow(look, [look], true)) : [])];
    });
  }

  function relationRow(way, at) {
    const content = [el("span", { class: "line", "aria-hidden": "true" }), el("span", { class: "text" }, labelOf(way))];
    return row("without", [way.name], labelOf(way), content, () => [filter.counts.relations[at], totals.relations[at]]);
  }

  // ---------------------------------------------------------------- confidence, inferred, publishers

  function confidence() {
    const input = el("input", { type: "range", id: "min", min: 0, max: 100, step: 5, "aria-label": word("minConfidence") });
    const shown = el("output", { for: "min" });
    const write = () => { shown.textContent = `≥ ${input.value}%`; };
    input.addEventListener("input", write);
    input.addEventListener("change", () => state.go({ min: Number(input.value) ? String(Number(input.value) / 100) : "" }));
    updates.push(() => { input.value = String(Math.round(numberOf(state.now().min, 0, 0, 1) * 100)); write(); });
    return el("div", { class: "range" }, input, shown);
  }

  function kindsOfSaying() {
    const derived = graph.inferred.reduce((sum, one) => sum + one, 0);
    const { counts } = filter;
    const choices = [["", word("saidAny"), graph.factCount, () => counts.facts], ["asserted", word("asserted"), graph.factCount - derived, () => counts.facts - counts.inferred],
      ["inferred", word("inferred"), derived, () => counts.inferred]];
    const group = el("div", { class: "segments", role: "group", "aria-label": word("sayings") });
    for (const [value, label, total, seen] of choices) {
      const shown = el("span", { class: "count" });
      const one = button({ title: number(total), onclick: () => state.go({ said: value }) }, label, shown);
      updates.push(() => {
        one.setAttribute("aria-pressed", String((state.now().said || "") === value));
        shown.textContent = number(seen());
      });
      group.append(one);
    }
    return group;
  }

  /** Publishers with the facts that their articles say; known only when the articles have been read. */
  function papers(reading) {
    const found = [...new Set(reading.stories.map((story) => story.publisher || ""))];
    const groups = reading.stories.map((story) => found.indexOf(story.publisher || ""));
    const every = filter.factsByStory(false, groups);
    let seen = every;
    updates.push(() => { seen = filter.factsByStory(true, groups); });
    const order = [...found.keys()].sort((a, b) => every[b] - every[a] || (found[a] < found[b] ? -1 : 1));
    all.papers = order.map((at) => encodeURIComponent(found[at]));
    byId("papers-part").hidden = found.length < 2;
    byId("papers").replaceChildren(...order.map((at) => row("papers", [encodeURIComponent(found[at])], found[at] || word("noPaper"),
      [el("span", { class: "text" }, found[at] ? name(found[at]) : word("noPaper"))], () => [seen[at], every[at]])));
  }

  let known = null;

  /** Makes the switches anew, in the chosen language. */
  function build() {
    updates.length = 0;
    byId("kinds").replaceChildren(...kindRows());
    byId("relations").replaceChildren(...graph.relations.map(relationRow));
    byId("confidence").replaceChildren(confidence());
    byId("said").replaceChildren(kindsOfSaying());
    if (known) papers(known);
    if (known) articles.build(known);
    update();
  }

  function update() {
    for (const refresh of updates) refresh();
    articles.update();
    byId("reset").hidden = !filter.active();
    drawChips();
  }

  // ---------------------------------------------------------------- chips

  /** Classes by their labels, a base class for all that it has below it. */
  function kindsInWords(kinds) {
    return bases.flatMap((base) => {
      const members = graph.looks.filter((look) => look.base === base && all.hide.includes(look.name));
      const named = members.filter((look) => kinds.includes(look.name));
      return named.length && named.length === members.length ? [labelOf(topOf(base) ?? named[0])] : named.map(labelOf);
    });
  }

  /** Everything that narrows the view, each with a button that takes it away. */
  function chipsNow() {
    const now = state.now();
    const found = [];
    const group = (key, label, said) => {
      const off = state.list(key);
      if (!off.length) return;
      const on = all[key].filter((one) => !off.includes(one));
      found.push([on.length < off.length ? `${label}: ${word("only")} ${said(on).join("、") || "–"}` : `${word("without")} ${said(off).join("、")}`, { [key]: "" }]);
    };
    group("hide", word("kinds"), kindsInWords);
    group("without", word("relations"), (ways) => graph.relations.filter((way) => ways.includes(way.name)).map(labelOf));
    group("papers", word("publisher"), (papers) => papers.map((paper) => decoded(paper) || word("noPaper")));
    if (now.min) found.push([`${word("confidence")} ≥ ${Math.round(numberOf(now.min, 0, 0, 1) * 100)}%`, { min: "" }]);
    if (now.said) found.push([word(now.said), { said: "" }]);
    if (now.after || now.before) found.push([`${now.after || "…"} – ${now.before || "…"}`, { after: "", before: "" }]);
    const story = now.story && known?.storyOf(now.story);
    if (now.story) found.push([`${word("story")}: ${story ? storyTitle(story) : now.story}`, { story: "" }]);
    return found;
  }

  function drawChips() {
    byId("chips").replaceChildren(...chipsNow().map(([text, patch]) => el("span", { class: "filter-chip" }, name(shorter(text, 44)),
      button({ "aria-label": `${word("remove")}: ${text}`, onclick: () => state.go(patch) }, "×"))));
  }

  return { build, update, useReading: (reading) => { known = reading; build(); } };
}
