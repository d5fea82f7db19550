// Building elements. Text of articles only ever becomes text nodes: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; children that are strings become text, empty ones are left out. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") node.addEventListener("click", value);
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter(Boolean));
  return node;
}

/** A name, its writing direction kept from running into what stands around it. */
const name = (text) => el("bdi", {}, text);

/** Corners of the shapes of vis-network in a box of 20, for badges. */
const OUTLINES = {
  square: "2,2 18,2 18,18 2,18",
  diamond: "10,0 20,10 10,20 0,10",
  triangle: "10,0 20,18.5 0,18.5",
  triangleDown: "0,1.5 20,1.5 10,20",
  hexagon: "5,1.3 15,1.3 20,10 15,18.7 5,18.7 0,10",
  star: "10,0 12.7,6.4 19.5,6.9 14.3,11.4 15.9,18.1 10,14.5 4.1,18.1 5.7,11.4 0.5,6.9 7.3,6.4",
};

/** Dark or white, whichever is easier to read on a `#rrggbb` colour. */
function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 150 ? "#1c2430" : "#ffffff";
}

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** The sign of a class: its shape in its colour with its character, as on the map. */
function badge(look) {
  const outline = OUTLINES[look.shape];
  const body = outline ? svg("polygon", { points: outline }) : svg("circle", { cx: 10, cy: 10, r: 9.5 });
  body.setAttribute("fill", look.colour);
  const y = { triangle: 16.3, triangleDown: 10.7, star: 13.8 }[look.shape] || 13.8;
  const small = ["triangle", "triangleDown", "star"].includes(look.shape);
  const sign = svg("text", { x: 10, y, "text-anchor": "middle", "font-size": small ? 9 : 11, fill: inkOn(look.colour) });
  sign.textContent = look.sign;
  const picture = svg("svg", { class: "badge", viewBox: "0 0 20 20", "aria-hidden": "true" });
  picture.append(body, sign);
  return picture;
}

/** Puts the first `some` items into a list and the rest behind a button: long lists stay quick. */
function longList(items, make, some = 60) {
  const list = el("ul", { class: "list" });
  let at = 0;
  const more = el("button", { type: "button", class: "link more", onclick: show });
  function show() {
    list.append(...items.slice(at, at + some).map((item) => el("li", {}, make(item))));
    at += some;
    more.hidden = at >= items.length;
    more.textContent = word("more", Math.min(some, items.length - at));
  }
  show();
  return [list, more];
}

function download(blob, fileName) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
