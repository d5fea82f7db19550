// A small SPARQL editor: a textarea with its coloured copy behind it, and completion of the ontology's
// terms, keywords, prefixes and the query's own variables.

const KEYWORDS = "SELECT DISTINCT WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND ORDER BY GROUP LIMIT OFFSET HAVING COUNT SUM AVG MIN MAX CONSTRUCT DESCRIBE ASK PREFIX NOT EXISTS MINUS STR LANG CONTAINS REGEX STRSTARTS DESC ASC AS IN GROUP_CONCAT SAMPLE IF COALESCE BOUND YEAR UNDEF".split(" ");
const TOKENS = /(#[^\n]*)|("""[^]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(<[^>\s]*>)|([?$][\w\u3400-\u9fff]+)|([A-Za-z][\w-]*:[\w\u3400-\u9fff.-]*|\ba\b)|(\b[A-Za-z_]+\b)|(\d+(?:\.\d+)?)/g;
const CLASSES = ["note", "text", "iri", "variable", "term", "word", "number"];

/** Coloured pieces of a query; unknown words keep the text's colour. */
function highlighted(sparql) {
  const nodes = [];
  let at = 0;
  for (const found of sparql.matchAll(TOKENS)) {
    const kind = CLASSES[found.slice(1).findIndex((group) => group !== undefined)];
    if (found.index > at) nodes.push(sparql.slice(at, found.index));
    const plain = kind === "word" && !KEYWORDS.includes(found[0].toUpperCase());
    nodes.push(plain ? found[0] : el("span", { class: `q-${kind}` }, found[0]));
    at = found.index + found[0].length;
  }
  nodes.push(`${sparql.slice(at)}\n`);
  return nodes;
}

/** `terms` are {insert, label}; `onRun` is called at Ctrl+Enter. */
function createEditor(area, back, list, terms, onRun) {
  let hits = [];
  let active = 0;

  function paint() {
    back.replaceChildren(...highlighted(area.value));
    [back.scrollTop, back.scrollLeft] = [area.scrollTop, area.scrollLeft];
  }

  /** What is being typed at the caret: a term, a variable or a Chinese label. */
  const stem = () => area.value.slice(0, area.selectionStart).match(/[?$]?[\w:\u3400-\u9fff-]*$/)[0];

  function suggest() {
    const typed = stem().toLowerCase();
    const variables = [...new Set(area.value.match(/[?$][\w\u3400-\u9fff]+/g) ?? [])].map((one) => ({ insert: one, label: "" }));
    const all = typed.startsWith("?") || typed.startsWith("$") ? variables : terms;
    hits = typed.length < 2 ? [] : all.filter(({ insert, label }) => {
      const lower = insert.toLowerCase();
      return lower !== typed && (lower.startsWith(typed) || lower.split(":")[1]?.startsWith(typed) || (label && label.toLowerCase().includes(typed)));
    }).slice(0, 8);
    active = 0;
    list.hidden = !hits.length;
    list.replaceChildren(...hits.map((hit, at) => {
      const item = el("li", { role: "option", id: `term-${at}`, "aria-selected": String(at === 0) }, el("code", {}, hit.insert), hit.label && el("small", {}, hit.label));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); accept(at); });
      return item;
    }));
    area.setAttribute("aria-expanded", String(!list.hidden));
    hits.length ? area.setAttribute("aria-activedescendant", "term-0") : area.removeAttribute("aria-activedescendant");
  }

  function accept(at) {
    const typed = stem();
    area.setRangeText(hits[at].insert, area.selectionStart - typed.length, area.selectionStart, "end");
    close();
    paint();
  }

  function close() { list.hidden = true; hits = []; area.setAttribute("aria-expanded", "false"); area.removeAttribute("aria-activedescendant"); }

  function move(step) {
    active = (active + step + hits.length) % hits.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    area.setAttribute("aria-activedescendant", `term-${active}`);
  }

  area.addEventListener("input", () => { paint(); suggest(); });
  area.addEventListener("scroll", paint);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); close(); onRun(); return; }
    if (!hits.length || event.isComposing) return;
    const keys = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => accept(active), Tab: () => accept(active), Escape: close };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });

  return {
    set(text) { area.value = text; paint(); close(); },
    get: () => area.value,
  };
}
