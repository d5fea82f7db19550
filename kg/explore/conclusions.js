// What follows from the facts. A *conclusion* is {subject, relation, object, rule, confidence, facts}: entities
// and the facts that it rests on are numbers, the confidence counts ten-thousandths (see conclusions.py).

function createConclusions(graph, values, arrays) {
  const { turned, conclusionSubject: subject, conclusionObject: object, conclusionConfidence: confidence } = arrays;
  const starts = startsOf(arrays.conclusionSteps);

  function further(at) {
    const [relation, rule] = values.conclusionKinds[arrays.conclusionKind[at]];
    const facts = [...arrays.conclusionFacts.subarray(starts[at], starts[at + 1])];
    return { subject: subject[at], relation, object: object[at], rule, confidence: confidence[at], facts };
  }

  function backwards(fact) {
    const [relation, rule] = values.turns[turned[fact] - 1];
    return { subject: graph.object[fact], relation, object: graph.subject[fact], rule, confidence: graph.confidence[fact], facts: [fact] };
  }

  /** All of them, those that turn a fact round first. */
  function* all() {
    for (let fact = 0; fact < turned.length; fact++) if (turned[fact]) yield backwards(fact);
    for (let at = 0; at < subject.length; at++) yield further(at);
  }

  /** The conclusion that an inferred fact of the picture is, or null. */
  function of(fact) {
    const name = graph.wayOf(fact).name;
    for (let at = 0; at < subject.length; at++) {
      if (subject[at] !== graph.subject[fact] || object[at] !== graph.object[fact]) continue;
      const found = further(at);
      if (found.relation === name) return found;
    }
    for (const at of graph.factsOf(graph.subject[fact])) {
      if (!turned[at] || graph.object[at] !== graph.subject[fact] || graph.subject[at] !== graph.object[fact]) continue;
      const found = backwards(at);
      if (found.relation === name) return found;
    }
    return null;
  }

  return { all, of };
}

/** Conclusions in the columns of conclusions.py, entities and facts numbered anew by `place` and `factAt`. */
function conclusionColumns(conclusions, place, factAt) {
  const kinds = [];
  const kindOf = ({ relation, rule }) => {
    const at = kinds.findIndex(([one, other]) => one === relation && other === rule);
    return at >= 0 ? at : kinds.push([relation, rule]) - 1;
  };
  const arrays = {
    turned: ["u1", new Uint8Array(factAt.size)],
    conclusionSubject: ["u4d", conclusions.map((one) => place.get(one.subject))],
    conclusionObject: ["u4", conclusions.map((one) => place.get(one.object))],
    conclusionKind: ["u2", conclusions.map(kindOf)],
    conclusionConfidence: ["u2", conclusions.map((one) => one.confidence)],
    conclusionSteps: ["u2", conclusions.map((one) => one.facts.length)],
    conclusionFacts: ["u4", conclusions.flatMap((one) => one.facts.map((fact) => factAt.get(fact)))],
  };
  return [{ turns: [], conclusionKinds: kinds }, arrays];
}
