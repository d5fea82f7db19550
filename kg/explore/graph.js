// The graph as objects that point at each other, built once from the columns in the page.

const readJson = (id) => JSON.parse(document.getElementById(id).textContent);

/** Columns to objects: {a: [1, 2], b: [3, 4]} -> [{a: 1, b: 3, index: 0}, {a: 2, b: 4, index: 1}]. */
function rowsOf(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, index) => {
    const row = { index };
    for (const name of names) row[name] = columns[name][index];
    return row;
  });
}

function readGraph() {
  const raw = readJson("graph-data");
  const graph = {
    looks: new Map(raw.looks.map((look) => [look.name, look])),
    relations: new Map(raw.relations.map((relation) => [relation.name, relation])),
    entities: rowsOf(raw.entities),
    facts: rowsOf(raw.facts),
    figures: rowsOf(raw.figures),
    stories: rowsOf(raw.stories),
    quotes: rowsOf(raw.quotes),
    rules: raw.rules,
  };
  for (const entity of graph.entities) {
    Object.assign(entity, { label: entity.names[0], look: graph.looks.get(entity.kind), facts: [], figures: [], stories: [] });
  }
  for (const story of graph.stories) Object.assign(story, { facts: [], figures: [] });
  for (const fact of graph.facts) linkFact(graph, fact);
  for (const figure of graph.figures) linkFigure(graph, figure);
  for (const story of graph.stories) linkStory(graph, story);
  for (const entity of graph.entities) entity.leads = isLeader(entity);
  graph.byKey = new Map(graph.entities.map((entity) => [entity.key, entity]));
  graph.byStory = new Map(graph.stories.map((story) => [story.id, story]));
  graph.byFact = new Map(graph.facts.map((fact) => [factId(fact), fact]));
  return graph;
}

function linkFact(graph, fact) {
  fact.subject = graph.entities[fact.subject];
  fact.object = graph.entities[fact.object];
  fact.relation = graph.relations.get(fact.relation);
  fact.subject.facts.push(fact);
  if (fact.object !== fact.subject) fact.object.facts.push(fact);
  fact.evidence = fact.evidence.map((entry) => openEvidence(graph, entry));
  for (const story of storiesOf(fact)) story.facts.push(fact);
}

function linkFigure(graph, figure) {
  figure.subject = graph.entities[figure.subject];
  figure.subject.figures.push(figure);
  figure.evidence = figure.evidence.map((entry) => openEvidence(graph, entry));
  for (const story of storiesOf(figure)) story.figures.push(figure);
}

/** Facts and figures of an article in the order in which it tells them; its entities by class. */
function linkStory(graph, story) {
  const place = (said) => said.evidence.find((e) => e.quote.story === story.index).quote.start;
  story.facts.sort((a, b) => place(a) - place(b));
  story.figures.sort((a, b) => place(a) - place(b));
  story.entities = story.entities.map((index) => graph.entities[index]);
  for (const entity of story.entities) entity.stories.push(story);
}

function openEvidence(graph, [quote, rule, subject, object]) {
  const found = graph.quotes[quote];
  return { quote: found, story: graph.stories[found.story], rule: graph.rules[rule], subject, object };
}

const storiesOf = (said) => new Set(said.evidence.map((evidence) => evidence.story));

/** A name for a fact that survives another build: subject, relation, object. */
const factId = (fact) =>
  [fact.subject.key, fact.relation.name, fact.object.key].map(encodeURIComponent).join("/");

/** The other end of a fact, seen from `entity`. */
const otherEnd = (fact, entity) => (fact.subject === entity ? fact.object : fact.subject);

/** Whether none of its neighbours is better connected: the hubs of the map, one or two in each island. */
const isLeader = (entity) => entity.facts.length > 3
  && entity.facts.every((fact) => otherEnd(fact, entity).facts.length <= entity.facts.length);

/** Compares by number of facts, then by label: most connected first. */
const byConnection = (a, b) => b.facts.length - a.facts.length || (a.label < b.label ? -1 : 1);
