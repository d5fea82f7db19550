// Names on the canvas. They keep one size on the screen, never lie on each other, and come by
// importance: as many as find room, the chosen and the best connected first; zooming in brings the rest.

/** Areas that are taken, kept in a grid so that asking stays cheap. An area is [left, top, right, bottom]. */
function createRoom() {
  const cells = new Map();
  const side = 70;
  function each([x0, y0, x1, y1], visit) {
    for (let x = Math.floor(x0 / side); x <= Math.floor(x1 / side); x++) {
      for (let y = Math.floor(y0 / side); y <= Math.floor(y1 / side); y++) if (visit(x * 100003 + y)) return true;
    }
    return false;
  }
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    isFree: (area) => !each(area, (key) => cells.get(key)?.some((taken) => meet(taken, area))),
    take(area) {
      each(area, (key) => {
        if (cells.has(key)) cells.get(key).push(area);
        else cells.set(key, [area]);
        return false;
      });
    },
  };
}

/** At most `most` characters, what is left out shown by an ellipsis. */
function shorter(text, most) {
  const points = Array.from(text);
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : text;
}

/** Isolated, so that a direction mark in a name cannot turn its neighbours round. */
const isolated = (text) => `\u2068${text.replace(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`;

const widths = new Map();

function widthOf(pen, text, font) {
  const key = `${font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    pen.font = font;
    width = pen.measureText(text).width;
    if (widths.size > 30000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/**
 * Writes a text at the first of some places around (x, y) where nothing is written; says whether it did.
 * `lines` are the offsets of its middle; with `always` the first place is taken in any case.
 */
function writeLabel(pen, room, { text, x, y, size, bold, theme, lines, colour, always, align }) {
  const font = `${bold ? 600 : 400} ${size}px ${theme.font}`;
  const shown = isolated(text);
  const half = widthOf(pen, shown, font) / 2 + 3;
  const high = size * 0.62 + 1;
  const middles = lines.map(([dx, dy]) => [x + dx + (dx && align ? Math.sign(dx) * half : 0), y + dy]);
  const areas = middles.map(([mx, my]) => [mx - half, my - high, mx + half, my + high]);
  let at = areas.findIndex((area) => room.isFree(area));
  if (at < 0 && !always) return false;
  if (at < 0) at = 0;
  room.take(areas[at]);
  pen.font = font;
  pen.strokeStyle = theme.paper;
  pen.lineWidth = 3.5;
  pen.fillStyle = colour;
  pen.strokeText(shown, ...middles[at]);
  pen.fillText(shown, ...middles[at]);
  return true;
}
