// The data of some entities and facts alone, in the form of columns.py, for a page of its own.

async function subsetBlocks(graph, reading, scene, entities, facts) {
  const order = [...entities].sort((one, other) => one - other);
  const { chosen, conclusions } = closed(graph, reading, [...facts].sort((one, other) => one - other), new Set(entities));
  const place = new Map(order.map((entity, at) => [entity, at]));
  const figures = reading.figures.filter((figure) => place.has(figure.subject));
  const proofs = { fact: chosen.map((fact) => reading.proofsOf("fact", fact)), figure: figures.map((figure) => reading.proofsOf("figure", figure.index)) };
  const quotes = [...new Set([...proofs.fact, ...proofs.figure].flat().map((proof) => proof.quote))].sort((one, other) => one - other);
  const stories = [...new Set(quotes.map((quote) => reading.quote(quote).story.index))].sort((one, other) => one - other);
  const storyAt = new Map(stories.map((story, at) => [story, at]));
  return {
    map: await packBlock(...mapPart(graph, scene, order, chosen, place, figures, stories)),
    reading: await packBlock(...readingPart(graph, reading, { order, chosen, place, figures, proofs, quotes, stories, storyAt, conclusions })),
  };
}

function mapPart(graph, scene, order, chosen, place, figures, stories) {
  const at = (entity) => (scene.local(entity) >= 0 ? scene.local(entity) : null);
  const coordinate = (axis) => order.map((entity) => Math.round(at(entity) === null ? graph[axis][entity] : scene[axis][at(entity)]));
  const keys = {};
  order.forEach((entity, number) => { if (graph.keyOf(entity) !== graph.labels[entity]) keys[number] = graph.keyOf(entity); });
  const values = {
    title: graph.title, version: graph.version, inputs: graph.inputs, dates: graph.dates, looks: graph.looks, relations: graph.relations,
    counts: { figures: figures.length, stories: stories.length }, labels: order.map((entity) => graph.labels[entity]), keys,
    part: { entities: graph.part?.entities ?? graph.count, facts: graph.part?.facts ?? graph.factCount },
  };
  const arrays = {
    kind: ["u1", order.map((entity) => graph.kind[entity])], x: ["i2", coordinate("x")], y: ["i2", coordinate("y")], group: ["u4", order.map((entity) => graph.group[entity])],
    subject: ["u4d", chosen.map((fact) => place.get(graph.subject[fact]))], object: ["u4", chosen.map((fact) => place.get(graph.object[fact]))],
    relation: ["u1", chosen.map((fact) => graph.relation[fact])], confidence: ["u2", chosen.map((fact) => graph.confidence[fact])], inferred: ["u1", chosen.map((fact) => graph.inferred[fact])],
  };
  return [values, arrays];
}

/** The facts without those inferred from what is left out, and what follows from them alone. */
function closed(graph, reading, facts, entities) {
  const kept = new Set(facts.filter((fact) => !graph.inferred[fact]));
  const conclusions = [...reading.conclusions.all()].filter((one) =>
    entities.has(one.subject) && entities.has(one.object) && one.facts.every((fact) => kept.has(fact)));
  const keyOf = (subject, relation, object) => `${subject} ${relation} ${object}`;
  const concluded = new Set(conclusions.map((one) => keyOf(one.subject, one.relation, one.object)));
  const stays = (fact) => kept.has(fact) || concluded.has(keyOf(graph.subject[fact], graph.wayOf(fact).name, graph.object[fact]));
  return { chosen: facts.filter(stays), conclusions };
}

function readingPart(graph, reading, { order, chosen, place, figures, proofs, quotes, stories, storyAt, conclusions }) {
  const rules = reading.rules;
  const ruleAt = new Map(rules.map((rule, at) => [rule, at]));
  const quoteAt = new Map(quotes.map((quote, at) => [quote, at]));
  const opened = quotes.map((quote) => reading.quote(quote));
  const namings = stories.flatMap((story) => reading.namingsIn(reading.stories[story]).filter((naming) => place.has(naming.entity)).map((naming) => ({ ...naming, story })));
  const columnsOf = (rows, keys) => Object.fromEntries(keys.map((key) => [key, rows.map((row) => row[key])]));
  const kept = stories.map((story) => reading.stories[story]);
  const sources = new Set(kept.map((story) => story.source));
  const pages = rowsOf(reading.pages).filter((page) => sources.has(page.source));
  const pick = (numbers, of) => Object.fromEntries(numbers.map((number, at) => [at, of(number)]).filter(([, list]) => list.length));
  const apart = (list) => Object.fromEntries(list.map((one, at) => [at, one]).filter(([, one]) => !storyHas(one.story.printed ? one.story : reading.stories[one.story], one)).map(([at, one]) => [at, one.exact]));
  const [concluded, concludedColumns] = conclusionColumns(conclusions, place, new Map(chosen.map((fact, at) => [fact, at])));
  const values = {
    aliases: pick(order, reading.aliasesOf), titles: pick(chosen, reading.titlesOf), times: pick(chosen, reading.timesOf),
    references: reading.references.filter(([entity]) => place.has(entity)).map(([entity, ...said]) => [place.get(entity), ...said]),
    figures: columnsOf(figures.map((figure) => ({ ...figure, subject: place.get(figure.subject) })), ["subject", "indicator", "value", "unit", "time", "confidence"]),
    stories: columnsOf(kept, ["source", "order", "headline", "kicker", "authors", "dateline", "date", "publisher", "section", "start", "text"]),
    pages: columnsOf(pages, ["source", "sha256", "encoding"]), rules, exact: apart(opened), named: apart(namings),
    readings: reading.readings, ontology: reading.ontology, prefixes: reading.prefixes, questions: reading.questions,
    refused: [], ...concluded,
  };
  const said = (name, lists) => ({
    [`${name}Proofs`]: ["u2", lists.map((list) => list.length)],
    [`${name}Quote`]: ["u4", lists.flat().map((proof) => quoteAt.get(proof.quote))],
    [`${name}Rule`]: ["u2", lists.flat().map((proof) => ruleAt.get(proof.rule))],
  });
  const spans = (name, list, story) => ({
    [`${name}Story`]: ["u4d", list.map(story)], [`${name}Start`]: ["u4d", list.map((one) => one.start)], [`${name}Length`]: ["u4", list.map((one) => one.end - one.start)],
  });
  const arrays = {
    ...spans("quote", opened, (quote) => storyAt.get(quote.story.index)), ...spans("naming", namings, (naming) => storyAt.get(naming.story)),
    namingEntity: ["u4", namings.map((naming) => place.get(naming.entity))], namingRule: ["u2", namings.map((naming) => ruleAt.get(naming.rule))],
    ...said("fact", proofs.fact), ...said("figure", proofs.figure), ...concludedColumns,
  };
  return [values, arrays];
}

/** Whether an article's own text gives the words of a place. */
const storyHas = (story, { start, end, exact }) => start >= story.start && story.printed.slice(start - story.start, end - story.start) === exact;
