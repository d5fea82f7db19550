// A pen that writes SVG: it takes what the painter asks of a canvas, so that the exported vector
// picture is the picture on the screen. Text becomes XML text, never markup.

const xml = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
  .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function createVectorPen(wide, high, measure) {
  const parts = [];
  let [path, dash] = ["", ""];
  const n = (value) => Math.round(value * 10) / 10;
  const anchors = { left: "start", center: "middle", right: "end" };
  const pen = {
    globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: "12px sans-serif",
    textAlign: "left", textBaseline: "alphabetic", lineJoin: "round",
    setLineDash(lengths) { dash = lengths.length ? ` stroke-dasharray="${lengths.join(" ")}"` : ""; },
    beginPath() { path = ""; },
    moveTo(x, y) { path += `M${n(x)} ${n(y)}`; },
    lineTo(x, y) { path += `L${n(x)} ${n(y)}`; },
    quadraticCurveTo(cx, cy, x, y) { path += `Q${n(cx)} ${n(cy)} ${n(x)} ${n(y)}`; },
    closePath() { path += "Z"; },
    rect(x, y, w, h) { path += `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}Z`; },
    /** Only whole circles are painted. */
    arc(x, y, r) { path += `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0Z`; },
    fill() { if (path) parts.push(`<path d="${path}" fill="${xml(pen.fillStyle)}"${opacity()}/>`); },
    stroke() { if (path) parts.push(`<path d="${path}" fill="none" stroke="${xml(pen.strokeStyle)}" stroke-width="${n(pen.lineWidth)}"${dash}${opacity()}/>`); },
    fillRect(x, y, w, h) { parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${xml(pen.fillStyle)}"${opacity()}/>`); },
    strokeText(text, x, y) { write(text, x, y, `fill="none" stroke="${xml(pen.strokeStyle)}" stroke-width="${n(pen.lineWidth)}" stroke-linejoin="round"`); },
    fillText(text, x, y) { write(text, x, y, `fill="${xml(pen.fillStyle)}"`); },
    measureText(text) { measure.font = pen.font; return measure.measureText(text); },
    setTransform() {},
  };
  const opacity = () => (pen.globalAlpha < 1 ? ` opacity="${n(pen.globalAlpha * 10) / 10}"` : "");

  function write(text, x, y, style) {
    const [, weight, size] = pen.font.match(/^(?:(\d+) )?([\d.]+)px/) ?? [null, "400", "12"];
    const shift = pen.textBaseline === "middle" ? Number(size) * 0.35 : 0;
    parts.push(`<text x="${n(x)}" y="${n(y + shift)}" font-size="${size}" font-weight="${weight || 400}" text-anchor="${anchors[pen.textAlign]}" ${style}${opacity()}>${xml(text)}</text>`);
  }

  pen.toSvg = (title, font) => `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="${SVG}" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" font-family="${xml(font)}">\n<title>${xml(title)}</title>\n${parts.join("\n")}\n</svg>\n`;
  return pen;
}
