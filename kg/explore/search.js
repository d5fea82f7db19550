// The search box: names, other names and headlines, by characters or pinyin; arrow keys and Enter.

const MOST_HITS = 40;

/** Finds entities and articles; made when the reading is there. */
function createFinder(graph, reading) {
  const matcher = createMatcher(reading.readings);
  const entries = [];
  for (let entity = 0; entity < graph.count; entity++) {
    reading.namesOf(entity).forEach((text, place) => entries.push({ entity, place, text, name: folded(text), weight: graph.degree[entity] }));
  }
  for (const story of reading.stories) {
    if (story.headline) entries.push({ story, place: 2, text: story.headline, name: folded(story.headline), weight: 0 });
  }

  for (const entry of entries) entry.alphabet = matcher.alphabet(entry.name);

  /** Whole name before beginning before middle, own name before another, connected before lonely. */
  function exact(typed) {
    const latin = /^[a-z0-9\u0100-\uffff]*[a-z]/.test(typed);
    const hits = [];
    const wanted = lettersOf(typed);
    for (const entry of entries) {
      if (wanted & ~entry.alphabet) continue;
      const found = matcher.place(entry.name, typed, latin);
      if (!found) continue;
      const whole = found.at === 0 && found.end === entry.name.length;
      hits.push({ entry, score: (whole ? 0 : found.at === 0 ? 3 : 6) + entry.place });
    }
    return hits;
  }

  /** When nothing fits: slips of the finger, in characters or in pinyin, and characters left out. */
  function near(typed) {
    const hits = [];
    const latin = /^[a-z]+$/.test(typed);
    const most = typed.length < 3 ? 0 : typed.length < 7 ? 1 : 2;
    const letters = lettersOf(typed);
    for (const entry of entries) {
      const gone = missing(letters, entry.alphabet);
      if (gone > most) continue;
      if (!latin && !gone && typed.length > 1 && inOrder(entry.name, typed)) { hits.push({ entry, score: 10 + entry.place }); continue; }
      if (!most || entry.story) continue;
      const name = latin ? (entry.sound ??= matcher.sound(entry.name)) : entry.name;
      const wrong = slips(name, typed, most);
      if (wrong <= most) hits.push({ entry, score: 12 + wrong * 3 + entry.place });
    }
    return hits;
  }

  /** The best hits, each thing once: {entry, score}. */
  function find(text) {
    const typed = folded(text);
    if (!typed) return [];
    let hits = exact(typed);
    // Slips are sought only where no name begins with what was typed.
    if (hits.length < 3 && !hits.some((hit) => hit.score <= 4)) hits = hits.concat(near(typed));
    hits.sort((a, b) => a.score - b.score || b.entry.weight - a.entry.weight || a.entry.name.length - b.entry.name.length);
    const seen = new Set();
    const best = [];
    for (const hit of hits) {
      const thing = hit.entry.story ?? hit.entry.entity;
      if (seen.has(thing)) continue;
      seen.add(thing);
      best.push(hit);
      if (best.length === MOST_HITS) break;
    }
    return best;
  }

  return { find };
}

/** A box with a list of hits below it (WAI-ARIA combobox). `finder()` gives a promise of the finder. */
function createSearch(input, list, graph, finder, { onEntity, onStory = null }) {
  const own = list.id;
  let hits = [];
  let active = -1;
  let asked = 0;

  function option({ entry }, position) {
    const choose = { id: `${own}-${position}`, role: "option", "aria-selected": "false" };
    const look = entry.story ? null : graph.lookOf(entry.entity);
    const item = entry.story
      ? el("li", choose, el("span", { class: "paper", "aria-hidden": "true" }, "文"), name(entry.text), el("small", { class: "kind" }, word("stories")))
      : el("li", choose, badge(look), name(entry.text), entry.place > 0 && el("small", {}, "→ ", name(graph.labels[entry.entity])),
        el("small", { class: "kind" }, `${labelOf(look)} · ${graph.degree[entry.entity]}`));
    // Pressing, not clicking: the input must not lose the focus before the choice is made.
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(position); });
    return item;
  }

  async function show() {
    const turn = ++asked;
    const found = (await finder()).find(input.value);
    if (turn !== asked) return;
    hits = onStory ? found : found.filter((hit) => !hit.entry.story);
    const none = input.value.trim() && el("li", { class: "none", role: "option", "aria-disabled": "true" }, word("nothing"));
    list.replaceChildren(...(hits.length ? hits.map(option) : none ? [none] : []));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    move(hits.length ? 0 : -1);
  }

  function move(position) {
    active = position;
    [...list.children].forEach((item, at) => !item.hasAttribute("aria-disabled") && item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) {
      list.children[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", `${own}-${active}`);
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    asked++;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function pick(position) {
    const hit = hits[position];
    if (!hit) return;
    input.value = "";
    close();
    input.blur();
    if (hit.entry.story) onStory(hit.entry.story);
    else onEntity(hit.entry.entity);
  }

  const keys = {
    ArrowDown: () => hits.length && move((active + 1) % hits.length),
    ArrowUp: () => hits.length && move((active - 1 + hits.length) % hits.length),
    Enter: () => pick(active),
    Escape: () => { input.value = ""; close(); input.blur(); },
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    // A Chinese input method also sends Enter and arrows while a word is being composed.
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
}

/** A search box for one entity, its hits below it. `id` is the input's, `label` what it is called. */
function searchField(id, label, graph, finder, onEntity) {
  const list = el("ul", { id: `${id}-hits`, class: "hits", role: "listbox", "aria-label": label, hidden: true });
  const input = el("input", { type: "search", role: "combobox", id, autocomplete: "off", spellcheck: "false", placeholder: word("searchHint"),
    "aria-expanded": "false", "aria-controls": `${id}-hits`, "aria-autocomplete": "list", "aria-label": label });
  createSearch(input, list, graph, finder, { onEntity: (entity) => onEntity(entity, input) });
  return el("div", { class: "search" }, input, list);
}
