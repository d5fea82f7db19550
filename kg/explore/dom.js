// Building elements. Text of articles only ever becomes text nodes: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

/** Makes an element; children that are strings become text, empty ones are left out. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter(Boolean));
  return node;
}

/** A name, its writing direction kept from running into what stands around it. */
const name = (text) => el("bdi", {}, text);

const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** Puts the first `some` items into a list and the rest behind a button: long lists stay quick. */
function longList(items, make, some = 60) {
  const list = el("ul", { class: "list" });
  let at = 0;
  const more = button({ class: "link more", onclick: show });
  function show() {
    list.append(...items.slice(at, at + some).map((item) => el("li", {}, make(item))));
    at += some;
    more.hidden = at >= items.length;
    more.textContent = word("more", Math.min(some, items.length - at));
  }
  show();
  return [list, more];
}

/** A fold whose content is made when it is first opened: thousands of rows cost nothing until wanted. */
function lazyFold(attributes, summary, make) {
  const fold = el("details", attributes, el("summary", {}, summary));
  const fill = () => fold.open && fold.children.length === 1 && fold.append(...[make()].flat());
  fold.addEventListener("toggle", fill);
  fill();
  return fold;
}

function download(blob, fileName) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** A modal question with buttons; gives the value of the one pressed, null when closed. */
function askReader(title, content, choices) {
  return new Promise((done) => {
    const dialog = el("dialog", { class: "dialog", "aria-label": title });
    const close = (value) => { dialog.close(); dialog.remove(); done(value); };
    dialog.append(el("h2", {}, title), ...[content].flat(),
      el("div", { class: "choices" }, choices.map(([label, value]) => button({ onclick: () => close(typeof value === "function" ? value() : value) }, label))));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(null); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
