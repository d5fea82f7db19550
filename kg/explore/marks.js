// Where a quoted sentence names the two ends of its fact and says the relation.
//
// The places where articles name entities decide where there are any inside the sentence; they hold
// through line breaks and justified spacing. Otherwise the names themselves are looked for, white
// space left out. A mark is [start, end] within the quote, in characters as Python counts them.

function createMarker(graph, reading) {
  const byStory = new Map();

  function namings(story) {
    if (!byStory.has(story)) byStory.set(story, reading.namingsIn(story));
    return byStory.get(story);
  }

  function ofEntity(quote, entity) {
    const inside = namings(quote.story).filter((one) => one.entity === entity && one.start >= quote.start && one.end <= quote.end)
      .map((one) => [one.start - quote.start, one.end - quote.start]);
    return inside.length ? inside : findNames(quote.exact, reading.namesOf(entity));
  }

  /** The word that a rule names: "verb:成立+model" was read off 成立. */
  function ofRule(quote, rule) {
    const said = rule.split("+")[0].split(":").slice(1).join(":");
    return said ? findNames(quote.exact, said.split("|")) : [];
  }

  return { ofEntity, ofRule, ofWords: (quote, words) => findNames(quote.exact, words), namings };
}

/** Every place of the longest of some names that a text has, white space left out. */
function findNames(text, names) {
  const characters = Array.from(text);
  const kept = characters.map((_, at) => at).filter((at) => !/\s/.test(characters[at]));
  const dense = kept.map((at) => characters[at]);
  const ordered = [...names].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  for (const given of ordered) {
    const sought = Array.from(given.replace(/\s/g, ""));
    const found = [];
    for (let at = 0; sought.length && at + sought.length <= dense.length; at++) {
      if (!sought.every((char, offset) => dense[at + offset] === char)) continue;
      found.push([kept[at], kept[at + sought.length - 1] + 1]);
      at += sought.length - 1;
    }
    if (found.length) return found;
  }
  return [];
}
