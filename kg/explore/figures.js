// Figures as a table: sortable, in newspaper units, contradictions flagged, summed only where a sum is honest.

/** 15050000000 -> "15,050,000,000"; works on digits, so nothing is rounded. */
function plainNumber(digits) {
  const [whole, fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Moves the decimal point left: shifted("15050000000", 8) -> "150.5". */
function shifted(digits, places) {
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole, fraction = ""] = digits.replace("-", "").split(".");
  const padded = whole.padStart(places + 1, "0");
  const tail = (padded.slice(-places) + fraction).replace(/0+$/, "");
  return sign + plainNumber(padded.slice(0, -places)) + (tail ? `.${tail}` : "");
}

const SCALES = { zh: [[12, "万亿"], [8, "亿"], [4, "万"]], en: [[9, " billion "], [6, " million "]] };

/** A value as a newspaper writes it: readable("15050000000", "元") -> 150.5亿元. */
function readable(digits, unit) {
  const size = digits.replace("-", "").split(".")[0].length;
  for (const [places, scale] of SCALES[language]) if (size > places) return shifted(digits, places) + scale + unit;
  return plainNumber(digits) + unit;
}

/** The exact sum of decimal texts. */
function sumOf(values) {
  const places = Math.max(...values.map((value) => (value.split(".")[1] || "").length));
  const whole = values.reduce((sum, value) => {
    const [head, tail = ""] = value.split(".");
    return sum + BigInt(head + tail.padEnd(places, "0"));
  }, 0n);
  const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "") : digits;
  return (whole < 0n ? "-" : "") + text;
}

/** Figures that say another value of the same thing, in the same unit, at the same time. */
function conflictsOf(figure, others) {
  return others.filter((one) => one !== figure && one.subject === figure.subject && one.indicator === figure.indicator
    && one.unit === figure.unit && (one.time || "") === (figure.time || "") && one.value !== figure.value);
}

/** Units of shares and ratios, each of a whole of its own. */
const RATIOS = new Set(["%", "％", "‰", "个百分点", "百分点", "倍", "成", "元/股"]);

/**
 * Why marked figures cannot be added up, or null: other units; shares; the same thing counted twice,
 * which different values, or times, of one indicator of one subject are.
 */
function whyNoSum(figures) {
  if (new Set(figures.map((figure) => figure.unit)).size > 1) return word("sumUnits");
  if (RATIOS.has(figures[0].unit)) return word("sumRatios");
  const things = figures.map((figure) => `${figure.subject}\u0000${figure.indicator}`);
  if (new Set(things).size < things.length) return word("sumTwice");
  return null;
}

/** A table of figures; `parts` gives {chip, quoteCard, proofs}. */
function figureTable(figures, withSubject, parts) {
  const body = el("tbody", {});
  const sum = el("p", { class: "sum", role: "status" });
  const marked = new Set();
  let [sorted, down] = ["", false];
  const columns = [["indicator", (one) => one.indicator], ["value", (one) => Number(one.value)], ["time", (one) => one.time || ""]];
  const heads = columns.map(([key, value]) => {
    const head = el("th", { scope: "col", class: key });
    head.append(button({ class: "sort", onclick: () => {
      down = sorted === key ? !down : key === "value";
      sorted = key;
      const way = down ? -1 : 1;
      fill([...figures].sort((a, b) => way * (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)));
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    } }, word(key)));
    return head;
  });

  function row(figure) {
    const plain = plainNumber(figure.value) + figure.unit;
    const text = readable(figure.value, figure.unit);
    const conflicts = conflictsOf(figure, figures);
    const tick = el("input", { type: "checkbox", "aria-label": `${word("addUp")}: ${figure.indicator} ${text}` });
    tick.checked = marked.has(figure);
    tick.addEventListener("change", () => { tick.checked ? marked.add(figure) : marked.delete(figure); total(); });
    const warning = conflicts.length && el("strong", { class: "conflict" }, `⚠ ${word("conflict")} ${conflicts.map((one) => readable(one.value, one.unit)).join("、")}`);
    const source = lazyFold({}, word("quote"), () => parts.proofs(figure));
    return el("tr", { class: conflicts.length ? "conflicting" : false },
      el("td", {}, tick),
      el("th", { scope: "row" }, withSubject && parts.chip(figure.subject), name(figure.indicator), warning, source),
      el("td", { class: "value" }, el("strong", {}, name(text)), plain !== text && el("small", {}, name(plain))),
      el("td", {}, figure.time && name(figure.time)));
  }

  function total() {
    const chosen = [...marked];
    const reason = chosen.length > 1 ? whyNoSum(chosen) : null;
    sum.textContent = chosen.length < 2 ? word("sumHint") : reason
      ?? `${word("sum", chosen.length)}: ${readable(sumOf(chosen.map((one) => one.value)), chosen[0].unit)}`;
    sum.classList.toggle("refused", Boolean(reason));
  }

  const fill = (list) => body.replaceChildren(...list.map(row));
  fill(figures);
  if (figures.length > 1) total();
  return [el("table", { class: "figures" }, el("thead", {}, el("tr", {}, el("td", {}), heads)), body), figures.length > 1 && sum];
}
