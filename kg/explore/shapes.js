// The shape of every class, on the canvas and as a badge. Colour alone would leave colour-blind readers out.

/** Corners around (0, 0) for a radius of 1; no entry means a circle. */
const CORNERS = {
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  diamond: [[0, -1.12], [1.12, 0], [0, 1.12], [-1.12, 0]],
  triangle: [[0, -1.15], [1.1, 0.82], [-1.1, 0.82]],
  triangleDown: [[-1.1, -0.82], [1.1, -0.82], [0, 1.15]],
  hexagon: [[-0.54, -0.94], [0.54, -0.94], [1.08, 0], [0.54, 0.94], [-0.54, 0.94], [-1.08, 0]],
  star: Array.from({ length: 10 }, (_, at) => {
    const [turn, reach] = [(at * Math.PI) / 5 - Math.PI / 2, at % 2 ? 0.56 : 1.28];
    return [reach * Math.cos(turn), reach * Math.sin(turn)];
  }),
};

/** Shapes whose middle has little room for a sign. */
const POINTED = new Set(["triangle", "triangleDown", "star"]);
const LIFT = { triangle: 0.14, triangleDown: -0.16, star: 0.06 };

/** Adds a shape to the pen's path. */
function traceShape(pen, shape, x, y, radius) {
  const corners = CORNERS[shape];
  if (!corners || radius < 2.2) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], at) => (at ? pen.lineTo(x + dx * radius, y + dy * radius) : pen.moveTo(x + dx * radius, y + dy * radius)));
  pen.closePath();
}

/** Dark or white, whichever is easier to read on a `#rrggbb` colour. */
function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#14202e" : "#ffffff";
}

/** Radius on the map from the number of facts; the same formula as places.py. */
const LARGEST = 26;
const radiusOf = (degree) => Math.min(LARGEST, 6 + 2.4 * Math.sqrt(degree));

/** Radius on the screen: nodes shrink slower than the map, and grow little when near. */
const shownRadius = (radius, scale) => Math.max(1.4, radius * (scale < 1 ? scale ** 0.72 : Math.min(1.5, scale ** 0.4)));

/** The sign of a class: its shape in its colour with its character, as on the map. */
function badge(look) {
  const corners = CORNERS[look.shape];
  const body = corners
    ? svg("polygon", { points: corners.map(([x, y]) => `${(10 + x * 8.6).toFixed(1)},${(10 + y * 8.6).toFixed(1)}`).join(" ") })
    : svg("circle", { cx: 10, cy: 10, r: 9.4 });
  body.setAttribute("fill", look.colour);
  const small = POINTED.has(look.shape);
  const y = (small ? 13.2 : 13.9) + (LIFT[look.shape] || 0) * 9;
  const sign = svg("text", { x: 10, y, "text-anchor": "middle", "font-size": small ? 8.5 : 11, fill: inkOn(look.colour) });
  sign.textContent = look.sign;
  const picture = svg("svg", { class: "badge", viewBox: "0 0 20 20", "aria-hidden": "true" });
  picture.append(body, sign);
  return picture;
}
