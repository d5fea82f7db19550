// The canvas: shows a scene through the camera and tells what the reader does to it. While the camera
// moves, the last sharp picture is moved as a bitmap, a little larger than the window; when it rests,
// the scene is painted anew. So moving is equally smooth at every size.

const SHARP_MS = 11;

function createMap(graph, filter, islands, on) {
  const box = byId("map");
  const canvas = byId("canvas");
  const pen = canvas.getContext("2d", { alpha: false });
  const bitmap = document.createElement("canvas");
  const sharpPen = bitmap.getContext("2d", { alpha: false });
  const painter = createPainter(graph, filter, islands);
  const camera = createCamera(() => moved());
  let theme = readTheme();
  let scene = null;
  let emphasis = null;
  let painted = { drawn: [], edges: [], supers: [], left: 0, camera: { ...camera } };
  let hover = { node: -1, edge: -1 };
  let ratio = 1;
  let margin = 0;
  let [cost, timer, frame, stale] = [0, 0, 0, true];

  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    const read = (variable) => style.getPropertyValue(variable).trim();
    return {
      paper: read("--map"), ink: read("--ink"), muted: read("--muted"), edge: read("--edge"), rim: read("--rim"),
      accent: read("--accent"), font: read("--font"), dark: document.documentElement.dataset.theme === "dark",
    };
  }

  /** A camera that looks at the same place through a window of another size. */
  function cameraFor(wide, high, { x, y, scale } = camera) {
    return {
      x, y, scale, wide, high,
      screenX: (wx) => (wx - x) * scale + wide / 2, screenY: (wy) => (wy - y) * scale + high / 2,
    };
  }

  // ---------------------------------------------------------------- painting

  /** Takes the size of the window; says whether it has one. */
  function measure() {
    const { width, height } = box.getBoundingClientRect();
    if (!width || !height) return false;
    ratio = Math.min(3, window.devicePixelRatio || 1);
    margin = ratio > 1.5 ? 0.08 : 0.18;
    [camera.wide, camera.high] = [width, height];
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    [bitmap.width, bitmap.height] = [1, 1].map((_, at) => Math.round([width, height][at] * (1 + 2 * margin) * ratio));
    return true;
  }

  function resize() {
    const { width, height } = box.getBoundingClientRect();
    if ((width === camera.wide && height === camera.high && !stale) || !measure()) return;
    if (camera.fitted) fitAll(false);
    sharpen();
  }

  /** Paints the scene sharply and shows it. */
  function sharpen() {
    if (!scene || !camera.wide) return;
    const began = performance.now();
    const view = { camera: cameraFor(bitmap.width / ratio, bitmap.height / ratio), theme, emphasis };
    sharpPen.setTransform(ratio, 0, 0, ratio, 0, 0);
    painted = { ...painter.paint(sharpPen, scene, view), camera: view.camera, bitmap: true };
    cost = performance.now() - began;
    stale = false;
    show();
    on.painted(painted);
  }

  /** Puts the bitmap where the camera is now, the raised neighbourhood over it. */
  function show() {
    const scale = camera.scale / painted.camera.scale;
    const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
    const left = canvas.width / 2 - (camera.x - painted.camera.x) * camera.scale * ratio - wide / 2;
    const top = canvas.height / 2 - (camera.y - painted.camera.y) * camera.scale * ratio - high / 2;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    if (scale < 0.999 || left > 0 || top > 0 || left + wide < canvas.width || top + high < canvas.height) {
      pen.fillStyle = theme.paper;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }
    const [x, y] = scale === 1 ? [Math.round(left), Math.round(top)] : [left, top];
    pen.drawImage(bitmap, x, y, wide, high);
    if (!stale && hover.node >= 0 && hover.node !== emphasis?.chosen) raise(x, y);
    drawBox();
    on.moved(camera);
  }

  /** Brightens what is under the pointer with its neighbours; the rest fades. */
  function raise(left, top) {
    pen.globalAlpha = 0.62;
    pen.fillStyle = theme.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(ratio, 0, 0, ratio, left, top);
    painter.raise(pen, scene, { camera: painted.camera, theme, emphasis: around(hover.node) });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalAlpha = 1;
  }

  /** A node with its neighbours in this scene. */
  function around(at) {
    const nodes = new Set([at]);
    const edges = new Set();
    const take = (edge) => {
      if (!filter.factOn[scene.edges[edge]]) return;
      edges.add(edge);
      nodes.add(scene.a[edge]).add(scene.b[edge]);
    };
    if (scene.whole) for (const fact of graph.factsOf(at)) take(fact);
    else scene.edges.forEach((_, edge) => (scene.a[edge] === at || scene.b[edge] === at) && take(edge));
    return { nodes, edges, chosen: at };
  }

  /** The camera moved: a bitmap now, the sharp picture when it rests, or at once where that is quick. */
  function moved() {
    stale = true;
    clearTimeout(timer);
    timer = setTimeout(() => requestAnimationFrame(sharpen), cost > 60 ? 130 : 70);
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (cost <= SHARP_MS) sharpen();
      else show();
    });
  }

  function request() {
    clearTimeout(timer);
    if (!frame) frame = requestAnimationFrame(() => { frame = 0; sharpen(); });
  }

  // ---------------------------------------------------------------- what is under the pointer

  /** A point of the window in the coordinates of the painted picture. */
  function inPicture(x, y) {
    const seen = painted.camera;
    return [(camera.worldX(x) - seen.x) * seen.scale + seen.wide / 2, (camera.worldY(y) - seen.y) * seen.scale + seen.high / 2];
  }

  function at(event) {
    const { left, top } = canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  function thingAt(x, y) {
    const [px, py] = inPicture(x, y);
    const node = painter.nodeAt(painted.drawn, px, py);
    const island = node < 0 ? islands.hit(painted.supers, px, py) : null;
    return { node, island, edge: node < 0 && !island ? painter.edgeAt(scene, painted.edges, px, py) : -1 };
  }

  function point(x, y) {
    const found = thingAt(x, y);
    canvas.style.cursor = found.node >= 0 || found.edge >= 0 || found.island ? "pointer" : "grab";
    on.hover(describe(found), x, y);
    if (found.node === hover.node && found.edge === hover.edge) return;
    hover = found;
    if (!stale) show();
  }

  /** What a thing of the picture is, in terms of the graph. */
  const describe = ({ node, edge, island }) => ({
    entity: node >= 0 ? scene.nodes[node] : -1, fact: edge >= 0 ? scene.edges[edge] : -1, island: island ?? null,
  });

  // ---------------------------------------------------------------- choosing several by a box

  let drawnBox = null;

  function drawBox() {
    if (!drawnBox) return;
    const [x0, y0, x1, y1] = drawnBox.map((length) => length * ratio);
    pen.strokeStyle = theme.accent;
    pen.lineWidth = 1.5 * ratio;
    pen.setLineDash([6 * ratio, 4 * ratio]);
    pen.strokeRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
    pen.setLineDash([]);
  }

  function boxTo(x0, y0, x1, y1) { drawnBox = [x0, y0, x1, y1]; show(); }

  function endBox() {
    const [x0, x1] = [drawnBox[0], drawnBox[2]].sort((a, b) => a - b).map(camera.worldX);
    const [y0, y1] = [drawnBox[1], drawnBox[3]].sort((a, b) => a - b).map(camera.worldY);
    drawnBox = null;
    show();
    const inside = [];
    scene.nodes.forEach((entity, node) => {
      const [x, y] = [scene.x[node], scene.y[node]];
      if (filter.entityOn[entity] && x >= x0 && x <= x1 && y >= y0 && y <= y1) inside.push(entity);
    });
    on.box(inside);
  }

  /** Moves a node by hand; it stays there until the scene is made anew. */
  function drag(node, dx, dy) {
    scene.x[node] += dx / camera.scale;
    scene.y[node] += dy / camera.scale;
    if (cost <= 30) sharpen();
    else request();
  }

  // ---------------------------------------------------------------- from outside

  /** Shows some entities, or all of the scene; all of it is fitted again when the window changes its size. */
  function fit(entities, most = 1.15, animate = true) {
    camera.fit(bounds(entities), { most, animate, margin: scene.whole ? 26 : 84 });
    camera.fitted = !entities;
  }

  const fitAll = (animate) => fit(null, 1.15, animate);

  /** What a scene covers: all of it or some entities. */
  function bounds(entities) {
    const area = [Infinity, Infinity, -Infinity, -Infinity];
    const nodes = entities ? [...entities].map(scene.local).filter((node) => node >= 0) : scene.nodes.keys();
    for (const node of nodes) {
      if (!filter.entityOn[scene.nodes[node]]) continue;
      area[0] = Math.min(area[0], scene.x[node] - LARGEST);
      area[1] = Math.min(area[1], scene.y[node] - LARGEST);
      area[2] = Math.max(area[2], scene.x[node] + LARGEST);
      area[3] = Math.max(area[3], scene.y[node] + LARGEST);
    }
    return area;
  }

  /** Brightens a chosen entity with its neighbours, or a fact with its ends; -1 where none is chosen. */
  function light({ entity, fact }) {
    const node = entity >= 0 ? scene.local(entity) : -1;
    if (node >= 0) emphasis = scene.centre === entity && !scene.whole ? null : around(node);
    else if (fact >= 0) {
      const ends = [graph.subject[fact], graph.object[fact]].map(scene.local).filter((end) => end >= 0);
      const edge = scene.whole ? fact : scene.edges.indexOf(fact);
      emphasis = ends.length === 2 ? { nodes: new Set(ends), edges: new Set(edge >= 0 ? [edge] : []), chosen: -1 } : null;
    } else emphasis = null;
    if (painted.bitmap) request();
  }

  /** Paints what is shown on another pen: for exports. */
  function paintOn(other, wide, high) {
    const scale = camera.scale * Math.min(wide / camera.wide, high / camera.high);
    painter.paint(other, scene, { camera: cameraFor(wide, high, { ...camera, scale }), theme, emphasis });
    request();
  }

  new ResizeObserver(resize).observe(box);
  attachHands(canvas, {
    camera, at, thingAt, drag, point, boxTo, endBox,
    choose: (x, y) => on.choose(describe(thingAt(x, y))),
    open: (x, y) => on.open(describe(thingAt(x, y))),
    leave: () => { hover = { node: -1, edge: -1 }; on.hover(describe(hover)); if (!stale) show(); },
  });

  return {
    camera, light, bounds, fit, paintOn, sharpen,
    scene: () => scene,
    theme: () => theme,
    /** Shows a scene; `fitted` says whether the camera shall take all of it. */
    setScene(next, fitted) {
      const first = !scene;
      scene = next;
      emphasis = null;
      hover = { node: -1, edge: -1 };
      if (camera.wide === 1) measure();
      if (fitted) fitAll(!first);
      if (!first) request();
    },
    refresh() { theme = readTheme(); if (painted.bitmap) request(); },
    /** Whether an entity stands within the window, and the picture is near enough to draw it. */
    sees(entity) {
      const node = scene.local(entity);
      if (!painted.drawn.includes(node)) return false;
      const [x, y] = [camera.screenX(scene.x[node]), camera.screenY(scene.y[node])];
      return x > 0 && y > 0 && x < camera.wide && y < camera.high;
    },
    /** Where an entity stands in the window, in pixels, or null: for tests and for tours. */
    placeOf(entity) {
      const node = scene.local(entity);
      if (node < 0) return null;
      const { left, top } = canvas.getBoundingClientRect();
      return { x: left + camera.screenX(scene.x[node]), y: top + camera.screenY(scene.y[node]) };
    },
    lastCost: () => cost,
    /** What was painted last: nodes, edges, super-nodes, and how many entities wait for a nearer look. */
    painted: () => painted,
  };
}
