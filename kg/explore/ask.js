// The console: ready questions with their parameters, the editor, answers as a table that leads back
// into the picture, and the query of the present view.

function createConsole(graph, reading, asker, state, finder, { go, say, asSet }) {
  const box = byId("console");
  const answer = byId("answer");
  const editor = createEditor(byId("sparql"), byId("sparql-colours"), byId("terms"), termsOf(reading), () => run());
  let last = null;

  /** Everything that can be completed: classes and relations with their Chinese names, other usual terms. */
  function termsOf({ ontology }) {
    const usual = ["rdfs:label", "skos:altLabel", "skos:prefLabel", "zkg:Observation", "zkg:observedSubject", "zkg:indicator", "zkg:value", "zkg:unit", "zkg:time", "zkg:Fact", "zkg:evidence",
      "zkg:confidence", "zkg:rule", "zkg:mentionOf", "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:subClassOf", "schema:NewsArticle", "schema:headline", "schema:datePublished",
      "schema:publisher", "schema:mentions", "org:Membership", "org:member", "org:organization", "org:role", "oa:exact", "oa:start", "oa:end", "prov:hadPrimarySource", "graph:evidence", "graph:ontology", "graph:reference", "graph:text"];
    return [...ontology.classes.map(([local, zh, en]) => ({ insert: `zkg:${local}`, label: `${zh} ${en}` })),
      ...ontology.relations.map(([local, zh, en]) => ({ insert: `zkg:${local}`, label: `${zh} ${en}` })),
      ...usual.map((insert) => ({ insert, label: "" })), ...KEYWORDS.map((insert) => ({ insert, label: "" }))];
  }

  // ---------------------------------------------------------------- ready questions

  const literal = (text) => `"${text.replace(/["\\]/g, (char) => `\\${char}`)}"@zh`;

  /** The query of a ready question with its parameters put in; an empty one stands for all. */
  function filled(question, values) {
    // What describes the question stands above the editor, and the usual prefixes need no declaration.
    let sparql = question.sparql.split("\n").filter((line) => !/^(#|PREFIX )/.test(line)).join("\n").trim();
    for (const [parameter, value] of Object.entries(values)) {
      if (value.trim()) sparql = sparql.replace(`VALUES ?${parameter} { UNDEF }`, `VALUES ?${parameter} { ${literal(value.trim())} }`);
    }
    return sparql;
  }

  /** The first name of the kind a parameter wants that the graph has: its own example or a zone. */
  function example(given) {
    if (graph.indexOf(given) >= 0) return given;
    let best = -1;
    for (let entity = 0; entity < graph.count; entity++) {
      if (graph.lookOf(entity).base === "Zone" && (best < 0 || graph.degree[entity] > graph.degree[best])) best = entity;
    }
    return best >= 0 ? graph.labels[best] : "";
  }

  function showQuestions() {
    byId("questions").replaceChildren(...reading.questions.map((question) => {
      const title = language === "zh" ? question.title_zh : question.title_en;
      return button({ class: "question", "data-question": question.name, title: question.description, onclick: () => choose(question.name) }, title);
    }));
  }

  /** Puts a ready question into the editor, with a box for every parameter. */
  function choose(questionName, values = null) {
    const question = reading.questions.find((one) => one.name === questionName);
    if (!question) return;
    const chosen = values ?? Object.fromEntries(Object.entries(question.parameters).map(([key, given]) => [key, key === "zone" || key === "name" ? example(given) : ""]));
    const inputs = Object.keys(question.parameters).map((key) => {
      const put = (value) => { chosen[key] = value; editor.set(filled(question, chosen)); };
      const field = searchField(`parameter-${key}`, columnTitle(key), graph, finder, (entity, input) => {
        input.value = graph.labels[entity];
        put(input.value);
        byId("run").focus();
      });
      const input = field.querySelector("input");
      input.value = chosen[key] ?? "";
      input.placeholder = word("anyName");
      // Whatever else is typed is taken as it is: a name that only some article has, or none for all.
      for (const kind of ["input", "blur"]) input.addEventListener(kind, () => put(input.value));
      return el("div", { class: "parameter" }, el("label", { for: input.id }, columnTitle(key)), field);
    });
    for (const one of byId("questions").children) one.setAttribute("aria-pressed", String(one.dataset.question === questionName));
    byId("questions").querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
    byId("parameters").replaceChildren(...inputs, ...(question.description && language === "en" ? [el("small", {}, question.description)] : []));
    editor.set(filled(question, chosen));
  }

  // ---------------------------------------------------------------- running

  async function run() {
    const sparql = editor.get();
    if (!sparql.trim()) return;
    state.keep({ q: sparql.length < 3000 ? sparql : "" });
    byId("run").disabled = true;
    byId("stop").hidden = false;
    answer.replaceChildren(el("p", { class: "muted" }, word(asker.facts.ready ? "running" : "starting")));
    try {
      last = await asker.ask(sparql);
      last.kind === "ASK" ? showYesNo() : last.kind === "SELECT" ? showTable() : showTurtle();
      say(answer.querySelector(".answer-head")?.textContent ?? "");
    } catch (error) {
      answer.replaceChildren(el("p", { class: "error", role: "alert" }, name(explained(error))));
    }
    byId("run").disabled = false;
    byId("stop").hidden = true;
  }

  /** The engine's message, its line numbers as the reader sees them. */
  const explained = (error) => error.message.replace(/error at (\d+):(\d+)/, (_, line, column) => word("errorAt", Math.max(1, line - (error.linesAdded ?? 0)), column));

  const head = (text, ...tools) => el("p", { class: "answer-head" }, el("span", {}, text), tools);
  const timing = () => word("answered", last.milliseconds < 10 ? last.milliseconds.toFixed(1) : Math.round(last.milliseconds), number(last.size));

  function showYesNo() { answer.replaceChildren(head(`${last.result.boolean ? word("yes") : word("no")} · ${timing()}`)); }

  /** An entity's number by its IRI, or -1. */
  function entityOf(iri) {
    if (!iri?.startsWith(reading.prefixes.id)) return -1;
    return graph.indexOf(decoded(iri.slice(reading.prefixes.id.length)));
  }

  /** What a reader calls a term: an entity's or the ontology's label, else the short IRI. */
  function readableTerm(term) {
    if (!term) return "";
    if (term.type !== "uri") return term.value;
    const entity = entityOf(term.value);
    if (entity >= 0) return graph.labels[entity];
    const local = term.value.startsWith(reading.prefixes.zkg) ? term.value.slice(reading.prefixes.zkg.length) : null;
    const known = local && [...reading.ontology.classes, ...reading.ontology.relations].find(([one]) => one === local);
    if (known) return language === "zh" ? known[1] : known[2];
    const space = Object.entries(reading.prefixes).find(([, iri]) => term.value.startsWith(iri));
    return space ? `${space[0]}:${decoded(term.value.slice(space[1].length))}` : term.value;
  }

  /** Entities of a row: those it names by IRI, or by a label that only one entity has. */
  function entitiesIn(row, columns) {
    const found = [];
    for (const column of columns) {
      const term = row[column];
      if (!term) continue;
      const entity = term.type === "uri" ? entityOf(term.value) : byLabel(term.value);
      if (entity >= 0) found.push(entity);
    }
    return found;
  }

  let labels = null;
  function byLabel(text) {
    if (!labels) {
      labels = new Map();
      graph.labels.forEach((label, entity) => labels.set(label, labels.has(label) ? -1 : entity));
    }
    return labels.get(text) ?? -1;
  }

  function cell(row, column) {
    const term = row[column];
    const entity = term ? entitiesIn(row, [column])[0] ?? -1 : -1;
    if (entity < 0) return el("td", { class: term && /^-?[\d.]+$/.test(term.value) ? "value" : false }, name(readableTerm(term)));
    return el("td", {}, button({ class: "chip", onclick: (event) => { event.stopPropagation(); go({ e: graph.keyOf(entity), f: "", a: "" }); } }, badge(graph.lookOf(entity)), name(readableTerm(term))));
  }

  function showTable() {
    const columns = last.result.head.vars;
    const rows = last.result.results.bindings;
    const things = [...new Set(rows.flatMap((row) => entitiesIn(row, columns)))];
    const body = el("tbody", {});
    let shown = 0;
    const more = button({ class: "link more", onclick: fill });
    function fill() {
      body.append(...rows.slice(shown, shown + 200).map((row) => {
        const line = el("tr", {}, columns.map((column) => cell(row, column)));
        const [first] = entitiesIn(row, columns);
        if (first !== undefined) line.addEventListener("click", () => go({ e: graph.keyOf(first), f: "", a: "" }));
        line.classList.toggle("leads", first !== undefined);
        return line;
      }));
      shown += 200;
      more.hidden = shown >= rows.length;
      more.textContent = word("more", Math.min(200, rows.length - shown));
    }
    fill();
    answer.replaceChildren(
      head(`${word("rowCount", number(rows.length))} · ${timing()}`,
        things.length > 0 && button({ class: "tool", onclick: () => asSet(things.slice(0, 400)) }, word("showThem", things.length)),
        button({ class: "tool", onclick: () => download(new Blob([sheetOf([columns, ...rows.map((row) => columns.map((column) => readableTerm(row[column])))])], { type: "text/csv;charset=utf-8" }), "zonekg-answer.csv") }, "CSV")),
      el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": word("answer") }, el("table", { class: "rows" }, el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col", title: `?${column}` }, name(columnTitle(column)))))), body)), more);
  }

  function showTurtle() {
    const text = last.result;
    const things = [...new Set([...text.matchAll(/<([^>]+)>/g)].map((found) => entityOf(found[1])).filter((entity) => entity >= 0))];
    answer.replaceChildren(head(`${last.kind} · ${timing()}`,
      things.length > 0 && button({ class: "tool", onclick: () => asSet(things.slice(0, 400)) }, word("showThem", things.length)),
      button({ class: "tool", onclick: () => download(new Blob([text], { type: "text/turtle" }), "zonekg-answer.ttl") }, "Turtle")),
    el("pre", { class: "scroll", tabindex: 0 }, text.slice(0, 60000)));
  }

  byId("run").addEventListener("click", run);
  byId("stop").addEventListener("click", () => asker.stop());
  byId("console-close").addEventListener("click", () => state.go({ ask: "" }));

  let open = false;
  return {
    editor, run, choose,
    /** Opens or closes the console as the state says. */
    show(now) {
      const wanted = Boolean(now.ask);
      box.hidden = !wanted;
      if (wanted && !open) {
        showQuestions();
        if (now.q && now.q !== editor.get()) editor.set(now.q);
        else if (!editor.get()) choose(now.ask === "1" ? reading.questions[0].name : now.ask);
      }
      open = wanted;
    },
    translate: showQuestions,
  };
}

/** What a column of an answer or a parameter is called: known variables by their word, others by their name. */
function columnTitle(variable) {
  const bare = variable.replace(/Name$/, "") || variable;
  return word(`column_${bare}`) ?? (language === "en" ? bare.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : variable);
}
