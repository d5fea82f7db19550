// What is seen: one mark for every entity and every fact, worked out from the state of the address.

/** Owns no elements. `entityOn`, `factOn` hold 1 for what is seen; `counts` how many of each kind. */
function createFilter(graph) {
  const entityOn = new Uint8Array(graph.count).fill(1);
  const factOn = new Uint8Array(graph.factCount).fill(1);
  const counts = { entities: graph.count, facts: graph.factCount, inferred: 0, kinds: [], relations: [] };
  let reading = null;
  let rule = ruleOf({});

  /** The state's words as sets and numbers. */
  function ruleOf(state) {
    const set = (key) => new Set((state[key] || "").split(",").filter(Boolean));
    const rule = {
      hide: set("hide"), without: set("without"), papers: set("papers"), said: state.said || "",
      min: numberOf(state.min, 0, 0, 1), after: state.after || "", before: state.before || "", story: state.story || "",
    };
    rule.source = Boolean(rule.papers.size || rule.after || rule.before || rule.story);
    return rule;
  }

  /** Articles that the filter lets speak; a date filter leaves out articles without a date. */
  function storiesOn() {
    const { papers, after, before, story } = rule;
    return Uint8Array.from(reading.stories, (one) => Number((!story || one.id === story)
      && (!papers.size || !papers.has(encodeURIComponent(one.publisher || "")))
      && (!after || (one.date || "") >= after) && (!before || (one.date && one.date <= `${before}\uffff`))));
  }

  function apply(state) {
    rule = ruleOf(state);
    const kindOn = Uint8Array.from(graph.looks, (look) => Number(!rule.hide.has(look.name)));
    const wayOn = Uint8Array.from(graph.relations, (way) => Number(!rule.without.has(way.name)));
    const storyOn = rule.source && reading ? storiesOn() : null;
    const speaks = (story) => storyOn[story] === 1;
    const least = rule.min * 10000;
    for (let fact = 0; fact < graph.factCount; fact++) {
      factOn[fact] = Number(wayOn[graph.relation[fact]] && kindOn[graph.kind[graph.subject[fact]]]
        && kindOn[graph.kind[graph.object[fact]]] && graph.confidence[fact] >= least
        && (!rule.said || (rule.said === "inferred") === Boolean(graph.inferred[fact]))
        && (!storyOn || reading.eachStory(fact, speaks)));
    }
    // With facts filtered, an entity stays only where some seen fact holds it.
    const byFacts = rule.without.size || rule.said || rule.min || storyOn;
    for (let entity = 0; entity < graph.count; entity++) entityOn[entity] = Number(!byFacts && kindOn[graph.kind[entity]]);
    for (let fact = 0; byFacts && fact < graph.factCount; fact++) {
      if (factOn[fact]) entityOn[graph.subject[fact]] = entityOn[graph.object[fact]] = 1;
    }
    count();
  }

  function count() {
    const kinds = new Uint32Array(graph.looks.length);
    const relations = new Uint32Array(graph.relations.length);
    let [entities, facts, inferred] = [0, 0, 0];
    for (let entity = 0; entity < graph.count; entity++) if (entityOn[entity]) { kinds[graph.kind[entity]]++; entities++; }
    for (let fact = 0; fact < graph.factCount; fact++) if (factOn[fact]) { relations[graph.relation[fact]]++; facts++; inferred += graph.inferred[fact]; }
    Object.assign(counts, { entities, facts, inferred, kinds, relations });
  }

  /**
   * How many facts, all or those seen, each article says; with `groupOf`, a number for each article, how
   * many each group of them. A fact counts once, however often it is said.
   */
  function factsByStory(seenOnly, groupOf = null) {
    const counts = new Uint32Array(groupOf ? Math.max(-1, ...groupOf) + 1 : reading.stories.length);
    const last = new Int32Array(counts.length).fill(-1);
    for (let fact = 0; fact < graph.factCount; fact++) {
      if (seenOnly && !factOn[fact]) continue;
      reading.eachStory(fact, (story) => {
        const group = groupOf ? groupOf[story] : story;
        if (last[group] !== fact) counts[group]++;
        last[group] = fact;
      });
    }
    return counts;
  }

  const active = () => Boolean(rule.hide.size || rule.without.size || rule.papers.size || rule.said || rule.min
    || rule.after || rule.before || rule.story);

  count();
  return {
    entityOn, factOn, counts, apply, active, factsByStory,
    rule: () => rule,
    useReading: (given) => { reading = given; },
    /** Neighbours over seen facts, each once, best connected first. */
    neighbours(entity) {
      const found = new Set();
      for (const fact of graph.factsOf(entity)) if (factOn[fact]) found.add(graph.other(fact, entity));
      found.delete(entity);
      return [...found].sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
    },
  };
}

/** The names of the filter's words in the address, to clear them all at once. */
const FILTER_KEYS = ["hide", "without", "papers", "said", "min", "after", "before", "story"];
