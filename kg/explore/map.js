// The map: vis-network with the positions that came in the page. labels.js writes the names.

const FAINT = 0.08;

function createMap(graph, filter, { onEntity, onFact, onNothing }) {
  const box = document.getElementById("map");
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = () => (calm ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  let theme = readTheme();
  let focus = null;
  let hovered = null;

  /** What is drawn, by entity and by fact; `lines` is the label as broken by Python. */
  const drawn = new Map();
  const strokes = new Map();

  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    const read = (variable) => style.getPropertyValue(variable).trim();
    return { paper: read("--map"), ink: read("--ink"), edge: read("--edge"), rim: read("--rim"), out: read("--accent"), font: read("--font") };
  }

  /** All at once, because vis-network looks through the whole graph after every call. */
  function addNodes(list) {
    nodes.add(list.map((node) => ({ ...node, label: undefined, title: undefined, color: undefined })));
    for (const { id, label, size, shape } of list) {
      drawn.set(graph.byKey.get(id), { id, lines: label.split("\n"), size, shape });
    }
  }

  function addEdges(list) {
    for (const { id } of list) strokes.set(graph.facts[Number(id.slice(1))], id);
    edges.add(list.map((edge) => ({ ...edge, title: undefined })));
  }

  addNodes(readJson("nodes-data"));
  addEdges(readJson("edges-data"));

  const network = new vis.Network(box, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: {
      hover: true, tooltipDelay: 150, multiselect: false, selectConnectedEdges: false,
      hideEdgesOnDrag: edges.length > 1500, hideEdgesOnZoom: edges.length > 1500,
      keyboard: { enabled: true, bindToWindow: false },
    },
    nodes: { borderWidth: 1.5, chosen: false },
    edges: { chosen: false, arrows: { to: { enabled: true, scaleFactor: 0.45 } }, selectionWidth: 0, hoverWidth: 0 },
  });

  // ---------------------------------------------------------------- style

  const isNear = (entity) => !focus || focus.near.has(entity);
  const isLit = (fact) => !focus || focus.facts.has(fact);

  function nodeStyle(entity, { id }) {
    const { look } = entity;
    return {
      id, hidden: !filter.entitySeen(entity), opacity: isNear(entity) ? 1 : FAINT,
      borderWidth: focus?.entity === entity ? 4 : 1.5,
      title: `\u2068${entity.label}\u2069\n${labelOf(look)} · ${word("connected", entity.facts.length)}`,
      color: { background: look.colour, border: focus?.entity === entity ? theme.out : theme.rim },
    };
  }

  /** Other lines between what is gathered around a choice would only cross it, and catch clicks. */
  const isInTheWay = (fact) => focus && !isLit(fact) && (focus.near.has(fact.subject) || focus.near.has(fact.object));

  const isLinkShown = (fact) => filter.linkSeen(fact) && filter.entitySeen(fact.subject)
    && filter.entitySeen(fact.object) && !isInTheWay(fact);

  /** Relation names are written on the lines only where there are few of them to read. */
  function edgeStyle(fact, id) {
    const lit = focus && isLit(fact);
    return {
      id, hidden: !isLinkShown(fact),
      color: { color: lit ? theme.out : theme.edge, opacity: lit ? 0.9 : focus ? 0.06 : 0.8 },
      width: lit ? 1.8 : thin, title: `${labelOf(fact.relation)}${fact.titles.length ? ` · ${fact.titles.join("、")}` : ""}`,
      label: lit && focus.facts.size <= 14 ? labelOf(fact.relation) : "",
      font: { size: 11, color: theme.ink, strokeColor: theme.paper, strokeWidth: 4, face: theme.font, align: "horizontal" },
    };
  }

  function restyle() {
    nodes.update([...drawn].map(([entity, node]) => nodeStyle(entity, node)));
    edges.update([...strokes].map(([fact, id]) => edgeStyle(fact, id)));
  }

  // ---------------------------------------------------------------- signs and labels

  /** Nodes on screen with their place in pixels; chosen and hovered first, then the most connected. */
  function onScreen(scale) {
    const wide = box.clientWidth, high = box.clientHeight;
    const places = network.getPositions();
    const found = [];
    for (const [entity, node] of drawn) {
      if (!filter.entitySeen(entity)) continue;
      const { x, y } = network.canvasToDOM(places[node.id]);
      if (x < -40 || y < -40 || x > wide + 40 || y > high + 40) continue;
      const rank = entity === focus?.entity ? 3 : entity === hovered ? 2 : focus && isNear(entity) ? 1 : 0;
      found.push({ entity, node, x, y, radius: node.size * scale, rank, faint: !isNear(entity) });
    }
    return found.sort((a, b) => b.rank - a.rank || b.entity.leads - a.entity.leads || byConnection(a.entity, b.entity));
  }

  network.on("afterDrawing", (pen) => {
    const scale = network.getScale();
    const ratio = pen.canvas.width / pen.canvas.clientWidth;
    const spots = onScreen(scale);
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawSigns(pen, spots, theme);
    drawLabels(pen, spots, { theme, scale, wide: box.clientWidth, high: box.clientHeight });
    pen.restore();
  });

  // ---------------------------------------------------------------- events

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) onEntity(graph.byKey.get(node));
    else if (edge !== undefined) onFact(graph.facts[Number(edge.slice(1))]);
    else onNothing();
  });
  network.on("hoverNode", ({ node }) => { hovered = graph.byKey.get(node); box.classList.add("pointing"); network.redraw(); });
  network.on("blurNode", () => { hovered = null; box.classList.remove("pointing"); network.redraw(); });
  network.on("hoverEdge", () => box.classList.add("pointing"));
  network.on("blurEdge", () => box.classList.remove("pointing"));

  // ---------------------------------------------------------------- camera

  const camera = createCamera(network, box, (entity) => drawn.get(entity).size, animation);

  const placesOf = (entities) => entities.map((entity) => network.getPosition(drawn.get(entity).id));
  const show = (entities, most, least, animate) => camera.look(entities, placesOf(entities), most, least, animate);

  const seen = () => [...drawn.keys()].filter(filter.entitySeen);
  const fit = (animate) => show(seen(), 1.4, 0.02, animate);

  show([...drawn.keys()], 1.4, 0.02, false);
  /** Lines stay thin when a small graph fills the map, and visible when a large one does. */
  const thin = Math.min(2.2, Math.max(1, 0.7 / network.getScale()));

  // ---------------------------------------------------------------- rings

  /** Where moved nodes came from, by entity; they go back there when the choice changes. */
  const homes = new Map();

  function sendHome() {
    for (const [entity, { x, y }] of homes) network.moveNode(drawn.get(entity).id, x, y);
    homes.clear();
    dismissGuests();
  }

  /**
   * Brings the neighbours of an entity into rings around it, by relation: in their places on the
   * map they may be far away or too near each other for their names to be read.
   */
  function gather(entity, ring) {
    const centre = network.getPosition(drawn.get(entity).id);
    const places = ringPlaces(centre, ring.length);
    for (const one of ring) homes.set(one, network.getPosition(drawn.get(one).id));
    camera.look([entity, ...ring], [centre, ...places], 1, 0.35);
    glide(ring.map((one, at) => ({ id: drawn.get(one).id, from: homes.get(one), to: places[at], entity: one })));
  }

  /** Moves nodes to their places within a third of a second; stops when they have been sent home. */
  function glide(moves) {
    const began = performance.now();
    const step = (now) => {
      const share = calm ? 1 : Math.min(1, Math.max(0, (now - began) / 330));
      const eased = share * (2 - share);
      for (const { id, from, to, entity } of moves) {
        if (homes.get(entity) === from) network.moveNode(id, from.x + (to.x - from.x) * eased, from.y + (to.y - from.y) * eased);
      }
      if (share < 1) requestAnimationFrame(step);
    };
    step(began);
  }

  // ---------------------------------------------------------------- focus

  /** Most neighbours that are drawn around a chosen entity; the page says when there are more. */
  const RING = 60;

  /** Entities drawn only for the present choice, because the map holds the most connected alone. */
  const guests = new Set();

  function invite(entities, { x, y }) {
    const absent = entities.filter((entity) => !drawn.has(entity));
    for (const entity of absent) guests.add(entity);
    addNodes(absent.map(({ key, label, look: { shape } }) => ({ id: key, label, shape, size: 15, x, y })));
  }

  function link(facts) {
    const absent = facts.filter((fact) => !strokes.has(fact));
    addEdges(absent.map((fact) => ({ id: `f${fact.index}`, from: fact.subject.key, to: fact.object.key })));
  }

  function dismissGuests() {
    if (!guests.size) return;
    const loose = [...strokes.keys()].filter((fact) => guests.has(fact.subject) || guests.has(fact.object));
    const [gone, cut] = [[...guests], loose.map((fact) => strokes.get(fact))];
    // Forgotten first: vis-network draws while it removes, and what it no longer has we cannot label.
    for (const fact of loose) strokes.delete(fact);
    for (const guest of gone) drawn.delete(guest);
    guests.clear();
    edges.remove(cut);
    nodes.remove(gone.map((guest) => guest.key));
  }

  /** Where a guest comes from: beside a neighbour on the map, or in the middle of the view. */
  function doorOf(entity) {
    const anchor = entity.facts.map((fact) => otherEnd(fact, entity)).find((other) => drawn.has(other));
    return anchor ? network.getPosition(drawn.get(anchor).id) : network.getViewPosition();
  }

  /** Shows one entity among its neighbours; tells how many of them are drawn. */
  function focusEntity(entity) {
    sendHome();
    invite([entity], doorOf(entity));
    const seenFacts = entity.facts.filter((fact) => filter.linkSeen(fact));
    const all = [...new Set(seenFacts.map((fact) => otherEnd(fact, entity)))].filter((one) => one !== entity);
    const chosen = new Set([...all].sort(byConnection).slice(0, RING));
    const ring = all.filter((one) => chosen.has(one));
    const centre = network.getPosition(drawn.get(entity).id);
    invite(ring, centre);
    const facts = new Set(seenFacts.filter((fact) => chosen.has(otherEnd(fact, entity))));
    link([...facts]);
    focus = { entity, facts, near: new Set([entity, ...ring]) };
    restyle();
    gather(entity, ring);
    return { drawn: ring.length, all: all.length };
  }

  function focusFact(fact) {
    sendHome();
    invite([fact.subject], doorOf(fact.subject));
    invite([fact.object], doorOf(fact.object));
    link([fact]);
    focus = { facts: new Set([fact]), near: new Set([fact.subject, fact.object]) };
    restyle();
    gather(fact.subject, fact.object === fact.subject ? [] : [fact.object]);
  }

  function focusStory(story) {
    sendHome();
    const near = new Set(story.entities);
    focus = { facts: new Set(story.facts), near };
    restyle();
    show([...near].filter((entity) => drawn.has(entity)), 1.3, 0.1);
  }

  function focusNothing() {
    sendHome();
    focus = null;
    restyle();
  }

  // ---------------------------------------------------------------- picture

  /** The map as it is seen, on its own paper, with a line that says what it is. */
  function toPng(caption, fileName) {
    const source = box.querySelector("canvas");
    const picture = document.createElement("canvas");
    const ratio = source.width / source.clientWidth;
    picture.width = source.width;
    picture.height = source.height;
    const pen = picture.getContext("2d");
    pen.fillStyle = theme.paper;
    pen.fillRect(0, 0, picture.width, picture.height);
    pen.drawImage(source, 0, 0);
    pen.fillStyle = theme.ink;
    pen.font = `${12 * ratio}px ${theme.font}`;
    pen.fillText(caption, 14 * ratio, picture.height - 14 * ratio);
    picture.toBlob((blob) => download(blob, fileName), "image/png");
  }

  return {
    focusEntity, focusFact, focusStory, focusNothing, fit, toPng,
    refresh: () => { theme = readTheme(); restyle(); },
    zoom: camera.zoom,
    countSeen: () => seen().length,
    /** Where an entity stands in the window, in pixels: for tests and for the console. */
    placeOf(entity) {
      const { x, y } = network.canvasToDOM(network.getPosition(drawn.get(entity).id));
      const { left, top } = box.getBoundingClientRect();
      return { x: left + x, y: top + y };
    },
  };
}
