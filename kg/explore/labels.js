// Signs inside the nodes and names beside them, drawn over what vis-network has drawn.
//
// vis-network draws every label or none, one over the other. Here names keep one size on screen,
// and only those are written that find room, the most connected first; zooming in brings the rest.
//
// A *spot* is a node on the screen: entity, node, x, y, radius in pixels, rank (3 chosen, 2 under
// the pointer, 1 near the choice, 0 other), faint.

const PIXELS_PER_LABEL = 13000;
const POINTED = new Set(["triangle", "triangleDown", "star"]);

function drawSigns(pen, spots, theme) {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const { entity, node, x, y, radius, faint } of spots) {
    if (radius < (POINTED.has(node.shape) ? 9 : 6)) continue;
    pen.globalAlpha = faint ? FAINT : 1;
    pen.fillStyle = inkOn(entity.look.colour);
    pen.font = `600 ${radius * (POINTED.has(node.shape) ? 0.72 : 1)}px ${theme.font}`;
    const lift = { triangle: 0.08, triangleDown: -0.1, star: 0.08 }[node.shape] || 0;
    pen.fillText(entity.look.sign, x, y + radius * (lift + 0.05));
  }
  pen.globalAlpha = 1;
}

/** Areas that are taken, kept in a grid so that asking stays cheap. An area is [left, top, right, bottom]. */
function createRoom() {
  const cells = new Map();
  const side = 80;
  function keys([x0, y0, x1, y1]) {
    const found = [];
    for (let x = Math.floor(x0 / side); x <= Math.floor(x1 / side); x++)
      for (let y = Math.floor(y0 / side); y <= Math.floor(y1 / side); y++) found.push(`${x},${y}`);
    return found;
  }
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    isFree: (area, owner) => keys(area).every((key) =>
      (cells.get(key) || []).every((taken) => taken.owner === owner || !meet(taken.area, area))),
    take(area, owner) {
      for (const key of keys(area)) {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push({ area, owner });
      }
    },
  };
}

/** Writes names for the spots, which come best first. `view` is {theme, scale, wide, high}. */
function drawLabels(pen, spots, view) {
  const names = createRoom();
  const bodies = createRoom();
  const clear = spots.filter((spot) => !spot.faint);
  for (const { node, x, y, radius } of clear) {
    const reach = radius * 0.9;
    bodies.take([x - reach, y - reach, x + reach, y + reach], node);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineJoin = "round";
  let left = Math.round((view.wide * view.high) / PIXELS_PER_LABEL / Math.max(0.4, 1 - view.scale / 2));
  for (const spot of clear) {
    const leader = spot.rank > 1 || (spot.rank === 0 && spot.entity.leads);
    if ((left > 0 || leader || spot.rank) && drawLabel(pen, { names, bodies }, { ...spot, leader }, view)) left--;
  }
}

/** Below, right, left or above the node: the first place that is free, or none. */
function labelArea({ names, bodies }, { node, x, y, radius, rank, leader }, [width, height], view) {
  const [w, h] = [width / 2 + 4, height / 2 + 2];
  const middles = [[x, y + radius + 2 + h], [x + radius + w, y], [x - radius - w, y], [x, y - radius - 2 - h]];
  const areas = middles.map(([cx, cy]) => [cx - w, cy - h, cx + w, cy + h]);
  const inside = ([x0, y0, x1, y1]) => x0 > 0 && y0 > 0 && x1 < view.wide && y1 < view.high;
  // Leaders may write over small neighbours, but not over other names.
  const free = areas.find((area) => inside(area) && names.isFree(area, node) && (leader || bodies.isFree(area, node)));
  return free || (rank >= 2 ? areas[0] : null);
}

function drawLabel(pen, rooms, spot, view) {
  const { entity, node, rank, leader } = spot;
  const weight = Math.min(16, Math.max(11, 9.5 + Math.sqrt(entity.facts.length) * 0.9));
  const size = Math.round(weight * Math.min(1.2, Math.max(1, view.scale)));
  const lines = rank >= 2 ? node.lines : shortened(node.lines);
  const bold = leader;
  pen.font = `${bold ? 600 : 400} ${size}px ${view.theme.font}`;
  const width = Math.max(...lines.map((line) => pen.measureText(line).width));
  const area = labelArea(rooms, spot, [width, lines.length * size * 1.2], view);
  if (!area) return false;
  rooms.names.take(area, node);
  const middle = (area[0] + area[2]) / 2;
  pen.strokeStyle = view.theme.paper;
  pen.lineWidth = 4;
  pen.fillStyle = view.theme.ink;
  lines.forEach((line, at) => {
    // Isolated, so that a direction mark in a name cannot turn its neighbours round.
    const text = `\u2068${line}\u2069`;
    pen.strokeText(text, middle, area[1] + 3 + at * size * 1.2);
    pen.fillText(text, middle, area[1] + 3 + at * size * 1.2);
  });
  return true;
}

const shortened = (lines) => (lines.length <= 2 ? lines : [lines[0], `${lines[1].slice(0, -1)}…`]);
