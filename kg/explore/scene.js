// What stands on the canvas: the whole map, or a few entities laid out afresh. A scene is
//
//   nodes  entity of each node      x, y  its place      local(entity)  its number here, or -1
//   edges  fact of each edge        a, b  its nodes      bend  how far a parallel edge swings out
//   whole  true for the whole map   centre  the entity in the middle, or -1
//   tall   how far what is laid out wider than high was stretched to fill a window that is not
//   hidden neighbours of each node that are not here (only where the scene is not whole)

/** From how many new neighbours on the page asks before it expands. */
const MANY = 30;
/** Neighbours of the entity in focus that stand there at first. */
const FIRST = 60;

/** `shape()` gives width by height of the window that scenes are laid out for. */
function createScenes(graph, filter, shape) {
  const tallness = () => Math.min(1.7, Math.max(1, WIDER / shape()));

  /** Fills a window that is higher than what was laid out: names get room, and nothing gets smaller. */
  function stretch(scene) {
    scene.tall = tallness();
    scene.y.forEach((y, at) => { scene.y[at] = y * scene.tall; });
  }

  /** A scene of some entities with the facts between them; `take` may leave facts out. */
  function among(entities, take = () => true) {
    const local = new Map(entities.map((entity, at) => [entity, at]));
    const edges = [];
    for (const entity of entities) {
      for (const fact of graph.factsOf(entity)) {
        if (graph.subject[fact] === entity && local.has(graph.object[fact]) && take(fact)) edges.push(fact);
      }
    }
    const scene = {
      nodes: Uint32Array.from(entities), x: new Float32Array(entities.length), y: new Float32Array(entities.length),
      edges: Uint32Array.from(edges),
      a: Uint32Array.from(edges, (fact) => local.get(graph.subject[fact])),
      b: Uint32Array.from(edges, (fact) => local.get(graph.object[fact])),
      local: (entity) => local.get(entity) ?? -1,
      whole: false, centre: -1,
    };
    scene.bend = bends(scene);
    return scene;
  }

  /** Parallel edges swing out left and right by turns; the first is straight. */
  function bends({ a, b }) {
    const bend = new Int8Array(a.length);
    if (a.length > 30000) return bend;
    const seen = new Map();
    for (let edge = 0; edge < a.length; edge++) {
      const [low, high] = a[edge] < b[edge] ? [a[edge], b[edge]] : [b[edge], a[edge]];
      const pair = low * 0x4000000 + high;
      const nth = seen.get(pair) ?? 0;
      seen.set(pair, nth + 1);
      const side = nth % 2 ? 1 : -1;
      bend[edge] = nth === 0 ? 0 : side * Math.ceil(nth / 2) * (a[edge] < b[edge] ? 1 : -1);
    }
    return bend;
  }

  let map = null;

  function whole() {
    if (map) return map;
    map = {
      nodes: Uint32Array.from({ length: graph.count }, (_, at) => at), x: graph.x.slice(), y: graph.y.slice(),
      edges: Uint32Array.from({ length: graph.factCount }, (_, at) => at), a: graph.subject, b: graph.object,
      local: (entity) => entity, whole: true, centre: -1,
    };
    map.bend = bends(map);
    return map;
  }

  /**
   * An entity with its neighbours up to some hops, in rings. Of a well connected one only the most
   * connected stand here at first. `expanded` maps entities to {most, ways}: how many more neighbours
   * they give, and over which relations (none: all).
   */
  function focus(entity, hops, expanded) {
    const hop = new Map([[entity, 0]]);
    const parent = new Map();
    let edge = [entity];
    const over = (node, other, ways) => !ways.size || [...graph.factsOf(node)].some((fact) =>
      filter.factOn[fact] && graph.other(fact, node) === other && ways.has(graph.wayOf(fact).name));
    /** The neighbours that a node brings, those of an expansion after those it has anyway. */
    function brought(node, step) {
      const fresh = filter.neighbours(node).filter((other) => !hop.has(other));
      const first = step > hops ? [] : fresh.slice(0, step === 1 ? FIRST : Math.max(3, Math.round(80 / edge.length)));
      const more = expanded.get(node);
      if (!more) return first;
      const had = new Set(first);
      return first.concat(fresh.filter((other) => !had.has(other) && over(node, other, more.ways)).slice(0, more.most));
    }
    for (let step = 1; step <= 7 && edge.length; step++) {
      const next = [];
      for (const node of edge) {
        for (const other of brought(node, step)) {
          hop.set(other, step);
          parent.set(other, node);
          next.push(other);
        }
      }
      edge = next;
    }
    const scene = among([...hop.keys()], (fact) => filter.factOn[fact]);
    scene.centre = entity;
    const belts = [];
    for (const [node, step] of hop) if (step) (belts[step - 1] ??= []).push(node);
    if (belts[0]) belts[0] = byRelation(entity, belts[0]);
    const angle = (entity) => Math.atan2(scene.y[scene.local(entity)], scene.x[scene.local(entity)] / WIDER);
    placeBelts(belts.map((belt) => belt.map(scene.local)), (at) => angle(parent.get(scene.nodes[at])), scene.x, scene.y);
    stretch(scene);
    countHidden(scene);
    return scene;
  }

  /** Neighbours in the order of relation, direction and class, so that equal ones stand together. */
  function byRelation(entity, list) {
    const place = new Map();
    for (const fact of graph.factsOf(entity)) {
      const other = graph.other(fact, entity);
      const rank = graph.relation[fact] * 2 + Number(graph.object[fact] === entity);
      if (filter.factOn[fact]) place.set(other, Math.min(place.get(other) ?? Infinity, rank));
    }
    return [...list].sort((one, other) => place.get(one) - place.get(other) || graph.kind[one] - graph.kind[other]
      || graph.degree[other] - graph.degree[one] || one - other);
  }

  /** How many neighbours of each node are not here: what expanding it would bring. */
  function countHidden(scene) {
    scene.hidden = Uint32Array.from(scene.nodes, (entity) =>
      filter.neighbours(entity).filter((other) => scene.local(other) < 0).length);
  }

  /** Some chosen entities in their places on the map, drawn together so that they fill the picture. */
  function set(entities) {
    const scene = among(entities, (fact) => filter.factOn[fact]);
    const order = [...entities.keys()].sort((one, other) => graph.degree[entities[other]] - graph.degree[entities[one]]);
    relax(scene, order);
    stretch(scene);
    countHidden(scene);
    return scene;
  }

  /** Fruchterman and Reingold (1991) from a sunflower; for the few hundred nodes of a chosen set. */
  function relax(scene, order) {
    const count = order.length;
    const { x, y, a, b } = scene;
    order.forEach((at, rank) => {
      const turn = rank * 2.399963;
      x[at] = Math.sqrt(rank + 0.3) * Math.cos(turn);
      y[at] = Math.sqrt(rank + 0.3) * Math.sin(turn);
    });
    const main = mainPiece(scene, order[0]);
    const rounds = count > 400 ? 30 : 160;
    const [px, py] = [new Float32Array(count), new Float32Array(count)];
    for (let round = 0; round < rounds && count > 1; round++) {
      for (let i = 0; i < count; i++) { const home = main.has(i) ? 0.3 : 1.3; px[i] = -home * x[i]; py[i] = -home * y[i]; }
      for (let i = 0; i < count; i++) {
        for (let j = i + 1; j < count; j++) {
          const dx = x[i] - x[j], dy = y[i] - y[j];
          const force = 1 / (dx * dx + dy * dy + 0.01);
          px[i] += dx * force; py[i] += dy * force; px[j] -= dx * force; py[j] -= dy * force;
        }
      }
      for (let edge = 0; edge < a.length; edge++) {
        const dx = x[a[edge]] - x[b[edge]], dy = y[a[edge]] - y[b[edge]];
        const force = Math.hypot(dx, dy) * 0.8;
        px[a[edge]] -= dx * force; py[a[edge]] -= dy * force; px[b[edge]] += dx * force; py[b[edge]] += dy * force;
      }
      const heat = 1.2 * (1 - round / rounds);
      for (let i = 0; i < count; i++) {
        const length = Math.hypot(px[i], py[i]) || 1;
        x[i] += (px[i] / length) * Math.min(length, heat);
        y[i] += (py[i] / length) * Math.min(length, heat);
      }
    }
    const scale = count > 1 ? 105 / medianGap(x, y) : 1;
    for (let i = 0; i < count; i++) { x[i] *= scale * 1.25; y[i] *= scale * 0.85; }
  }

  /** What hangs together with the best connected node; the rest is drawn in, so that it does not drift away. */
  function mainPiece({ a, b }, first) {
    const piece = new Set([first]);
    for (let grown = true; grown;) {
      const before = piece.size;
      a.forEach((one, edge) => { if (piece.has(one) || piece.has(b[edge])) piece.add(one).add(b[edge]); });
      grown = piece.size > before;
    }
    return piece;
  }

  function medianGap(x, y) {
    const gaps = Array.from(x, (_, i) => {
      let least = Infinity;
      for (let j = 0; j < x.length; j++) if (j !== i) least = Math.min(least, Math.hypot(x[i] - x[j], y[i] - y[j]));
      return least;
    }).sort((one, other) => one - other);
    return Math.max(0.05, gaps[Math.floor(gaps.length / 2)]);
  }

  /** Paths as rows; nodes that several paths share stand where the first one has them. */
  function paths(found) {
    const rows = [];
    const seen = new Set();
    const ends = found.length ? [found[0].nodes[0], found[0].nodes[found[0].nodes.length - 1]] : [];
    found.forEach(({ nodes }, at) => {
      const row = at === 0 ? nodes : nodes.filter((node) => !seen.has(node));
      for (const node of nodes) seen.add(node);
      if (row.length) rows.push(row);
    });
    const used = new Set(found.flatMap(({ facts }) => facts.flat()));
    const scene = among([...seen], (fact) => used.has(fact));
    placeRows(rows.map((row) => row.map(scene.local)), scene.x, scene.y);
    // What all paths share stands in the middle of its column's height.
    for (const end of rows.length > 1 ? ends : []) scene.y[scene.local(end)] = 0;
    countHidden(scene);
    return scene;
  }

  /** Two entities with what each is connected to and what both are. */
  function compare(one, other) {
    const [left, right] = [new Set(filter.neighbours(one)), new Set(filter.neighbours(other))];
    const shared = [...left].filter((node) => right.has(node)).slice(0, 60);
    const only = (mine, theirs, self) => [self, ...[...mine].filter((node) => !theirs.has(node) && node !== one && node !== other).slice(0, 45)];
    const [ours, hers] = [only(left, right, one), only(right, left, other)];
    const scene = among([...new Set([...ours, ...shared, ...hers])], (fact) => filter.factOn[fact]
      && [graph.subject[fact], graph.object[fact]].some((end) => end === one || end === other));
    const at = (list) => list.map(scene.local);
    const border = placeBands(at(ours.slice(1)), at(shared), at(hers.slice(1)), scene.x, scene.y);
    [scene.x[scene.local(one)], scene.y[scene.local(one)]] = [border.left, 0];
    [scene.x[scene.local(other)], scene.y[scene.local(other)]] = [border.right, 0];
    stretch(scene);
    countHidden(scene);
    return scene;
  }

  return { whole, focus, set, paths, compare };
}
