// Painting a scene: grounds, lines, nodes, names. Pure in the sense that the same scene and view give
// the same picture on any pen: the screen's, a PNG's, or the one that writes SVG (see vector.js).
//
// A view is {camera, theme, emphasis}; an emphasis {nodes, edges, chosen} holds what stays bright.

const FAINT = 0.13;
const NAMED_EDGES = 70;

function createPainter(graph, filter, islands) {
  let [sx, sy, sr, here] = [new Float32Array(0), new Float32Array(0), new Float32Array(0), new Uint8Array(0)];
  const byRank = Uint32Array.from({ length: graph.count }, (_, at) => at).sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
  const base = Float32Array.from(graph.degree, radiusOf);

  /** Fills places on the screen; lists the nodes that are drawn, and marks them in `here`. */
  function project(scene, camera) {
    const count = scene.nodes.length;
    if (sx.length < count) [sx, sy, sr, here] = [new Float32Array(count), new Float32Array(count), new Float32Array(count), new Uint8Array(count)];
    const lod = scene.whole ? islands.openAt(camera.scale) : null;
    const [ox, oy] = [camera.wide / 2 - camera.x * camera.scale, camera.high / 2 - camera.y * camera.scale];
    const drawn = [];
    let left = 0;
    for (let at = 0; at < count; at++) {
      const entity = scene.nodes[at];
      here[at] = 0;
      if (!filter.entityOn[entity]) continue;
      const x = scene.x[at] * camera.scale + ox;
      const y = scene.y[at] * camera.scale + oy;
      sx[at] = x;
      sy[at] = y;
      here[at] = 1;
      if (lod && lod.rank[entity] >= lod.room[graph.group[entity]]) { here[at] = 0; left++; continue; }
      if (x < -40 || y < -40 || x > camera.wide + 40 || y > camera.high + 40) continue;
      sr[at] = shownRadius(base[entity], camera.scale);
      here[at] = 2;
      drawn.push(at);
    }
    return { drawn, left, lod };
  }

  /** Edges to draw: all of a small scene, else those at the drawn nodes. */
  function edgesOf(scene, drawn, lod) {
    const found = [];
    const take = (edge, a, b) => {
      if (!here[a] || !here[b] || !filter.factOn[scene.edges[edge]]) return;
      if (here[a] < 2 && here[b] < 2 && offScreen(a, b)) return;
      found.push(edge);
    };
    if (scene.whole && (lod || drawn.length * 4 < scene.nodes.length)) {
      for (const at of drawn) {
        for (const fact of graph.factsOf(at)) {
          const [a, b] = [graph.subject[fact], graph.object[fact]];
          if (a === at || here[a] < 2) take(fact, a, b);
        }
      }
      return found;
    }
    for (let edge = 0; edge < scene.edges.length; edge++) take(edge, scene.a[edge], scene.b[edge]);
    return found;
  }

  let size = { wide: 0, high: 0 };
  const offScreen = (a, b) => (sx[a] < 0 && sx[b] < 0) || (sy[a] < 0 && sy[b] < 0)
    || (sx[a] > size.wide && sx[b] > size.wide) || (sy[a] > size.high && sy[b] > size.high);

  /** The point a parallel edge swings out to: the handle of a quadratic curve. */
  function handle(scene, edge) {
    const [a, b, bend] = [scene.a[edge], scene.b[edge], scene.bend[edge]];
    const [dx, dy] = [sx[b] - sx[a], sy[b] - sy[a]];
    return [(sx[a] + sx[b]) / 2 - dy * 0.17 * bend, (sy[a] + sy[b]) / 2 + dx * 0.17 * bend];
  }

  const someInferred = graph.inferred.includes(1);

  /** Lines, broken where only a rule says the fact. */
  function traceEdges(pen, scene, edges) {
    const broken = (edge) => graph.inferred[scene.edges[edge]] === 1;
    traceLines(pen, scene, someInferred ? edges.filter((edge) => !broken(edge)) : edges);
    if (!someInferred) return;
    pen.setLineDash([5, 4]);
    traceLines(pen, scene, edges.filter(broken));
    pen.setLineDash([]);
  }

  function traceLines(pen, scene, edges) {
    pen.beginPath();
    for (const edge of edges) {
      const [a, b] = [scene.a[edge], scene.b[edge]];
      if (a === b) { pen.moveTo(sx[a], sy[a]); pen.arc(sx[a], sy[a] - sr[a], Math.max(4, sr[a]), Math.PI / 2, Math.PI * 2.5); continue; }
      pen.moveTo(sx[a], sy[a]);
      if (scene.bend[edge]) pen.quadraticCurveTo(...handle(scene, edge), sx[b], sy[b]);
      else pen.lineTo(sx[b], sy[b]);
    }
    pen.stroke();
  }

  /** Lines inside communities and, fainter while far, those between them. */
  function drawEdges(pen, scene, edges, view) {
    const { camera, theme } = view;
    const density = Math.min(0.75, Math.max(0.16, (1400 * Math.max(1, camera.scale * camera.scale)) / Math.max(1, edges.length)));
    pen.strokeStyle = theme.edge;
    pen.lineWidth = camera.scale > 0.5 ? 1.2 : 0.8;
    pen.globalAlpha = view.emphasis ? 0.07 : density;
    if (!scene.whole || camera.scale > 0.7 || view.emphasis) return traceEdges(pen, scene, edges);
    const between = (edge) => graph.group[graph.subject[scene.edges[edge]]] !== graph.group[graph.object[scene.edges[edge]]];
    traceEdges(pen, scene, edges.filter((edge) => !between(edge)));
    pen.globalAlpha = density * 0.4;
    return traceEdges(pen, scene, edges.filter(between));
  }

  /** Where an edge ends at the border of its target, and the direction in which it gets there. */
  function tip(scene, edge) {
    const [a, b] = [scene.a[edge], scene.b[edge]];
    const [fx, fy] = scene.bend[edge] ? handle(scene, edge) : [sx[a], sy[a]];
    const length = Math.hypot(sx[b] - fx, sy[b] - fy) || 1;
    const [ux, uy] = [(sx[b] - fx) / length, (sy[b] - fy) / length];
    return { x: sx[b] - ux * (sr[b] + 2), y: sy[b] - uy * (sr[b] + 2), ux, uy, length };
  }

  function drawArrows(pen, scene, edges, side) {
    pen.beginPath();
    for (const edge of edges) {
      if (graph.wayOf(scene.edges[edge]).symmetric || scene.a[edge] === scene.b[edge] || here[scene.b[edge]] < 2) continue;
      const { x, y, ux, uy, length } = tip(scene, edge);
      if (length < sr[scene.b[edge]] + 14) continue;
      pen.moveTo(x, y);
      pen.lineTo(x - ux * side - uy * side * 0.45, y - uy * side + ux * side * 0.45);
      pen.lineTo(x - ux * side + uy * side * 0.45, y - uy * side - ux * side * 0.45);
      pen.closePath();
    }
    pen.fill();
  }

  /** Names of relations in the middle of lines that are long enough. */
  function nameEdges(pen, room, scene, edges, view, colour) {
    for (const edge of edges) {
      const [a, b] = [scene.a[edge], scene.b[edge]];
      if (a === b || Math.hypot(sx[a] - sx[b], sy[a] - sy[b]) < 66) continue;
      const [hx, hy] = handle(scene, edge);
      const [x, y] = scene.bend[edge] ? [(sx[a] + sx[b]) / 4 + hx / 2, (sy[a] + sy[b]) / 4 + hy / 2] : [hx, hy];
      writeLabel(pen, room, { text: labelOf(graph.wayOf(scene.edges[edge])), x, y, size: 11, theme: view.theme, colour, lines: [[0, 0]] });
    }
  }

  function drawNodes(pen, scene, drawn, theme) {
    const kinds = graph.looks.map(() => []);
    for (const at of drawn) kinds[graph.kind[scene.nodes[at]]].push(at);
    kinds.forEach((list, kind) => {
      if (!list.length) return;
      const { colour, shape } = graph.looks[kind];
      pen.fillStyle = colour;
      pen.strokeStyle = theme.rim;
      pen.lineWidth = 1.2;
      for (const rimmed of [false, true]) {
        const some = list.filter((at) => sr[at] >= 4.5 === rimmed);
        if (!some.length) continue;
        pen.beginPath();
        for (const at of some) traceShape(pen, shape, sx[at], sy[at], sr[at]);
        pen.fill();
        if (rimmed) pen.stroke();
      }
    });
    drawSigns(pen, scene, drawn, theme);
  }

  function drawSigns(pen, scene, drawn, theme) {
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const at of drawn) {
      const look = graph.lookOf(scene.nodes[at]);
      const pointed = POINTED.has(look.shape);
      if (sr[at] < (pointed ? 9 : 7)) continue;
      pen.fillStyle = inkOn(look.colour);
      pen.font = `600 ${Math.round(sr[at] * (pointed ? 0.74 : 1.02))}px ${theme.font}`;
      pen.fillText(look.sign, sx[at], sy[at] + sr[at] * ((LIFT[look.shape] || 0) + 0.06));
    }
  }

  /** Names of nodes, best first; `must` are written wherever there is room at all. */
  function nameNodes(pen, room, scene, order, view, must = new Set()) {
    const { camera, theme } = view;
    let left = Math.round((camera.wide * camera.high) / 7000);
    for (const at of order) {
      if (here[at] < 2) continue;
      const bold = must.has(at) || at === scene.local(scene.centre);
      if (left <= 0 && !bold) break;
      if (sr[at] < 2.4 && !bold) continue;
      const entity = scene.nodes[at];
      const size = Math.round(Math.min(16, 10.5 + Math.sqrt(graph.degree[entity]) * 0.55) * Math.min(1.15, Math.max(0.95, camera.scale)));
      const below = sr[at] + size * 0.72;
      const lines = [[0, below], [sr[at] + 4, 0], [-sr[at] - 4, 0], [0, -below]];
      const text = shorter(graph.labels[entity], bold ? 24 : camera.scale > 1.3 ? 18 : 13);
      if (writeLabel(pen, room, { text, x: sx[at], y: sy[at], size, bold, theme, lines, colour: theme.ink, always: bold, align: true })) left--;
    }
  }

  /** How many neighbours more a node has than are drawn, as a small "+12". */
  function markHidden(pen, room, scene, drawn, theme) {
    if (!scene.hidden || drawn.length > 400) return;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const at of drawn) {
      if (!scene.hidden[at] || sr[at] < 4.5) continue;
      const text = `+${scene.hidden[at]}`;
      const font = `600 9.5px ${theme.font}`;
      const half = widthOf(pen, text, font) / 2 + 3.5;
      // At the shoulder, so that the sign of the class stays to be seen.
      const [x, y] = [sx[at] + sr[at] * 0.62 + half, sy[at] - sr[at] * 0.62 - 6];
      room.take([x - half, y - 7, x + half, y + 7]);
      pen.fillStyle = theme.paper;
      pen.strokeStyle = theme.edge;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.rect(x - half, y - 7, half * 2, 14);
      pen.fill();
      pen.stroke();
      pen.font = font;
      pen.fillStyle = theme.ink;
      pen.fillText(text, x, y + 0.5);
    }
  }

  /** The nodes of a scene, best connected first. */
  const orderOf = (scene) => (scene.whole ? byRank
    : (scene.order ??= [...scene.nodes.keys()].sort((one, other) => graph.degree[scene.nodes[other]] - graph.degree[scene.nodes[one]])));

  function paint(pen, scene, view) {
    const { camera, theme } = view;
    size = camera;
    pen.globalAlpha = 1;
    pen.fillStyle = theme.paper;
    pen.fillRect(0, 0, camera.wide, camera.high);
    const { drawn, left, lod } = project(scene, camera);
    const grounds = scene.whole && scene.nodes.length > 150;
    if (grounds) islands.drawGrounds(pen, view);
    const edges = edgesOf(scene, drawn, lod);
    const near = edges.length <= 700 && camera.scale > 0.34;
    drawEdges(pen, scene, edges, view);
    const supers = lod ? islands.drawSupers(pen, view) : [];
    if (near && !view.emphasis) {
      pen.globalAlpha = 0.8;
      pen.fillStyle = theme.edge;
      drawArrows(pen, scene, edges, 7);
    }
    pen.globalAlpha = view.emphasis ? FAINT : 1;
    drawNodes(pen, scene, drawn, theme);
    pen.globalAlpha = 1;
    const room = createRoom();
    if (view.emphasis) emphasise(pen, scene, view, room);
    else {
      markHidden(pen, room, scene, drawn, theme);
      const named = grounds ? islands.drawNames(pen, view, room) : new Set();
      if (drawn.length < 600 && camera.scale > 0.5) for (const at of drawn) room.take([sx[at] - sr[at] * 0.6, sy[at] - sr[at] * 0.6, sx[at] + sr[at] * 0.6, sy[at] + sr[at] * 0.6]);
      pen.textAlign = "center";
      nameNodes(pen, room, scene, named.size ? orderOf(scene).filter((at) => !named.has(scene.nodes[at])) : orderOf(scene), view);
      if (near && edges.length <= NAMED_EDGES) nameEdges(pen, room, scene, edges, view, theme.muted);
    }
    return { drawn, edges, left, supers };
  }

  /** What stays bright: drawn over all else, with its names. */
  function emphasise(pen, scene, view, room) {
    const { emphasis, theme } = view;
    // Also what lies in a community that is still closed: what was chosen is always seen.
    const nodes = [...emphasis.nodes].filter((at) => filter.entityOn[scene.nodes[at]]);
    for (const at of nodes) { sr[at] = shownRadius(base[scene.nodes[at]], view.camera.scale); here[at] = 2; }
    const edges = [...emphasis.edges].filter((edge) => here[scene.a[edge]] && here[scene.b[edge]]);
    pen.strokeStyle = theme.accent;
    pen.fillStyle = theme.accent;
    pen.globalAlpha = edges.length > 300 ? 0.4 : 0.85;
    pen.lineWidth = edges.length > 60 ? 1.2 : 1.9;
    traceEdges(pen, scene, edges);
    if (edges.length <= 400) drawArrows(pen, scene, edges, 8);
    pen.globalAlpha = 1;
    drawNodes(pen, scene, nodes, theme);
    if (here[emphasis.chosen]) ring(pen, emphasis.chosen, theme);
    for (const at of nodes.slice(0, 200)) room.take([sx[at] - sr[at] * 0.6, sy[at] - sr[at] * 0.6, sx[at] + sr[at] * 0.6, sy[at] + sr[at] * 0.6]);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const must = new Set([emphasis.chosen]);
    nameNodes(pen, room, scene, nodes.sort((one, other) => Number(other === emphasis.chosen) - Number(one === emphasis.chosen)
      || graph.degree[scene.nodes[other]] - graph.degree[scene.nodes[one]]), view, must);
    if (edges.length <= NAMED_EDGES) nameEdges(pen, room, scene, edges, view, theme.accent);
  }

  function ring(pen, at, theme) {
    pen.strokeStyle = theme.accent;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(sx[at], sy[at], sr[at] * 1.15 + 4, 0, 2 * Math.PI);
    pen.stroke();
  }

  /** The drawn node at a point of the picture, or -1. */
  function nodeAt(drawn, x, y) {
    let [best, least] = [-1, Infinity];
    for (const at of drawn) {
      const distance = (sx[at] - x) ** 2 + (sy[at] - y) ** 2;
      const reach = Math.max(7, sr[at] + 3);
      if (distance <= reach * reach && distance < least) [best, least] = [at, distance];
    }
    return best;
  }

  /** The drawn edge at a point of the picture, or -1; parallel edges are met where they swing out. */
  function edgeAt(scene, edges, x, y) {
    let [best, least] = [-1, 6];
    for (const edge of edges.length > 6000 ? [] : edges) {
      const [a, b] = [scene.a[edge], scene.b[edge]];
      const [hx, hy] = handle(scene, edge);
      const stops = scene.bend[edge] ? [0, 0.25, 0.5, 0.75, 1].map((t) => [(1 - t) ** 2 * sx[a] + 2 * t * (1 - t) * hx + t * t * sx[b],
        (1 - t) ** 2 * sy[a] + 2 * t * (1 - t) * hy + t * t * sy[b]]) : [[sx[a], sy[a]], [sx[b], sy[b]]];
      for (let at = 1; at < stops.length; at++) {
        const distance = toSegment(x, y, stops[at - 1], stops[at]);
        if (distance < least) [best, least] = [edge, distance];
      }
    }
    return best;
  }

  /** Brightens something over a picture that was painted last with the same camera. */
  const raise = (pen, scene, view) => emphasise(pen, scene, view, createRoom());

  return { paint, raise, nodeAt, edgeAt };
}

function toSegment(x, y, [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const share = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
