// Articles by month, as bars; a brush over them keeps only what was said in that time. With a mouse
// one draws over the bars; with the keyboard two sliders move its ends.

function createTimeline(state, box) {
  let months = [];
  let bars = [];

  /** All months from the first to the last, with how many articles each has. */
  function count(stories) {
    const counts = new Map();
    for (const { date } of stories) {
      if (!/^\d{4}(-\d\d)?/.test(date || "")) continue;
      const month = date.length < 7 ? `${date.slice(0, 4)}-01` : date.slice(0, 7);
      counts.set(month, (counts.get(month) ?? 0) + 1);
    }
    const known = [...counts.keys()].sort();
    months = [];
    if (!known.length) return;
    let [year, month] = known[0].split("-").map(Number);
    for (let guard = 0; guard < 2400; guard++) {
      const key = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      months.push({ key, count: counts.get(key) ?? 0 });
      if (key >= known[known.length - 1]) break;
      month = (month % 12) + 1;
      if (month === 1) year++;
    }
  }

  function build(reading) {
    count(reading.stories);
    const dated = months.reduce((sum, month) => sum + month.count, 0);
    box.hidden = !months.length;
    if (!months.length) return;
    const most = Math.max(...months.map((month) => month.count));
    bars = months.map(({ key, count: here }) => {
      const bar = el("div", { class: "bar", title: `${key}: ${word("inArticles", here)}` }, el("i", {}));
      bar.firstChild.style.height = `${here ? Math.max(3, Math.round((32 * here) / most)) : 0}px`;
      return bar;
    });
    const track = el("div", { class: "bars" }, bars);
    const undated = reading.stories.length - dated;
    box.replaceChildren(
      el("span", { class: "timeline-title" }, word("time"), undated > 0 && el("small", {}, word("undated", undated))),
      el("span", { class: "timeline-end" }, months[0].key), track, el("span", { class: "timeline-end" }, months[months.length - 1].key),
      ...["after", "before"].map(slider));
    brush(track);
    update();
  }

  const last = () => months.length - 1;
  const at = (key, fallback) => { const found = months.findIndex((month) => month.key === (state.now()[key] || "").slice(0, 7)); return found < 0 ? fallback : found; };

  function slider(key) {
    const input = el("input", { type: "range", min: 0, max: last(), id: `time-${key}`, "aria-label": word(key) });
    input.addEventListener("change", () => choose(Number(byId("time-after").value), Number(byId("time-before").value)));
    input.addEventListener("input", () => input.setAttribute("aria-valuetext", months[Number(input.value)].key));
    return input;
  }

  function choose(from, to) {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const whole = low === 0 && high === last();
    state.go({ after: whole ? "" : months[low].key, before: whole ? "" : months[high].key });
  }

  function brush(track) {
    let start = -1;
    const place = (event) => {
      const { left, width } = track.getBoundingClientRect();
      return Math.max(0, Math.min(last(), Math.floor(((event.clientX - left) / width) * months.length)));
    };
    const paint = (from, to) => bars.forEach((bar, month) => bar.classList.toggle("on", month >= Math.min(from, to) && month <= Math.max(from, to)));
    track.addEventListener("pointerdown", (event) => { start = place(event); track.setPointerCapture(event.pointerId); paint(start, start); });
    track.addEventListener("pointermove", (event) => start >= 0 && paint(start, place(event)));
    track.addEventListener("pointerup", (event) => {
      if (start < 0) return;
      const end = place(event);
      const now = state.now();
      const again = start === end && now.after === months[start].key && now.before === months[start].key;
      choose(again ? 0 : start, again ? last() : end);
      start = -1;
    });
  }

  function update() {
    if (!months.length) return;
    const [from, to] = [at("after", 0), at("before", last())];
    const narrowed = Boolean(state.now().after || state.now().before);
    bars.forEach((bar, month) => bar.classList.toggle("on", narrowed && month >= from && month <= to));
    for (const [key, value] of [["after", from], ["before", to]]) {
      byId(`time-${key}`).value = String(value);
      byId(`time-${key}`).setAttribute("aria-valuetext", months[value].key);
    }
  }

  return { build, update };
}
