// Moving the view of the map: to show some nodes as large as fits, and again when the window changes.

/** `sizeOf` gives the size of an entity's node, `animation` how vis-network shall move. */
function createCamera(network, box, sizeOf, animation) {
  /** Repeats the last look when the window changes, until the reader moves the view by hand. */
  let again = null;
  // A frame later, because vis-network puts its own camera back after telling us.
  network.on("resize", () => requestAnimationFrame(() => again?.()));
  network.on("dragStart", () => { again = null; });
  network.on("zoom", () => { again = null; });

  /** What nodes at these places cover, with room for their names. */
  function bounds(entities, places) {
    const area = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
    entities.forEach((entity, at) => {
      const { x, y } = places[at];
      const size = sizeOf(entity);
      area.x0 = Math.min(area.x0, x - size - 40);
      area.x1 = Math.max(area.x1, x + size + 40);
      area.y0 = Math.min(area.y0, y - size - 10);
      area.y1 = Math.max(area.y1, y + size + 40);
    });
    return area;
  }

  /** Makes entities at these places fill the map, at a scale of at most `most` and at least `least`. */
  function look(entities, places, most, least, animate = animation()) {
    if (!entities.length) return;
    const sized = bounds(entities, places);
    again = () => move(sized, places[0], most, least, false);
    move(sized, places[0], most, least, animate);
  }

  function move({ x0, y0, x1, y1 }, first, most, least, animate) {
    const fitting = Math.min(box.clientWidth / (x1 - x0), box.clientHeight / (y1 - y0)) * 0.96;
    const scale = Math.min(most, Math.max(least, fitting));
    // Where not all fit, the first stays in the middle: it is the chosen one.
    const position = fitting < least ? first : { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
    network.moveTo({ position, scale, animation: animate });
  }

  function zoom(factor) {
    again = null;
    network.moveTo({ scale: network.getScale() * factor, animation: animation() });
  }

  return { look, zoom };
}
