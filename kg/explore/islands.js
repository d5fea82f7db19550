// Communities on the whole map. Far away each is one super-node with the name of its best connected
// entity; nearer it opens, the important nodes first. So no size of graph becomes a hairball.

const SUPER_FROM = 20000;
const OPEN_RADIUS = 95;
/** Pixels of ground that each drawn node of a large map gets at least. */
const GROUND = 260;
/** Lines from each community to those that it has most to do with. */
const BRIDGES = 2;
/** Communities of fewer members are loose pieces, seen from near. */
const LOOSE = 4;

function createIslands(graph, filter) {
  const count = graph.group.reduce((most, group) => Math.max(most, group + 1), 0);
  let islands = [];
  let bridges = [];
  let rank = null;

  /** Seen members, the leader among them, centre and reach of every community; called when the filter or the map changes. */
  function measure(scene) {
    const [sum, x, y, spread] = Array.from({ length: 4 }, () => new Float64Array(count));
    const leader = new Int32Array(count).fill(-1);
    for (let entity = 0; entity < graph.count; entity++) {
      if (!filter.entityOn[entity]) continue;
      const group = graph.group[entity];
      if (leader[group] < 0 || graph.degree[entity] > graph.degree[leader[group]]) leader[group] = entity;
      sum[group]++;
      x[group] += scene.x[entity];
      y[group] += scene.y[entity];
    }
    for (let group = 0; group < count; group++) { x[group] /= sum[group]; y[group] /= sum[group]; }
    for (let entity = 0; entity < graph.count; entity++) {
      if (!filter.entityOn[entity]) continue;
      const group = graph.group[entity];
      spread[group] += (scene.x[entity] - x[group]) ** 2 + (scene.y[entity] - y[group]) ** 2;
    }
    islands = [];
    for (let group = 0; group < count; group++) {
      if (!sum[group]) continue;
      islands[group] = { group, leader: leader[group], size: sum[group], x: x[group], y: y[group], radius: 1.35 * Math.sqrt(spread[group] / sum[group]) + 20, open: true };
    }
    bridges = filter.counts.entities >= SUPER_FROM ? span() : [];
    if (!rank) rankMembers();
  }

  /** Facts between communities, the strongest first. */
  function span() {
    const found = new Map();
    for (let fact = 0; fact < graph.factCount; fact++) {
      const [one, other] = [graph.group[graph.subject[fact]], graph.group[graph.object[fact]]];
      if (!filter.factOn[fact] || one === other) continue;
      const pair = one < other ? one * count + other : other * count + one;
      found.set(pair, (found.get(pair) ?? 0) + 1);
    }
    const each = new Uint8Array(count);
    return [...found].sort((one, other) => other[1] - one[1])
      .map(([pair, weight]) => ({ one: Math.floor(pair / count), other: pair % count, weight }))
      .filter(({ one, other }) => islands[one]?.size >= LOOSE && islands[other]?.size >= LOOSE && (each[one]++ < BRIDGES || each[other]++ < BRIDGES));
  }

  /** The place of every entity among its community's members, best connected first. */
  function rankMembers() {
    const order = Uint32Array.from({ length: graph.count }, (_, at) => at).sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
    const next = new Uint32Array(count);
    rank = new Uint32Array(graph.count);
    for (const entity of order) rank[entity] = next[graph.group[entity]]++;
  }

  /** Decides at a scale which islands are open and how many of their members have ground; null: all. */
  function openAt(scale) {
    if (filter.counts.entities < SUPER_FROM) return null;
    const room = new Float64Array(count);
    for (const island of islands) {
      if (!island) continue;
      const reach = island.radius * scale;
      island.open = reach >= OPEN_RADIUS || island.size < LOOSE;
      room[island.group] = !island.open ? 0 : island.size < LOOSE ? Number(scale > 0.2) * LOOSE : (Math.PI * reach * reach) / GROUND;
    }
    return { rank, room };
  }

  const superRadius = (island, scale) => Math.max(5, Math.min(OPEN_RADIUS * 0.9, 0.62 * island.radius * scale, 4 + 1.5 * Math.sqrt(island.size)));

  /** Soft grounds under open islands; super-nodes and what joins them. */
  function drawGrounds(pen, view) {
    const { camera, theme } = view;
    const seen = islands.filter((island) => island && island.size > 7);
    pen.globalAlpha = theme.dark ? 0.08 : 0.06;
    for (const island of seen) {
      if (!island.open || island.radius * camera.scale > 1500) continue;
      pen.fillStyle = graph.lookOf(island.leader).colour;
      pen.beginPath();
      pen.arc(camera.screenX(island.x), camera.screenY(island.y), island.radius * camera.scale * 1.12, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  function drawSupers(pen, view) {
    const { camera, theme } = view;
    const found = [];
    const shine = view.emphasis ? 0.25 : 1;
    pen.strokeStyle = theme.edge;
    for (const { one, other, weight } of bridges) {
      const [a, b] = [islands[one], islands[other]];
      if (!a || !b || (a.open && b.open)) continue;
      pen.globalAlpha = shine * Math.min(0.55, 0.06 + 0.07 * Math.log2(1 + weight));
      pen.lineWidth = Math.min(7, 0.6 * Math.log2(1 + weight));
      pen.beginPath();
      pen.moveTo(camera.screenX(a.x), camera.screenY(a.y));
      pen.lineTo(camera.screenX(b.x), camera.screenY(b.y));
      pen.stroke();
    }
    for (const island of islands) {
      if (!island || island.open) continue;
      const [x, y, radius] = [camera.screenX(island.x), camera.screenY(island.y), superRadius(island, camera.scale)];
      if (x < -radius || y < -radius || x > camera.wide + radius || y > camera.high + radius) continue;
      pen.globalAlpha = 1;
      pen.fillStyle = theme.paper;
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fill();
      pen.globalAlpha = 0.32 * shine;
      pen.fillStyle = graph.lookOf(island.leader).colour;
      pen.fill();
      pen.globalAlpha = shine;
      pen.lineWidth = 2;
      pen.strokeStyle = graph.lookOf(island.leader).colour;
      pen.stroke();
      pen.strokeStyle = theme.edge;
      found.push({ island, x, y, radius });
    }
    pen.globalAlpha = 1;
    return found;
  }

  /** Names of communities, largest first, where nothing else is written; gives the entities so named. */
  function drawNames(pen, view, room) {
    const { camera, theme } = view;
    const named = new Set();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    for (const island of islands) {
      if (!island || island.size < 8) continue;
      const reach = island.radius * camera.scale;
      if (island.open && (reach < 46 || reach > 0.75 * camera.high || camera.scale > 0.85)) continue;
      const size = island.open ? Math.round(Math.min(22, 12 + reach / 26)) : Math.round(Math.min(19, 11 + superRadius(island, camera.scale) / 8));
      const text = `${shorter(graph.labels[island.leader], 12)}${island.open ? "" : `  ${island.size.toLocaleString("en")}`}`;
      const [x, y] = [camera.screenX(island.x), camera.screenY(island.y)];
      const lines = [[0, 0], [0, 26], [0, -26]];
      if (writeLabel(pen, room, { text, x, y, size, bold: true, theme, lines, colour: theme.ink })) named.add(island.leader);
    }
    return named;
  }

  const hit = (supers, x, y) => supers.find((one) => (one.x - x) ** 2 + (one.y - y) ** 2 <= one.radius ** 2)?.island ?? null;

  return { measure, openAt, drawGrounds, drawSupers, drawNames, hit, all: () => islands.filter(Boolean) };
}
