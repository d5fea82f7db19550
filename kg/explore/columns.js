// The one place that knows the form of the data. Everything else asks the graph made here:
//
//   graph.labels, kind, x, y, group, degree      one entry per entity, which is a number from 0 on
//   graph.subject, object, relation, confidence  one entry per fact, likewise
//   graph.looks, relations                       what the numbers of classes and relations mean
//   graph.factsOf(entity)                        its facts; graph.other(fact, entity) the other end
//   graph.keyOf(entity), graph.indexOf(key)      the name that survives another build
//   await graph.read()                           quotes, articles, figures, namings: the Reading below
//
// A served explorer gives the same two things, the map and the reading, for a neighbourhood.

function createGraph({ values, arrays }, readReading) {
  const { kind, x, y, group, subject, object, relation, confidence, inferred } = arrays;
  const count = kind.length;
  const { first, list } = adjacency(count, subject, object);
  const keys = values.keys;
  let index = null;
  let reading = null;
  const graph = {
    ...values, count, factCount: subject.length, kind, group, subject, object, relation, confidence, inferred,
    x: Float32Array.from(x), y: Float32Array.from(y),
    degree: Uint32Array.from({ length: count }, (_, at) => first[at + 1] - first[at]),
    factsOf: (entity) => list.subarray(first[entity], first[entity + 1]),
    other: (fact, entity) => (subject[fact] === entity ? object[fact] : subject[fact]),
    keyOf: (entity) => keys[entity] ?? values.labels[entity],
    indexOf(key) {
      index ??= new Map(values.labels.map((label, entity) => [keys[entity] ?? label, entity]));
      return index.get(key) ?? -1;
    },
    lookOf: (entity) => values.looks[kind[entity]],
    wayOf: (fact) => values.relations[relation[fact]],
    read: () => (reading ??= readReading().then((block) => createReading(block, graph))),
  };
  return graph;
}

/** Facts at each entity as slices of one list: those of entity e are list[first[e]] to list[first[e + 1] - 1]. */
function adjacency(count, subject, object) {
  const first = new Uint32Array(count + 1);
  for (let fact = 0; fact < subject.length; fact++) {
    first[subject[fact] + 1]++;
    if (object[fact] !== subject[fact]) first[object[fact] + 1]++;
  }
  for (let at = 0; at < count; at++) first[at + 1] += first[at];
  const next = first.slice();
  const list = new Uint32Array(first[count]);
  for (let fact = 0; fact < subject.length; fact++) {
    list[next[subject[fact]]++] = fact;
    if (object[fact] !== subject[fact]) list[next[object[fact]]++] = fact;
  }
  return { first, list };
}

/** Columns to objects: {a: [1, 2], b: [3, 4]} -> [{index: 0, a: 1, b: 3}, {index: 1, a: 2, b: 4}]. */
function rowsOf(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, index) => {
    const row = { index };
    for (const name of names) row[name] = columns[name][index];
    return row;
  });
}

/** A text whose characters are counted as Python counts them. */
function createText(text) {
  const wide = /[\ud800-\udbff]/.test(text);
  const points = wide ? Array.from(text) : null;
  return {
    text,
    length: wide ? points.length : text.length,
    slice: (from, to) => (wide ? points.slice(from, to).join("") : text.slice(from, to)),
  };
}

/** What is read after the first picture. A *proof* is {quote, rule}; quotes are numbers. */
function createReading({ values, arrays }, graph) {
  const stories = rowsOf(values.stories);
  for (const story of stories) {
    story.id = `${story.source}#${story.order}`;
    story.printed = createText(story.text);
  }
  const figures = rowsOf(values.figures);
  const starts = { fact: startsOf(arrays.factProofs), figure: startsOf(arrays.figureProofs) };

  /** Words at a place of an article's source; given apart where the article's own text lacks them. */
  function words(apart, number, story, start, length) {
    const { printed, start: base } = stories[story];
    return apart[number] ?? printed.slice(start - base, start - base + length);
  }

  /** Entities with the figures and articles that they have, as lists by entity. */
  const lists = { figures: new Map(), stories: new Map() };
  const add = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
  for (const figure of figures) add(lists.figures, figure.subject, figure);
  const seen = new Set();
  const firstNaming = new Uint32Array(stories.length + 1);
  for (let at = 0; at < arrays.namingStory.length; at++) {
    const [story, entity] = [arrays.namingStory[at], arrays.namingEntity[at]];
    firstNaming[story + 1]++;
    const pair = story * graph.count + entity;
    if (seen.has(pair)) continue;
    seen.add(pair);
    add(lists.stories, entity, stories[story]);
  }
  for (let at = 0; at < stories.length; at++) firstNaming[at + 1] += firstNaming[at];

  return {
    ...values, stories, figures, arrays, conclusions: createConclusions(graph, values, arrays),
    aliasesOf: (entity) => values.aliases[entity] ?? [],
    namesOf: (entity) => [graph.labels[entity], ...(values.aliases[entity] ?? [])],
    titlesOf: (fact) => values.titles[fact] ?? [],
    timesOf: (fact) => values.times[fact] ?? [],
    figuresOf: (entity) => lists.figures.get(entity) ?? [],
    storiesOf: (entity) => lists.stories.get(entity) ?? [],
    storyOf: (id) => stories.find((story) => story.id === id),
    /** Proofs of a fact or figure ("fact" or "figure", its number). */
    proofsOf(what, number) {
      const found = [];
      for (let at = starts[what][number]; at < starts[what][number + 1]; at++) {
        found.push({ quote: arrays[`${what}Quote`][at], rule: values.rules[arrays[`${what}Rule`][at]] });
      }
      return found;
    },
    proofCount: (fact) => arrays.factProofs[fact],
    /** Visits the number of the article of each proof of a fact, without making objects, until a visit says true. */
    eachStory(fact, visit) {
      for (let at = starts.fact[fact]; at < starts.fact[fact + 1]; at++) {
        if (visit(arrays.quoteStory[arrays.factQuote[at]])) return true;
      }
      return false;
    },
    quote(number) {
      const [story, start, length] = [arrays.quoteStory[number], arrays.quoteStart[number], arrays.quoteLength[number]];
      return { number, story: stories[story], start, end: start + length, exact: words(values.exact, number, story, start, length) };
    },
    /** Namings of an article in the order of the page: {entity, start, end, exact, rule}. */
    namingsIn(story) {
      const found = [];
      for (let at = firstNaming[story.index]; at < firstNaming[story.index + 1]; at++) {
        const [start, length] = [arrays.namingStart[at], arrays.namingLength[at]];
        found.push({
          entity: arrays.namingEntity[at], start, end: start + length, rule: values.rules[arrays.namingRule[at]],
          exact: words(values.named, at, story.index, start, length),
        });
      }
      return found;
    },
  };
}

/** Opens the graph of this page; `element` finds an element's text by its id. */
async function openGraph(text) {
  return createGraph(await unpackBlock(text("map-data")), () => unpackBlock(text("reading-data")));
}
