// How a quoted sentence is written out: line breaks of the page closed, subject, relation and object marked.

const HAN = /[\p{Script=Han}\p{P}]/u;

/** From how many blanks on, with one character between each, a line was spaced out to fill its column. */
const SPACED_OUT = 2;

/** The runs of blanks of a quote: where, whether between Han characters, whether across a line break. */
function gapsOf(characters) {
  const gaps = [];
  for (let at = 0; at < characters.length; at++) {
    if (!/\s/.test(characters[at])) continue;
    let end = at;
    while (end < characters.length && /\s/.test(characters[end])) end++;
    const between = HAN.test(characters[at - 1] || "。") && HAN.test(characters[end] || "。");
    gaps.push({ at, end, between, broken: characters.slice(at, end).includes("\n") });
    at = end;
  }
  return gaps;
}

/**
 * Which characters of a quote are shown. Inside Chinese text a line break is the column's, not the
 * author's, and vanishes with the blanks around it; so do the blanks of a line that was spaced out.
 * Any other run of blanks becomes one space.
 */
function keptCharacters(characters) {
  const kept = characters.map(() => true);
  let chain = [];
  for (const gap of gapsOf(characters)) {
    for (let one = gap.at; one < gap.end; one++) kept[one] = one === gap.at && !(gap.broken && gap.between);
    const goes = gap.between && chain.at(-1)?.end + 1 === gap.at;
    chain = goes ? [...chain, gap] : gap.between ? [gap] : [];
    if (chain.length >= SPACED_OUT) for (const one of chain) kept[one.at] = false;
  }
  return kept;
}

const tidy = (text) => {
  const characters = Array.from(text);
  const kept = keptCharacters(characters);
  return characters.filter((_, at) => kept[at]).map((c) => (/\s/.test(c) ? " " : c)).join("");
};

/**
 * The quote as nodes, with <mark class="s">, "r" and "o" where subject, relation and object stand.
 * Offsets count characters as Python does, so the text is taken apart by code point, not UTF-16.
 */
function markedText(text, marks) {
  const characters = Array.from(text);
  const kept = keptCharacters(characters);
  const roles = characters.map(() => "");
  for (const [role, places] of Object.entries(marks)) {
    for (const [start, end] of places) for (let one = start; one < end; one++) if (!roles[one].includes(role)) roles[one] += role;
  }
  const nodes = [];
  let run = "";
  characters.forEach((character, at) => {
    if (kept[at]) run += /\s/.test(character) ? " " : character;
    if (at + 1 < characters.length && roles[at + 1] === roles[at]) return;
    if (run) nodes.push(roles[at] ? el("mark", { class: [...roles[at]].join(" ") }, run) : run);
    run = "";
  });
  return nodes;
}
