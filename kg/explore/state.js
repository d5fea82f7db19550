// What the page shows stands in its address, as name=value pairs behind '#', so that back, forward,
// reload and a bookmark bring the same view, also from a file. Nothing else is kept anywhere.
//
//   v=map|focus|path|set|compare|story   the view; none: the start page
//   e, f, a         chosen entity (key), fact (subject/relation/object), article (id)
//   of, hops, more          focus: its entity, steps, entities expanded
//   from, to, k, nohubs, avoid, skip     path: its ends, how many, hubs, relations and entities to keep out of
//   ids             set: short names of entities (see nickname)
//   one, two        compare
//   hide, without, papers, said, min, after, before, story    filter
//   as=table|tree   twin of the picture      ask, q   the console and its question
//   lang, theme, cam

const VIEWS = new Set(["map", "focus", "path", "set", "compare", "story"]);

/** An address is typed, cut short or mangled by the way: what cannot be read must not stop the page. */
function readHash() {
  const state = Object.fromEntries(new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B")));
  if (state.v && !VIEWS.has(state.v)) state.v = "map";
  return state;
}

/** What percent signs stand for; as it is where they stand for nothing. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A number of the address between two bounds; `usual` where there is none. */
function numberOf(text, usual, least, most) {
  const number = Number(text || usual);
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : usual;
}

const READABLE = /%(2C|2F|3A|40|3B|24)/gi;
const hashOf = (state) => `#${Object.entries(state).filter(([, value]) => value !== undefined && value !== null && value !== "")
  .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(READABLE, decodeURIComponent)}`).join("&")}`;

/**
 * The state and its history; `onChange(state, before, travelled)` is told of every change, its own or,
 * `travelled`, one back or forward in the browser's history.
 */
function createState(onChange) {
  let state = readHash();
  let depth = history.state?.depth ?? 0;
  let deepest = depth;
  history.replaceState({ depth }, "", hashOf(state));

  function changed(next, travelled = false) {
    const before = state;
    state = next;
    onChange(state, before, travelled);
  }

  /** A new entry of the history: what is `null` or "" is left out. */
  function go(patch) {
    const next = { ...state, ...patch };
    for (const key of Object.keys(next)) if (next[key] === null || next[key] === undefined || next[key] === "") delete next[key];
    if (hashOf(next) === hashOf(state)) return changed(state);
    depth += 1;
    deepest = depth;
    history.pushState({ depth }, "", hashOf(next));
    return changed(next);
  }

  /** Changes the address without a new entry: for where the camera stands. */
  function keep(patch) {
    state = { ...state, ...patch };
    for (const key of Object.keys(state)) if (state[key] === null || state[key] === "") delete state[key];
    history.replaceState({ depth }, "", hashOf(state));
  }

  window.addEventListener("popstate", () => {
    depth = history.state?.depth ?? depth + 1;
    deepest = Math.max(deepest, depth);
    changed(readHash(), true);
  });

  return {
    go, keep,
    now: () => state,
    canUndo: () => depth > 0,
    canRedo: () => depth < deepest,
    undo: () => { if (depth > 0) history.back(); },
    redo: () => { if (depth < deepest) history.forward(); },
    list: (key) => (state[key] || "").split(",").filter(Boolean),
  };
}

/** A short name for a key, the same in every build: FNV-1a in base 36. */
function nickname(key) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

/** Entities by nickname, made when first asked. */
function createNicknames(graph) {
  let table = null;
  return {
    of: (entity) => nickname(graph.keyOf(entity)),
    find(name) {
      table ??= new Map(graph.labels.map((_, entity) => [nickname(graph.keyOf(entity)), entity]));
      return table.get(name) ?? -1;
    },
  };
}
