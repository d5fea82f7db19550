// What the page says, in both languages, and how it writes numbers.

const WORDS = {
  zh: {
    skip: "跳到详情", search: "搜索", searchHint: "搜索名称、别名、文章标题", tools: "工具", legend: "图例",
    exportPng: "导出 PNG", print: "打印", language: "切换语言", otherLanguage: "EN", theme: "切换深色或浅色",
    showAll: "全部显示", kinds: "类别", relations: "关系", map: "图谱", details: "详情", zoom: "缩放",
    zoomIn: "放大", zoomOut: "缩小", fit: "显示全图",
    legendTip: "点击开关；双击或 Shift 点击只看此项。",
    mapHint: "知识图谱图形。用搜索框或详情栏中的列表可以不用鼠标到达每个实体。",
    entities: "实体", facts: "关系", figures: "数据", stories: "文章",
    counts: (n) => `${n.entities} 个实体 · ${n.facts} 条关系 · ${n.figures} 项数据 · ${n.stories} 篇文章`,
    shown: (x, y) => `显示 ${x} / ${y}`,
    near: (x, y) => `图上是 ${y} 个邻居中关系最多的 ${x} 个，其余见详情`,
    nothing: "没有找到。试试更短的词。", aka: "又称", start: "从这里开始", all: "全部实体", keys: "快捷键",
    keysText: "/ 搜索 · ↑↓ 选择 · Enter 前往 · Esc 返回 · F 全图 · 方向键移动图",
    connected: (n) => `${n} 条关系`, inStories: (n) => `见于 ${n} 篇文章`,
    indicator: "指标", value: "数值", time: "时间", quote: "出处", more: (n) => `再显示 ${n} 条`,
    others: (n) => `另有 ${n} 处说到`, rule: "规则", confidence: "置信度", chars: (a, b) => `第 ${a}–${b} 字`,
    noHeadline: "（无标题）", storyFacts: "文章说了什么", named: "提到的实体", source: "文件",
    author: "记者", date: "日期", publisher: "媒体", overview: "概览", back: "返回概览", samePair: "两者之间还有",
    copy: "复制引用", copied: "已复制", missing: "图中没有这一项", subject: "主语", object: "宾语",
    noFacts: "没有与其他实体的关系。", nth: (n) => `第 ${n} 篇`, said: (n) => `${n} 句原文`,
  },
  en: {
    skip: "Skip to details", search: "Search", searchHint: "Search names, aliases, headlines", tools: "Tools",
    legend: "Legend", exportPng: "Export PNG", print: "Print", language: "Change language", otherLanguage: "中文",
    theme: "Dark or light", showAll: "Show all", kinds: "Classes", relations: "Relations", map: "Graph",
    details: "Details", zoom: "Zoom", zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Show the whole graph",
    legendTip: "Click to toggle; double-click or Shift-click for only this.",
    mapHint: "Picture of the knowledge graph. Search, or the lists in the details, reach every entity without a mouse.",
    entities: "entities", facts: "relations", figures: "figures", stories: "articles",
    counts: (n) => `${n.entities} entities · ${n.facts} relations · ${n.figures} figures · ${n.stories} articles`,
    shown: (x, y) => `Showing ${x} / ${y}`,
    near: (x, y) => `On the map: the ${x} most connected of ${y} neighbours; all are in the details`,
    nothing: "Nothing found. Try a shorter word.", aka: "Also", start: "Start here", all: "All entities", keys: "Keys",
    keysText: "/ search · ↑↓ choose · Enter go · Esc back · F whole graph · arrows pan",
    connected: (n) => plural(n, "relation"), inStories: (n) => `in ${plural(n, "article")}`,
    indicator: "Indicator", value: "Value", time: "Time", quote: "Source", more: (n) => `Show ${n} more`,
    others: (n) => `${plural(n, "more sentence")}`, rule: "rule", confidence: "confidence", chars: (a, b) => `chars ${a}–${b}`,
    noHeadline: "(no headline)", storyFacts: "What the article says", named: "Entities named", source: "File",
    author: "By", date: "Date", publisher: "Publisher", overview: "Overview", back: "Back to overview",
    samePair: "Also between the two", copy: "Copy citation", copied: "Copied", missing: "Not in this graph",
    subject: "subject", object: "object", noFacts: "No relations with other entities.",
    nth: (n) => `article ${n}`, said: (n) => plural(n, "sentence"),
  },
};

const plural = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

let language = "zh";

/** The word for `key` in the chosen language; functions get the rest. */
function word(key, ...values) {
  const entry = WORDS[language][key];
  return typeof entry === "function" ? entry(...values) : entry;
}

/** The label of a class or relation in the chosen language. */
const labelOf = (thing) => (language === "zh" ? thing.zh : thing.en);

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

/** A value as a newspaper writes it: readable(“15050000000”, “元”) -> 150.5亿元. */
function readable(digits, unit) {
  const size = digits.replace("-", "").split(".")[0].length;
  for (const [places, name] of SCALES[language]) {
    if (size > places) return shifted(digits, places) + name + unit;
  }
  return plainNumber(digits) + unit;
}

/** Writes the chosen language into every element that names its word. */
function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", word(node.dataset.wordLabel));
    if (node.tagName === "BUTTON") node.title = word(node.dataset.wordLabel);
  }
  for (const node of document.querySelectorAll("[data-word-placeholder]")) {
    node.placeholder = word(node.dataset.wordPlaceholder);
  }
}
