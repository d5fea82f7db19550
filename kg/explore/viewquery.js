// The SPARQL of a view: the query whose rows are the facts that it shows.

const STATEMENT = "?fact rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; zkg:confidence ?confidence";

/** What the evidence of a fact must satisfy: how sure it is, and which article says it. */
function evidenceOf(rule, reading, rdf) {
  if (!rule.min && !rule.source) return [];
  const lines = ["  GRAPH graph:evidence {", `    ${STATEMENT} ;`, "          zkg:evidence/prov:hadPrimarySource ?article", "  }"];
  if (rule.min) lines.push(`  FILTER(?confidence >= ${rule.min})`);
  if (rule.after || rule.before) lines.push("  ?article schema:datePublished ?date .");
  if (rule.after) lines.push(`  FILTER(STR(?date) >= "${rule.after}")`);
  if (rule.before) lines.push(`  FILTER(STR(?date) <= "${rule.before}~")`);
  if (rule.papers.size) lines.push("  OPTIONAL { ?article schema:publisher ?publisher }", `  FILTER(COALESCE(STR(?publisher), "") NOT IN (${[...rule.papers].map((paper) => quoted(decoded(paper))).join(", ")}))`);
  const story = rule.story && reading.storyOf(rule.story);
  if (story) lines.push(`  FILTER(?article = ${rdf.article(story)})`);
  return lines;
}

/** Facts that an article says, facts that only a rule says, or both; the latter have no article. */
function layersOf(graph, reading, rule, rdf) {
  const said = ["  ?subject ?relation ?object .", ...evidenceOf(rule, reading, rdf)];
  // The other direction of a symmetric relation is inferred, too, and drawn as one line with the fact.
  const inferred = ["  GRAPH graph:inferred { ?subject ?relation ?object }", "  FILTER NOT EXISTS { ?object ?relation ?subject }"];
  if (rule.min) inferred.push(`  GRAPH graph:derivation { ${STATEMENT} }`, `  FILTER(?confidence >= ${rule.min})`);
  inferred.push(...evidenceOf({ ...rule, min: 0 }, reading, rdf));
  if (rule.said === "inferred") return inferred;
  if (rule.said === "asserted" || rule.source || !graph.inferred.includes(1)) return said;
  return ["  {", ...said, "  } UNION {", ...inferred, "  }"];
}

/** The facts of a part of the graph: those among its entities, or, where it leaves some of these out, one by one. */
function partOf(graph, rdf, { entities, facts, whole }) {
  if (whole) return [];
  const one = (fact) => `    (${rdf.entity(graph.subject[fact])} zkg:${graph.wayOf(fact).name} ${rdf.entity(graph.object[fact])})`;
  if (facts) return ["  VALUES (?subject ?relation ?object) {", ...facts.map(one), "  }"];
  const list = entities.map(rdf.entity).join(" ");
  return [`  VALUES ?subject { ${list} }`, `  VALUES ?object { ${list} }`];
}

/**
 * `part` is {whole: true}, or {entities} of which a view shows all facts among them, or {facts} where it
 * shows some of these only. Of the whole graph, or all facts among some entities, the filter is said as
 * well; single facts have passed it already.
 */
function queryOfView(graph, reading, rule, rdf, part) {
  const lines = partOf(graph, rdf, part);
  if (!part.facts) lines.push(`  VALUES ?relation { ${graph.relations.filter((way) => !rule.without.has(way.name)).map((way) => `zkg:${way.name}`).join(" ")} }`);
  lines.push(...layersOf(graph, reading, rule, rdf), "  ?subject a ?subjectClass ; rdfs:label ?subjectName .", "  ?object a ?objectClass ; rdfs:label ?objectName .");
  if (rule.hide.size) {
    const hidden = [...rule.hide].map((kind) => `zkg:${kind}`).join(", ");
    lines.push(`  FILTER(?subjectClass NOT IN (${hidden}) && ?objectClass NOT IN (${hidden}))`);
  }
  return `SELECT DISTINCT ?subject ?subjectName ?relation ?object ?objectName WHERE {\n${lines.join("\n")}\n}\nORDER BY ?subjectName ?relation ?objectName`;
}
