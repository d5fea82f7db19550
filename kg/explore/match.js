// Does what was typed fit a name? By its characters, by pinyin, by initials, or any mixture of them:
// 合肥高新区 is found by 高新, hefeigaoxin, hfgxq, hefeigxq and 合肥gxq. Every reading of a character counts.

/** Width, case, white space and signs do not matter: "ＡＩ 产业" finds "ai产业", xbcqkxc 西部(重庆)科学城. */
const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}\p{S}]/gu, "");

/** `readings` gives the readings of a character, separated by blanks. */
function createMatcher(readings) {
  const spoken = new Map(Object.entries(readings).map(([char, said]) => [char, said.split(" ")]));
  /** For each character the set of first letters, as bits: the quick test that spares nearly all names. */
  const initials = new Map([...spoken].map(([char, said]) => [char, said.reduce((bits, one) => bits | (1 << (one.charCodeAt(0) - 97)), 0)]));

  /** Whether `typed` from `t` on can be read off `name` from `n` on; gives the end in `name`, or -1. */
  function read(name, n, typed, t) {
    if (t === typed.length) return n;
    if (n === name.length) return -1;
    if (name[n] === typed[t]) {
      const end = read(name, n + 1, typed, t + 1);
      if (end >= 0) return end;
    }
    const said = spoken.get(name[n]);
    if (!said) return -1;
    for (const one of said) {
      if (one[0] !== typed[t]) continue;
      let same = 1;
      while (same < one.length && t + same < typed.length && one[same] === typed[t + same]) same++;
      // The whole reading, or its first letter; a reading cut short only at the end of what was typed.
      if (same === one.length || t + same === typed.length) {
        const end = read(name, n + 1, typed, t + same);
        if (end >= 0) return end;
      }
      const end = read(name, n + 1, typed, t + 1);
      if (end >= 0) return end;
    }
    return -1;
  }

  /** Where `typed` fits `name`, both folded: {at, end}, or null. */
  function place(name, typed, latin) {
    const plain = name.indexOf(typed);
    if (plain >= 0) return { at: plain, end: plain + typed.length };
    if (!latin) return null;
    const bit = 1 << (typed.charCodeAt(0) - 97);
    for (let at = 0; at < name.length; at++) {
      if (name[at] !== typed[0] && !((initials.get(name[at]) ?? 0) & bit)) continue;
      const end = read(name, at, typed, 0);
      if (end >= 0) return { at, end };
    }
    return null;
  }

  /** Everything that some reading of a name is written with, as bits: what is missing there cannot fit. */
  const letters = new Map([...spoken].map(([char, said]) => [char, lettersOf(said.join("") + char)]));
  function alphabet(name) {
    let bits = 0;
    for (let at = 0; at < name.length; at++) bits |= letters.get(name[at]) ?? 1 << (name.charCodeAt(at) % 31);
    return bits;
  }

  /** A name in its most common reading, for typing errors in pinyin. */
  const sound = (text) => Array.from(text).map((char) => spoken.get(char)?.[0] ?? char).join("");

  return { place, sound, alphabet };
}

/** The least number of slips (wrong, missing, extra, swapped characters) that make `typed` a part of `name`. */
function slips(name, typed, most) {
  if (rows[0].length <= name.length) rows = rows.map(() => new Uint8Array(2 * name.length + 2));
  let [older, last, row] = rows;
  last.fill(0, 0, name.length + 1);
  for (let t = 1; t <= typed.length; t++) {
    row[0] = t;
    let least = t;
    for (let n = 1; n <= name.length; n++) {
      const same = name[n - 1] === typed[t - 1] ? 0 : 1;
      let value = Math.min(last[n - 1] + same, last[n] + 1, row[n - 1] + 1);
      if (t > 1 && n > 1 && name[n - 1] === typed[t - 2] && name[n - 2] === typed[t - 1]) value = Math.min(value, older[n - 2] + 1);
      row[n] = value;
      if (value < least) least = value;
    }
    if (least > most) return least;
    [older, last, row] = [last, row, older];
  }
  let best = Infinity;
  for (let n = 0; n <= name.length; n++) if (last[n] < best) best = last[n];
  return best;
}

/** Rows of the table of slips, used again for every name. */
let rows = [1, 2, 3].map(() => new Uint8Array(64));

/** The letters of a text as bits, those outside a to z by their code: for a quick test of what is missing. */
function lettersOf(text) {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) % 31);
  return bits;
}

/** How many of some letters are missing. */
function missing(bits, from) {
  let left = bits & ~from;
  let count = 0;
  for (; left; count++) left &= left - 1;
  return count;
}

/** Whether the characters stand in the name in this order: 科大 in 中国科学技术大学. */
function inOrder(name, typed) {
  let at = 0;
  for (const char of typed) {
    at = name.indexOf(char, at) + 1;
    if (!at) return false;
  }
  return true;
}
