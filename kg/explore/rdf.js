// The graph as N-Quads, made of the columns, so that nothing is stored twice. It says what kg/graph.py
// says, triple for triple; a test holds the two equal.

// RFC 3987 isegment less what nobody sees; the same set as kg/iri.py.
const UNSAFE = new RegExp(
  "[^A-Za-z0-9\\-._~!$&'()*+,;=:@" +
  "\\u{a1}-\\u{ac}\\u{ae}-\\u{61b}\\u{61d}-\\u{167f}\\u{1681}-\\u{180d}\\u{180f}-\\u{1fff}" +
  "\\u{2010}-\\u{2027}\\u{2030}-\\u{205e}\\u{2070}-\\u{2fff}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fefe}\\u{ff00}-\\u{ffef}" +
  "\\u{10000}-\\u{1fffd}\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}]", "gu");

const percent = (char) => [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

/** A text as one path segment of an IRI. */
const segment = (text) => (text === "." || text === ".." ? text.replaceAll(".", "%2E") : text.replace(UNSAFE, percent));
const pathOf = (source) => source.split("/").map(segment).join("/");

const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
const quoted = (text) => `"${String(text).replace(/["\\\n\r]/g, (char) => ESCAPES[char])}"`;

/** Decimal text as kg.graph writes it: without exponent or trailing zeros. */
const decimal = (number) => String(Math.round(number * 10000) / 10000);

/** Names and triples of one graph; `emit(layer, subject, predicate, object)` gets finished terms. */
function createRdf(graph, reading) {
  const prefixes = reading.prefixes;
  const ID = prefixes.id;
  const name = (prefix, local) => `<${prefixes[prefix]}${local}>`;
  const zkg = (local) => name("zkg", local);
  const typed = (text, type) => `${quoted(text)}^^${name("xsd", type)}`;
  const zh = (text) => `${quoted(text)}@zh`;
  const [A, LABEL] = [name("rdf", "type"), name("rdfs", "label")];
  const entity = (number) => `<${ID}${segment(graph.keyOf(number))}>`;
  const parts = (kind, ...names) => `<${ID}${kind}/${names.map(segment).join("/")}>`;
  const page = (source) => `<${ID}page/${pathOf(source)}>`;
  const article = (story) => `<${ID}page/${pathOf(story.source)}#${story.order}>`;
  const place = (kind, story, start, end, last) => `<${ID}${kind}/${pathOf(story.source)}/${story.order}/${start}-${end}/${segment(last)}>`;

  function dated(text) {
    const type = /^\d{4}-\d\d-\d\d$/.test(text) ? "date" : /^\d{4}-\d\d$/.test(text) ? "gYearMonth" : /^\d{4}$/.test(text) ? "gYear" : null;
    return type ? typed(text, type) : quoted(text);
  }

  // ---------------------------------------------------------------- the graph

  function pages(emit) {
    for (const { source, sha256, encoding } of rowsOf(reading.pages)) {
      emit(page(source), A, name("schema", "DigitalDocument"));
      emit(page(source), name("schema", "name"), quoted(source));
      emit(page(source), name("schema", "sha256"), quoted(sha256));
      emit(page(source), name("schema", "encodingFormat"), quoted(encoding));
    }
  }

  const STORY_WORDS = [["kicker", "alternativeHeadline"], ["headline", "headline"], ["dateline", "dateline"],
    ["publisher", "publisher"], ["section", "articleSection"]];

  function articles(emit) {
    for (const story of reading.stories) {
      const node = article(story);
      emit(node, A, name("schema", "NewsArticle"));
      emit(node, name("schema", "isPartOf"), page(story.source));
      emit(node, name("schema", "position"), typed(story.order, "integer"));
      for (const author of story.authors) emit(node, name("schema", "author"), zh(author));
      if (story.date) emit(node, name("schema", "datePublished"), dated(story.date));
      for (const [key, local] of STORY_WORDS) if (story[key]) emit(node, name("schema", local), zh(story[key]));
      for (const one of new Set(reading.namingsIn(story).map((naming) => naming.entity))) {
        emit(node, name("schema", "mentions"), entity(one));
      }
    }
  }

  function entities(emit, only) {
    for (let number = 0; number < graph.count; number++) {
      if (only && !only.entity(number)) continue;
      const node = entity(number);
      emit(node, A, zkg(graph.lookOf(number).name));
      emit(node, LABEL, zh(graph.labels[number]));
      emit(node, name("skos", "prefLabel"), zh(graph.labels[number]));
      for (const alias of reading.aliasesOf(number)) emit(node, name("skos", "altLabel"), zh(alias));
    }
  }

  /** Subject and object as stated: a symmetric relation from the lesser key to the greater. */
  function endsOf(fact) {
    const ends = [graph.subject[fact], graph.object[fact]];
    const [one, other] = ends.map((number) => graph.keyOf(number));
    return graph.wayOf(fact).symmetric && byCodePoint(other, one) < 0 ? ends.reverse() : ends;
  }

  function relations(emit, only) {
    for (let fact = 0; fact < graph.factCount; fact++) {
      if (graph.inferred[fact] || (only && !only.fact(fact))) continue;
      const [one, other] = endsOf(fact);
      emit(entity(one), zkg(graph.wayOf(fact).name), entity(other));
      if (graph.wayOf(fact).name === "holdsPosition") for (const title of reading.titlesOf(fact)) membership(emit, fact, title);
    }
  }

  function membership(emit, fact, title) {
    const [member, organization] = [graph.subject[fact], graph.object[fact]];
    const node = parts("membership", graph.keyOf(member), graph.keyOf(organization), title);
    emit(node, A, name("org", "Membership"));
    emit(node, name("org", "member"), entity(member));
    emit(node, name("org", "organization"), entity(organization));
    emit(node, name("org", "role"), zh(title));
  }

  const figureNames = (figure) => [graph.keyOf(figure.subject), figure.indicator, figure.value, figure.unit, ...(figure.time ? [figure.time] : [])];

  function observations(emit, only) {
    for (const figure of reading.figures) {
      if (only && !only.entity(figure.subject)) continue;
      const node = parts("observation", ...figureNames(figure));
      emit(node, A, zkg("Observation"));
      emit(node, zkg("observedSubject"), entity(figure.subject));
      emit(node, zkg("indicator"), zh(figure.indicator));
      emit(node, zkg("value"), typed(figure.value, "decimal"));
      emit(node, zkg("unit"), quoted(figure.unit));
      if (figure.time) emit(node, zkg("time"), dated(figure.time));
    }
  }

  // ---------------------------------------------------------------- the evidence

  function grounds(emit, node, confidence, proofs) {
    emit(node, zkg("confidence"), typed(decimal(confidence), "decimal"));
    for (const { quote, rule } of proofs) {
      const said = reading.quote(quote);
      const proof = place("evidence", said.story, said.start, said.end, rule);
      emit(node, zkg("evidence"), proof);
      emit(proof, A, zkg("Evidence"));
      printed(emit, proof, said.story, said, rule);
    }
  }

  function printed(emit, node, story, { start, end, exact }, rule) {
    emit(node, name("oa", "exact"), quoted(exact));
    emit(node, name("oa", "start"), typed(start, "integer"));
    emit(node, name("oa", "end"), typed(end, "integer"));
    emit(node, name("prov", "hadPrimarySource"), article(story));
    emit(node, zkg("rule"), quoted(rule));
  }

  function factNode(fact) {
    const [one, other] = endsOf(fact);
    return parts("fact", graph.keyOf(one), graph.wayOf(fact).name, graph.keyOf(other));
  }

  function statement(emit, node, subject, relation, object) {
    emit(node, name("rdf", "subject"), entity(subject));
    emit(node, name("rdf", "predicate"), zkg(relation));
    emit(node, name("rdf", "object"), entity(object));
  }

  function factEvidence(emit) {
    for (let fact = 0; fact < graph.factCount; fact++) {
      if (graph.inferred[fact]) continue;
      const [one, other] = endsOf(fact);
      const node = factNode(fact);
      emit(node, A, zkg("Fact"));
      statement(emit, node, one, graph.wayOf(fact).name, other);
      for (const time of reading.timesOf(fact)) emit(node, zkg("time"), dated(time));
      grounds(emit, node, graph.confidence[fact] / 10000, reading.proofsOf("fact", fact));
    }
  }

  function figureEvidence(emit) {
    for (const figure of reading.figures) {
      const names = figureNames(figure);
      const node = parts("fact", "observation", ...names);
      emit(node, A, zkg("Fact"));
      emit(node, zkg("aboutObservation"), parts("observation", ...names));
      grounds(emit, node, figure.confidence, reading.proofsOf("figure", figure.index));
    }
  }

  function mentions(emit) {
    for (const story of reading.stories) {
      for (const naming of reading.namingsIn(story)) {
        const node = place("mention", story, naming.start, naming.end, graph.keyOf(naming.entity));
        emit(node, A, zkg("Mention"));
        emit(node, zkg("mentionOf"), entity(naming.entity));
        printed(emit, node, story, naming, naming.rule);
      }
    }
  }

  // ---------------------------------------------------------------- ontology, conclusions, quarantine, text

  function ontology(emit) {
    const declare = (local, kind, labelZh, labelEn) => {
      emit(zkg(local), A, name("owl", kind));
      emit(zkg(local), LABEL, `${quoted(labelZh)}@zh`);
      emit(zkg(local), LABEL, `${quoted(labelEn)}@en`);
    };
    for (const [local, labelZh, labelEn, parent] of reading.ontology.classes) {
      declare(local, "Class", labelZh, labelEn);
      if (parent) emit(zkg(local), name("rdfs", "subClassOf"), zkg(parent));
    }
    for (const [local, labelZh, labelEn] of reading.ontology.relations) declare(local, "ObjectProperty", labelZh, labelEn);
    for (const [local, labelZh, labelEn, forwards] of reading.ontology.inverses) {
      declare(local, "ObjectProperty", labelZh, labelEn);
      emit(zkg(local), name("owl", "inverseOf"), zkg(forwards));
    }
  }

  function reference(emit) {
    for (const [number, predicate, object] of reading.references) emit(entity(number), predicate, object);
  }

  function inferred(emit) {
    for (const { subject, relation, object } of reading.conclusions.all()) emit(entity(subject), zkg(relation), entity(object));
  }

  function derivation(emit) {
    for (const { subject, relation, object, rule, confidence, facts } of reading.conclusions.all()) {
      const node = parts("inferred", graph.keyOf(subject), relation, graph.keyOf(object));
      emit(node, A, zkg("InferredFact"));
      statement(emit, node, subject, relation, object);
      emit(node, zkg("rule"), quoted(rule));
      emit(node, zkg("confidence"), typed(decimal(confidence / 10000), "decimal"));
      for (const fact of facts) emit(node, name("prov", "wasDerivedFrom"), factNode(fact));
    }
  }

  function quarantine(emit) {
    for (const triple of reading.refused) emit(...triple);
  }

  function texts(emit) {
    for (const story of reading.stories.filter((one) => one.text)) {
      emit(article(story), name("schema", "text"), quoted(story.text));
      emit(article(story), name("oa", "start"), typed(story.start, "integer"));
    }
  }

  const LAYERS = {
    graph: [pages, articles, entities, relations, observations], evidence: [factEvidence, figureEvidence, mentions],
    ontology: [ontology], reference: [reference], inferred: [inferred], derivation: [derivation],
    quarantine: [quarantine], text: [texts],
  };

  /** Gives a layer as N-Quads, in pieces of some megabytes, each to be loaded by itself. */
  function* quads(layer) {
    const tail = layer === "graph" ? " .\n" : ` <${prefixes.graph}${layer}> .\n`;
    let lines = [];
    let size = 0;
    const emit = (s, p, o) => { lines.push(s, " ", p, " ", o, tail); size++; };
    for (const part of LAYERS[layer]) {
      part(emit);
      if (size > 20000) { yield lines.join(""); lines = []; size = 0; }
    }
    if (size) yield lines.join("");
  }

  return { quads, entity, article, entities, relations, observations };
}

/** Order of code points, as Python compares; `<` of JavaScript compares UTF-16 units. */
function byCodePoint(a, b) {
  const [one, other] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    if (one[at] !== other[at]) return one[at].codePointAt(0) - other[at].codePointAt(0);
  }
  return one.length - other.length;
}
