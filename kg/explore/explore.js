// The page put together: what is chosen and hidden stands in location.hash, and all else follows it.
//
//   #e=KEY                        an entity
//   #f=SUBJECT/RELATION/OBJECT    a relation
//   #a=ARTICLE                    an article
//   &hide=Person,Place&without=locatedIn&lang=en&theme=dark
//
// Back, forward, reload and a bookmark therefore all bring the same view.

const graph = readGraph();
const filter = createFilter(graph);
const root = document.documentElement;
const byId = (id) => document.getElementById(id);

const map = createMap(graph, filter, {
  onEntity: (entity) => go({ entity }),
  onFact: (fact) => go({ fact }),
  onNothing: () => go({}),
});
const panel = createPanel(graph, { go });
const legend = createLegend(graph, filter, { onChange: () => applyFilter() });
const search = createSearch(graph, { onEntity: (entity) => go({ entity }), onStory: (story) => go({ story }) });

const readHash = () => new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));

/** The hash for a choice, keeping filter, language and theme. */
function hashFor({ entity, fact, story }) {
  const parts = [];
  if (entity) parts.push(`e=${encodeURIComponent(entity.key)}`);
  if (fact) parts.push(`f=${factId(fact)}`);
  if (story) parts.push(`a=${encodeURIComponent(story.id)}`);
  const { kinds, relations } = filter.hidden;
  if (kinds.size) parts.push(`hide=${[...kinds].sort().map(encodeURIComponent).join(",")}`);
  if (relations.size) parts.push(`without=${[...relations].sort().map(encodeURIComponent).join(",")}`);
  if (language !== "zh") parts.push(`lang=${language}`);
  if (root.dataset.chosen) parts.push(`theme=${root.dataset.theme}`);
  return `#${parts.join("&")}`;
}

/** What the hash names, looked up in the graph; `missing` where it names nothing. */
function chosen() {
  const hash = readHash();
  const entity = graph.byKey.get(hash.get("e"));
  const story = graph.byStory.get(hash.get("a"));
  const fact = graph.byFact.get((hash.get("f") || "").split("/").map(encodeURIComponent).join("/"))
    || graph.byFact.get(location.hash.match(/[#&]f=([^&]*)/)?.[1]);
  const asked = ["e", "a", "f"].some((key) => hash.get(key));
  return { entity, fact, story, missing: asked && !entity && !fact && !story };
}

/** A new choice: becomes an entry of the history, and is shown when the hash has changed. */
function go(choice) {
  const hash = hashFor(choice);
  if (hash === (location.hash || "#")) showChoice();
  else location.hash = hash;
}

/** Filter, language and theme change the address without a new entry in the history. */
function keep() {
  history.replaceState(null, "", hashFor(chosen()));
}

function showChoice() {
  const { entity, fact, story, missing } = chosen();
  let near = null;
  if (entity) { panel.showEntity(entity); near = map.focusEntity(entity); say(entity.label); }
  else if (fact) { panel.showFact(fact); map.focusFact(fact); say(labelOf(fact.relation)); }
  else if (story) { panel.showStory(story); map.focusStory(story); say(story.headline || story.source); }
  else { map.focusNothing(); map.fit(); missing ? panel.showMissing() : panel.showHome(); }
  root.classList.toggle("has-choice", Boolean(entity || fact || story));
  byId("near").hidden = !near || near.drawn === near.all;
  if (near) byId("near").textContent = word("near", near.drawn, near.all);
  showCounts();
}

const say = (text) => { byId("live").textContent = text; };

function showCounts() {
  const total = graph.entities.length;
  byId("shown").textContent = word("shown", number(map.countSeen()), number(total));
  byId("counts").textContent = word("counts", {
    entities: number(total), facts: number(graph.facts.length),
    figures: number(graph.figures.length), stories: number(graph.stories.length),
  });
}

function applyFilter() {
  legend.update();
  keep();
  showChoice();
  say(byId("shown").textContent);
}

function chooseLanguage(next) {
  language = next;
  translatePage();
  legend.build();
}

function chooseTheme(theme, byHand) {
  root.dataset.theme = theme;
  if (byHand) root.dataset.chosen = "yes";
  map.refresh();
}

/** The whole page from the hash: at the start, and whenever the address changes. */
function readState() {
  const hash = readHash();
  const list = (key) => (hash.get(key) || "").split(",").filter(Boolean);
  filter.set(list("hide"), list("without"));
  const theme = hash.get("theme");
  if (theme === "dark" || theme === "light") chooseTheme(theme, true);
  chooseLanguage(hash.get("lang") === "en" ? "en" : "zh");
  showChoice();
}

// ---------------------------------------------------------------- controls

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => root.dataset.chosen || chooseTheme(dark.matches ? "dark" : "light", false));

const controls = {
  home: () => go({}),
  fit: () => map.fit(),
  "zoom-in": () => map.zoom(1.4),
  "zoom-out": () => map.zoom(1 / 1.4),
  print: () => window.print(),
  "export-png": () => map.toPng(`${document.title} · ${byId("shown").textContent}`, "zonekg.png"),
  language: () => { chooseLanguage(language === "zh" ? "en" : "zh"); showChoice(); keep(); },
  theme: () => { chooseTheme(root.dataset.theme === "dark" ? "light" : "dark", true); keep(); },
  reset: () => { filter.set([], []); applyFilter(); },
  "legend-toggle": () => {
    const open = root.classList.toggle("legend-open");
    byId("legend-toggle").setAttribute("aria-expanded", String(open));
  },
};
for (const [id, act] of Object.entries(controls)) byId(id).addEventListener("click", act);

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = { "/": search.focus, Escape: () => go({}), f: () => map.fit(), F: () => map.fit() };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
window.addEventListener("hashchange", readState);

// On paper everything is light, and every quote of the panel is open.
let screenTheme = "light";
window.addEventListener("beforeprint", () => {
  screenTheme = root.dataset.theme;
  chooseTheme("light", false);
  for (const fold of document.querySelectorAll("#panel .quote ~ details, #panel .source details")) fold.open = true;
});
window.addEventListener("afterprint", () => chooseTheme(screenTheme, false));

chooseTheme(dark.matches ? "dark" : "light", false);
readState();

// For the browser's console and for tests: read the graph, find a node on the screen.
window.zonekg = Object.freeze({ graph, placeOf: (key) => map.placeOf(graph.byKey.get(key)) });
root.classList.add("ready");
