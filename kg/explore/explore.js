// The page put together: the address says what is shown, and everything follows it.

/** The shell as it came, for pages of a part of this one. */
const SHELL = byId("app").outerHTML;
const root = document.documentElement;
const blockText = (id) => byId(id).textContent;
const timings = { script: performance.now() };

const say = (text) => { byId("live").textContent = ""; byId("live").textContent = text; };

async function main() {
  if (typeof DecompressionStream === "undefined") { byId("start").hidden = false; byId("start").textContent = `${WORDS.zh.tooOld} ${WORDS.en.tooOld}`; return; }
  const graph = await openGraph(blockText);
  timings.data = performance.now();
  const filter = createFilter(graph);
  const islands = createIslands(graph, filter);
  const app = createApp(graph, filter, islands);
  app.begin();
  timings.picture = performance.now();
  root.classList.add("drawn");
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  const reading = await graph.read();
  filter.useReading(reading);
  app.read(reading);
  timings.reading = performance.now();
  root.classList.add("ready");
}

function createApp(graph, filter, islands) {
  const state = createState((now, before, travelled) => render(now, before, travelled));
  const scenes = createScenes(graph, filter, () => {
    const { width, height } = byId("map").getBoundingClientRect();
    return width && height ? width / height : WIDER;
  });
  const names = createNicknames(graph);
  let reading = null;
  let parts = null;
  let shownScene = "";
  let finder = null;
  const awaitFinder = async () => (finder ??= createFinder(graph, await graph.read()));

  const map = createMap(graph, filter, islands, {
    choose: ({ entity, fact, island }) => {
      if (entity >= 0) go({ e: graph.keyOf(entity), f: "", a: "" });
      else if (fact >= 0) go({ f: factKeyOf(graph, fact), e: "", a: "" });
      else if (island) map.camera.moveTo(island.x, island.y, Math.min(1, (0.8 * map.camera.high) / (2 * island.radius)));
      else if (state.now().e || state.now().f) go({ e: "", f: "" });
    },
    open: ({ entity }) => entity >= 0 && (map.scene().whole ? act.focus(entity) : act.expand(entity)),
    box: (entities) => parts?.panel.showSet(entities, word("chosen", entities.length)),
    hover: (found, x, y) => showTip(graph, found, x, y),
    moved: (camera) => minimap.frame(camera),
    painted: ({ left }) => { byId("near").hidden = !left; byId("near").textContent = left ? word("near", number(left)) : ""; keepCamera(); },
  });
  const minimap = createMinimap(graph, filter, map);
  const legend = createLegend(graph, filter, state);
  const timeline = createTimeline(state, byId("timeline"));
  const start = createStart(graph, filter, { go: (patch) => go(patch), ask: (question) => act.ask(question), search: () => byId("search").focus() });
  const twin = createTwin(graph, filter, { go: (patch) => go(patch), factKey: (fact) => factKeyOf(graph, fact) });
  createSearch(byId("search"), byId("hits"), graph, awaitFinder, {
    onEntity: (entity) => { go({ v: "focus", of: graph.keyOf(entity), e: graph.keyOf(entity), f: "", a: "", hops: "", more: "", as: "" }); toPanel(); },
    onStory: (story) => { go({ v: "story", a: story.id, e: "", f: "", as: "" }); toPanel(); },
  });
  /** Where one reads on after a search by keyboard. */
  const toPanel = () => byId("panel").focus({ preventScroll: true });

  // ---------------------------------------------------------------- what the address asks for

  /** A new state; an entity or fact that the present scene lacks is brought into focus. */
  function go(patch) {
    const next = { ...state.now(), ...patch };
    if (!("v" in patch) && (patch.e || patch.f)) {
      const entity = patch.e ? graph.indexOf(patch.e) : graph.subject[factOf(graph, patch.f)] ?? -1;
      const here = next.v && map.scene()?.local(entity) >= 0;
      if (!here && entity >= 0) patch = { ...patch, v: "focus", of: graph.keyOf(entity), hops: "", more: "" };
      // An article's picture stays while one looks at what it names.
      else if (next.v === "story") patch = { ...patch, a: state.now().a };
    }
    state.go(patch);
  }

  /** Expansions from the address: "name", "name:30", "name::locatedIn.leads". */
  function expansions(now) {
    const found = new Map();
    for (const item of (now.more || "").split(",").filter(Boolean)) {
      const [nick, most, ways] = item.split(":");
      const entity = names.find(nick);
      if (entity >= 0) found.set(entity, { most: Number(most) || Infinity, ways: new Set((ways || "").split(".").filter(Boolean)) });
    }
    return found;
  }

  /** The scene of a view, or null where there is none to show. */
  function sceneOf(now) {
    if (now.v === "focus") {
      const entity = graph.indexOf(now.of ?? "");
      return entity < 0 ? null : scenes.focus(entity, numberOf(now.hops, 1, 1, 4), expansions(now));
    }
    if (now.v === "set") return scenes.set((now.ids || "").split(",").map(names.find).filter((entity) => entity >= 0).slice(0, 600));
    if (now.v === "story") {
      const story = reading?.storyOf(now.a);
      return story ? scenes.set([...new Set(reading.namingsIn(story).map((naming) => naming.entity))]) : null;
    }
    if (now.v === "path") {
      const found = parts?.pathView.find();
      return found?.paths.length ? scenes.paths(found.paths) : null;
    }
    if (now.v === "compare") {
      const [one, other] = [graph.indexOf(now.one ?? ""), graph.indexOf(now.two ?? "")];
      return one >= 0 && other >= 0 && one !== other ? scenes.compare(one, other) : null;
    }
    return scenes.whole();
  }

  const SCENE_KEYS = ["v", "of", "hops", "more", "ids", "from", "to", "k", "nohubs", "avoid", "skip", "one", "two"];

  function render(now, before, travelled = false) {
    const changed = (keys) => !before || keys.some((key) => (now[key] || "") !== (before[key] || ""));
    if (changed(["lang"])) translate(now);
    if (changed(["theme"])) chooseTheme(now);
    const filtered = changed(FILTER_KEYS);
    if (filtered) { filter.apply(now); islands.measure(scenes.whole()); }
    const key = [...SCENE_KEYS.map((one) => now[one] || ""), now.v === "story" ? now.a : "", ["story", "path"].includes(now.v) && Boolean(reading), now.v && now.v !== "map" ? FILTER_KEYS.map((one) => now[one] || "") : ""].join("|");
    if (key !== shownScene) {
      shownScene = key;
      const scene = sceneOf(now) ?? scenes.set([]);
      const [x, y, scale] = (!before && now.cam ? now.cam.split(",").map(Number) : []);
      const kept = scale > 0 && Number.isFinite(x + y + scale);
      map.setScene(scene, !kept);
      if (kept) map.camera.set(x, y, scale);
    }
    byId("start").hidden = Boolean(now.v);
    root.classList.toggle("starting", !now.v);
    root.classList.toggle("has-choice", Boolean(now.e || now.f || now.a || ["path", "compare"].includes(now.v)));
    emphasise(now, before);
    if (filtered || changed(["lang"])) legend.update();
    timeline.update();
    twin.show(now.v ? now.as || "" : "", map.scene());
    for (const as of ["picture", "table", "tree"]) byId(`as-${as}`).setAttribute("aria-pressed", String((now.as || "picture") === as));
    minimap.redraw();
    showBar(now);
    if (!now.v) start.show(reading);
    if (reading) { keepReading(now, before, travelled); parts.console.show(now); }
    byId("undo").disabled = !state.canUndo();
    byId("redo").disabled = !state.canRedo();
  }

  const places = new Map();
  /** Shows the panel; who comes back to something reads on where they left it. */
  function keepReading(now, before, travelled) {
    const what = (one) => [one.v, one.e, one.f, one.a, one.from, one.to].join("|");
    if (before) places.set(what(before), byId("panel").scrollTop);
    showPanel(now);
    if (travelled) byId("panel").scrollTop = places.get(what(now)) ?? 0;
  }

  function emphasise(now, before) {
    const entity = now.e ? graph.indexOf(now.e) : -1;
    const fact = now.f ? factOf(graph, now.f) : -1;
    map.light({ entity, fact });
    // On the whole map the choice is brought into view; a place in the address is kept.
    const chosen = entity >= 0 ? entity : fact >= 0 ? graph.subject[fact] : -1;
    if (chosen >= 0 && map.scene().whole && (before ? !map.sees(chosen) : !now.cam)) map.fit([chosen, ...filter.neighbours(chosen).slice(0, 40)], 1);
  }

  function showPanel(now) {
    const { panel } = parts;
    const entity = now.e ? graph.indexOf(now.e) : -1;
    const fact = now.f ? factOf(graph, now.f) : -1;
    const story = now.a ? reading.storyOf(now.a) : null;
    if (entity >= 0) { panel.showEntity(entity); say(graph.labels[entity]); }
    else if (fact >= 0) { panel.showFact(fact); say(labelOf(graph.wayOf(fact))); }
    else if (story) { panel.showStory(story); say(storyTitle(story)); }
    else if (now.e || now.f || now.a) panel.showMissing(now.e || now.f || now.a);
    else if (now.v === "path") parts.pathView.show(parts.pathView.find());
    else if (now.v === "compare") parts.compareView.show();
    else if (now.v === "focus" && graph.indexOf(now.of ?? "") < 0) panel.showMissing(now.of);
    else if (now.v && now.v !== "map") panel.showSet([...map.scene().nodes], word("chosen", map.scene().nodes.length));
    else showOverview();
  }

  /** What there is to read: the best connected entities, the articles. */
  function showOverview() {
    const { panel } = parts;
    const best = islands.all().slice(0, 14).map((island) => island.leader);
    panel.show(
      el("h2", {}, word("whole")),
      el("p", { class: "muted" }, word("counts", totals())),
      graph.part && el("p", { class: "muted" }, word("part", number(graph.part.entities), number(graph.part.facts))),
      el("div", { class: "chips" }, best.map((entity) => panel.chip(entity))),
      panel.section(`${word("stories")} (${reading.stories.length})`, ...longList(reading.stories, panel.storyRow, 40)));
  }

  const totals = () => ({ entities: number(graph.count), facts: number(graph.factCount), figures: number(graph.counts.figures), stories: number(graph.counts.stories) });

  function showBar(now) {
    const scene = map.scene();
    const entities = scene.whole ? filter.counts.entities : scene.nodes.reduce((sum, entity) => sum + filter.entityOn[entity], 0);
    const facts = scene.whole ? filter.counts.facts : scene.edges.reduce((sum, fact) => sum + filter.factOn[fact], 0);
    byId("shown").textContent = word("shown", number(filter.counts.entities), number(graph.count));
    byId("counts").textContent = word("counts", totals());
    const hops = byId("hops");
    hops.hidden = now.v !== "focus";
    const steps = numberOf(now.hops, 1, 1, 4);
    hops.replaceChildren(...[1, 2, 3].map((step) => button({ "aria-pressed": String(step === steps), onclick: () => state.go({ hops: step === 1 ? "" : String(step), cam: "" }) }, word("hops", step))));
    const all = scene.centre >= 0 && !scene.whole ? filter.neighbours(scene.centre).length : 0;
    const near = all ? filter.neighbours(scene.centre).filter((one) => scene.local(one) >= 0).length : 0;
    byId("view-note").textContent = [word("shownBoth", number(entities), number(graph.count), number(facts), number(graph.factCount)), near < all ? word("ringed", near, all) : "", graph.part && word("part", number(graph.part.entities), number(graph.part.facts))].filter(Boolean).join(" · ");
  }

  let cameraTimer = 0;
  function keepCamera() {
    clearTimeout(cameraTimer);
    cameraTimer = setTimeout(() => {
      if (!state.now().v) return;
      const { x, y, scale } = map.camera;
      // A view shown whole is fitted to whatever window it is opened in again.
      state.keep({ cam: map.camera.fitted ? "" : `${Math.round(x)},${Math.round(y)},${scale.toPrecision(3)}` });
    }, 500);
  }

  function translate(now) {
    language = now.lang === "en" ? "en" : "zh";
    translatePage();
    legend.build();
    byId("footer").textContent = word("footer", {
      dates: graph.dates.length ? (graph.dates[0] === graph.dates[1] ? graph.dates[0] : graph.dates.join(" – ")) : "", inputs: graph.inputs.slice(0, 12), counts: word("counts", totals()), version: graph.version,
    });
    byId("footer").title = `SHA-256 ${graph.inputs}`;
    if (reading) { timeline.build(reading); parts.console.translate(); }
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  function chooseTheme(now, given = null) {
    root.dataset.theme = given ?? (now.theme === "dark" || now.theme === "light" ? now.theme : dark.matches ? "dark" : "light");
    map.refresh();
    minimap.redraw();
  }
  dark.addEventListener("change", () => chooseTheme(state.now()));

  const act = createActions({ graph, filter, state, map, scenes, names, go, parts: () => parts });
  attachControls({ state, map, act, graph, chooseTheme });

  return {
    begin() { islands.measure(scenes.whole()); render(state.now(), null); map.sharpen(); },
    /** Everything that needs quotes and articles, once they are there. */
    read(given) {
      reading = given;
      const marker = createMarker(graph, reading);
      const panel = createPanel(graph, filter, reading, marker, { go, act });
      const asker = createAsker(blockText, reading);
      parts = {
        panel, asker, reading,
        pathView: createPathView(graph, filter, names, panel, state, awaitFinder),
        compareView: createCompareView(graph, filter, reading, panel, state, awaitFinder),
        console: createConsole(graph, reading, asker, state, awaitFinder, { go, say, asSet: (entities) => act.asSet(entities) }),
        exports: createExports(graph, filter, reading, map, () => `${graph.title} · ${byId("view-note").textContent || byId("shown").textContent} · ${graph.dates.join(" – ")}`),
      };
      legend.useReading(reading);
      timeline.build(reading);
      render(state.now(), { ...state.now(), ...Object.fromEntries(FILTER_KEYS.map((key) => [key, "\u0000"])) });
      // The first letter typed shall not wait for the index of names.
      (window.requestIdleCallback ?? setTimeout)(() => awaitFinder());
      // For the browser's console and for tests.
      window.zonekg = Object.freeze({
        graph, reading, filter, map, asker, timings, state, exports: parts.exports, act, finder: awaitFinder, figures: { conflictsOf, whyNoSum, sumOf },
        placeOf: (key) => map.placeOf(graph.indexOf(key)),
      });
    },
  };
}

const factKeyOf = (graph, fact) => [graph.keyOf(graph.subject[fact]), graph.wayOf(fact).name, graph.keyOf(graph.object[fact])].map(encodeURIComponent).join("/");

/** The fact of an address, or -1. */
function factOf(graph, key) {
  const [one, way, other] = key.split("/").map(decoded);
  const entity = graph.indexOf(one ?? "");
  if (entity < 0) return -1;
  return [...graph.factsOf(entity)].find((fact) => graph.subject[fact] === entity && graph.wayOf(fact).name === way && graph.keyOf(graph.object[fact]) === other) ?? -1;
}

/** What is under the pointer, in words. */
function showTip(graph, { entity, fact, island }, x, y) {
  const tip = byId("tip");
  const text = entity >= 0 ? [graph.labels[entity], `${labelOf(graph.lookOf(entity))} · ${word("connected", graph.degree[entity])}`]
    : fact >= 0 ? [labelOf(graph.wayOf(fact)), `${isolated(graph.labels[graph.subject[fact]])} → ${isolated(graph.labels[graph.object[fact]])}`]
      : island ? [word("island", isolated(graph.labels[island.leader]), number(island.size)), ""] : null;
  tip.hidden = !text;
  if (!text) return;
  tip.replaceChildren(el("strong", {}, name(text[0])), text[1] && el("div", {}, text[1]));
  const { width, height } = tip.parentElement.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 14, width - 260))}px`;
  tip.style.top = `${y + 64 > height ? y - 58 : y + 16}px`;
}

main();
