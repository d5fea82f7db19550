// The search box: a substring of any name, most telling first; arrow keys and Enter.

/** Width, case and white space do not matter: "ＡＩ 产业" finds "ai产业". */
const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s“”"'‘’《》]/g, "");

function createSearch(graph, { onEntity, onStory }) {
  const input = document.getElementById("search");
  const list = document.getElementById("hits");
  const index = [
    ...graph.entities.map((entity) => ({ entity, names: entity.names.map(folded), weight: entity.facts.length })),
    ...graph.stories.filter((story) => story.headline)
      .map((story) => ({ story, names: [folded(story.headline)], weight: 0 })),
  ];
  let hits = [];
  let active = -1;

  /** Whole name before beginning before middle, own name before alias, connected before lonely. */
  function rank(entry, sought) {
    let best = null;
    entry.names.forEach((name, place) => {
      const at = name.indexOf(sought);
      if (at < 0) return;
      const score = (name === sought ? 0 : at === 0 ? 2 : 4) + (place > 0 ? 1 : 0);
      if (!best || score < best.score) best = { entry, place, score };
    });
    return best;
  }

  function find(text) {
    const sought = folded(text);
    if (!sought) return [];
    const found = index.map((entry) => rank(entry, sought)).filter(Boolean);
    found.sort((a, b) => a.score - b.score || b.entry.weight - a.entry.weight
      || a.entry.names[0].length - b.entry.names[0].length);
    return found.slice(0, 30);
  }

  function option({ entry, place }, position) {
    const choose = { id: `hit-${position}`, role: "option", "aria-selected": "false" };
    const item = entry.entity
      ? el("li", choose, badge(entry.entity.look), name(entry.entity.names[place]),
        place > 0 && el("small", {}, "→ ", name(entry.entity.label)),
        el("small", { class: "kind" }, labelOf(entry.entity.look)))
      : el("li", choose, el("span", { class: "paper", "aria-hidden": "true" }, "文"), name(entry.story.headline),
        el("small", { class: "kind" }, word("stories")));
    // Pressing, not clicking: the input must not lose the focus before the choice is made.
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      pick(position);
    });
    return item;
  }

  function show() {
    hits = find(input.value);
    const none = input.value.trim() && el("li", { class: "none" }, word("nothing"));
    list.replaceChildren(...(hits.length ? hits.map(option) : none ? [none] : []));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    move(hits.length ? 0 : -1);
  }

  function move(position) {
    active = position;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", active >= 0 ? `hit-${active}` : "");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function pick(position) {
    const hit = hits[position];
    if (!hit) return;
    input.value = "";
    close();
    input.blur();
    if (hit.entry.entity) onEntity(hit.entry.entity);
    else onStory(hit.entry.story);
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
  return { focus: () => input.focus() };
}
