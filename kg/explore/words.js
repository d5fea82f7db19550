// What the page says, in both languages.

const WORDS = {
  zh: {
    skip: "跳到详情", search: "搜索", searchHint: "名称、简称、拼音或首字母，如 hfgxq", tools: "工具", legend: "筛选", exportAs: "导出", print: "打印",
    otherLanguage: "EN", theme: "切换深色或浅色", showAll: "清除筛选", kinds: "类别", relations: "关系", map: "图谱", details: "详情", zoom: "缩放",
    zoomIn: "放大", zoomOut: "缩小", fit: "显示全图", undo: "撤销", redo: "重做", only: "只看", onlyThis: "只看此项", remove: "去掉", without: "不含",
    legendTip: "点击开关；“只看”或 Shift 点击只留此项。", picture: "图", table: "表", tree: "树", home: "首页", wholeMap: "查看全图", whole: "全图",
    mapHint: "知识图谱图形。方向键平移，加减号缩放；“表”和“树”给出同样的内容，可全用键盘。", minimap: "缩略图，拖动可移动视野",
    entities: "实体", facts: "关系", figures: "数据", stories: "文章", story: "文章", publisher: "媒体", papers: "媒体", noPaper: "未注明媒体",
    counts: (n) => `${n.entities} 个实体 · ${n.facts} 条关系 · ${n.figures} 项数据 · ${n.stories} 篇文章`,
    shown: (x, y) => `显示 ${x} / ${y}`, shownBoth: (x, y, f, g) => `显示 ${x} / ${y} 个实体 · ${f} / ${g} 条关系`, near: (x) => `放大可见另外 ${x} 个实体`,
    ringed: (x, y) => `图上是 ${y} 个邻居中关系最多的 ${x} 个；按 X 展开其余`,
    part: (x, y) => `这是从 ${x} 个实体、${y} 条关系中导出的一部分`,
    nothing: "没有找到。试试更短的词。", aka: "又称", zones: "园区", questions: "现成的问题", searchHere: "搜索", lead: "从报纸版面读出的事实，每一条都附原文。先搜索，或从园区、类别、问题开始。",
    keys: "快捷键", keysText: "/ 搜索 · E 聚焦 · X 展开 · C 收起 · P 路径 · F 全图 · Q 提问 · T 图/表/树 · [ ] 在邻居间移动 · Ctrl+Z 撤销 · Esc 返回 · 方向键与 +− 移动画面 · Shift 拖动框选",
    connected: (n) => `${n} 条关系`, inStories: (n) => `见于 ${n} 篇文章`, shownFacts: (x, y) => `显示 ${x} / ${y} 条关系`,
    indicator: "指标", value: "数值", time: "时间", quote: "出处", more: (n) => `再显示 ${n} 条`, conflict: "与另一说法不同：",
    sumHint: "勾选同单位的数据可求和。", sum: (n) => `${n} 项之和`, sumUnits: "单位不同，不能相加。", sumRatios: "比率各有各的整体，不能相加。", sumTwice: "同一主体的同一指标被数了两次（不同说法或不同时间），不相加。", addUp: "计入求和",
    others: (n) => `另有 ${n} 处说到`, rule: "规则", confidence: "置信度", minConfidence: "最低置信度", chars: (a, b) => `第 ${a}–${b} 字`,
    sayings: "来源", saidAny: "全部", asserted: "原文所述", inferred: "推理所得", inferredNote: "由规则从以下事实推出：",
    storyFacts: "文章说了什么", named: "提到的实体", source: "文件", printed: "原文", onlyThisStory: "只看此文", sieve: "按标题查找", section: "栏目", kicker: "引题", author: "记者", date: "日期",
    samePair: "两者之间还有", copy: "复制引用", copied: "已复制", copyLink: "复制链接", missing: "图中没有这一项：", subject: "主语", relation: "关系", relationWord: "关系词", object: "宾语",
    noFacts: "没有与其他实体的关系。", nth: (n) => `第 ${n} 篇`, said: (n) => `${n} 句原文`, inArticles: (n) => `${n} 篇文章`, undated: (n) => `另有 ${n} 篇无日期`,
    after: "起始月份", before: "截止月份", focus: "聚焦", hops: (n) => `${n} 步`, hopsLabel: "步数", expand: "展开", collapse: "收起", pathFrom: "从此找路径", compareWith: "与…比较",
    expandTitle: (n) => `还有 ${n} 个邻居，展开哪些？`, expandTop: (n) => `关系最多的 ${n} 个`, expandAll: (n) => `所选关系的全部（${n}）`, cancel: "取消", nothingHidden: "没有未显示的邻居", expanded: (n) => `展开了 ${n} 个`,
    pathTitle: "路径", from: "起点", to: "终点", swap: "对调", howMany: "几条", ways: (n) => `最短 ${n} 条`, noHubs: (n) => `避开枢纽（${n} 条关系以上）`, avoidRelations: (n) => `不经过的关系${n ? `（${n}）` : ""}`, avoid: "避开", avoided: "避开：",
    pathHint: "选两个实体，看它们如何相连，每一步都附原文。", noWay: "两者之间没有路径。放宽条件再试。", way: (n, steps) => `路径 ${n} · ${steps} 步`, waysFound: (n, ms) => `找到 ${n} 条 · ${ms} 毫秒`,
    compareTitle: "比较", compareHint: "选两个园区（或任何实体），并排看它们的联系与数据。", shared: "共同联系", onlyOf: (label) => `只与${label}`, connections: "联系", one: "左", two: "右",
    chosen: (n) => `选中 ${n} 个实体`, asView: "单独成图", askTitle: "提问", sparqlOfView: "此视图的 SPARQL", ask: "提问", run: "运行", stop: "停止", stopped: "已停止", running: "运行中…", starting: "正在启动引擎…",
    rowCount: (n) => `${n} 行`, answered: (ms, n) => `${ms} 毫秒 · ${n} 条三元组`, showThem: (n) => `在图中显示 ${n} 个`, answer: "答案", yes: "是", no: "否", errorAt: (l, c) => `第 ${l} 行第 ${c} 列有误`, anyName: "任一名称；空白为全部",
    editor: "SPARQL 查询",
    close: "关闭", name: "名称", rows: (a, b, n) => `第 ${a}–${b} 行，共 ${n} 行`, footer: (o) => [o.dates && `文章日期 ${o.dates}`, `输入 ${o.inputs}`, o.counts, `ZoneKG ${o.version}`].filter(Boolean).join(" · "),
    tooOld: "此浏览器太旧，无法解压数据。请用 2023 年以后的 Chrome、Edge、Firefox 或 Safari 打开。", viewTitle: "视图", island: (label, n) => `${label} 一带 · ${n} 个实体（点击放大）`,
    single: "单个网页", exportOf: "导出当前视图：",
    column_zone: "园区", column_role: "角色", column_kind: "方式", column_title: "职务", column_person: "人物", column_organization: "组织", column_industry: "产业", column_article: "文章", column_value: "数值",
    column_unit: "单位", column_time: "时间", column_subject: "主语", column_start: "起", column_end: "止", column_relation: "关系", column_quote: "原文", column_project: "项目", column_program: "机制品牌",
    column_producer: "研发方", column_party: "党组织", column_partner: "合作方", column_page: "文件", column_of: "所属", column_object: "宾语", column_mentions: "提及次数", column_mention: "提及", column_member: "成员",
    column_led: "被领导", column_leader: "领导者", column_institution: "机构", column_industries: "产业", column_indicator: "指标", column_headline: "标题", column_event: "活动", column_entity: "实体", column_enterprise:
    "企业", column_date: "日期", column_confidence: "置信度", column_committee: "党委", column_chain: "产业链", column_by: "由", column_body: "单位", column_backer: "支持方", column_achievement: "成果", column_name: "名称",
    column_other: "对方", column_label: "名称", column_n: "数量", column_province: "省份", column_neighbour: "同省园区",
    column_area: "区域", column_thing: "事物", column_status: "来源", column_founder: "成立者", column_rule: "规则", column_from: "前提主语", column_to: "前提宾语",
  },
  en: {
    skip: "Skip to details", search: "Search", searchHint: "Name, pinyin or initials, e.g. hfgxq", tools: "Tools", legend: "Filter", exportAs: "Export", print: "Print",
    otherLanguage: "中文", theme: "Dark or light", showAll: "Clear filter", kinds: "Classes", relations: "Relations", map: "Graph", details: "Details", zoom: "Zoom",
    zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Show the whole graph", undo: "Undo", redo: "Redo", only: "only", onlyThis: "Only this", remove: "Remove", without: "without",
    legendTip: "Click to toggle; “only” or Shift-click leaves just this.", picture: "Picture", table: "Table", tree: "Tree", home: "Start", wholeMap: "See the whole map", whole: "Whole map",
    mapHint: "Picture of the knowledge graph. Arrow keys pan, plus and minus zoom; Table and Tree hold the same and need no mouse.", minimap: "Small map; drag to move the view",
    entities: "entities", facts: "relations", figures: "figures", stories: "articles", story: "Article", publisher: "Publisher", papers: "Publishers", noPaper: "publisher not given",
    counts: (n) => `${n.entities} entities · ${n.facts} relations · ${n.figures} figures · ${n.stories} articles`,
    shown: (x, y) => `Showing ${x} / ${y}`, shownBoth: (x, y, f, g) => `Showing ${x} / ${y} entities · ${f} / ${g} relations`, near: (x) => `Zoom in for ${x} more entities`,
    ringed: (x, y) => `The ${x} best connected of ${y} neighbours; X expands the rest`,
    part: (x, y) => `This is a part taken from ${x} entities and ${y} relations`,
    nothing: "Nothing found. Try a shorter word.", aka: "Also", zones: "Zones", questions: "Ready questions", searchHere: "Search", lead: "Facts read from newspaper pages, each with the sentence that says so. Search, or start from a zone, a class or a question.",
    keys: "Keys", keysText: "/ search · E focus · X expand · C collapse · P path · F fit · Q ask · T picture/table/tree · [ ] walk the neighbours · Ctrl+Z undo · Esc back · arrows and +− move the view · Shift-drag selects",
    connected: (n) => plural(n, "relation"), inStories: (n) => `in ${plural(n, "article")}`, shownFacts: (x, y) => `showing ${x} / ${y} relations`,
    indicator: "Indicator", value: "Value", time: "Time", quote: "Source", more: (n) => `Show ${n} more`, conflict: "differs from:",
    sumHint: "Tick figures of one unit to add them up.", sum: (n) => `Sum of ${n}`, sumUnits: "Different units: not added.", sumRatios: "Shares of different wholes: not added.", sumTwice: "The same indicator of one subject would count twice (another value or time): not added.", addUp: "Add up",
    others: (n) => plural(n, "more sentence"), rule: "rule", confidence: "confidence", minConfidence: "Least confidence", chars: (a, b) => `chars ${a}–${b}`,
    sayings: "Origin", saidAny: "all", asserted: "said", inferred: "inferred", inferredNote: "Inferred by a rule from these facts:",
    storyFacts: "What the article says", named: "Entities named", source: "File", printed: "As printed", onlyThisStory: "Only this article", sieve: "Find by headline", section: "Section", kicker: "Kicker", author: "By", date: "Date",
    samePair: "Also between the two", copy: "Copy citation", copied: "Copied", copyLink: "Copy link", missing: "Not in this graph:", subject: "Subject", relation: "Relation", relationWord: "relation", object: "Object",
    noFacts: "No relations with other entities.", nth: (n) => `article ${n}`, said: (n) => plural(n, "sentence"), inArticles: (n) => plural(n, "article"), undated: (n) => `${n} without a date`,
    after: "From month", before: "To month", focus: "Focus", hops: (n) => plural(n, "hop"), hopsLabel: "Hops", expand: "Expand", collapse: "Collapse", pathFrom: "Path from here", compareWith: "Compare with…",
    expandTitle: (n) => `${n} more neighbours. Which?`, expandTop: (n) => `the ${n} best connected`, expandAll: (n) => `all of the chosen relations (${n})`, cancel: "Cancel", nothingHidden: "No neighbour is hidden", expanded: (n) => `${n} expanded`,
    pathTitle: "Path", from: "From", to: "To", swap: "Swap", howMany: "How many", ways: (n) => (n === 1 ? "the shortest" : `the ${n} shortest`), noHubs: (n) => `Avoid hubs (over ${n} relations)`, avoidRelations: (n) => `Relations to avoid${n ? ` (${n})` : ""}`, avoid: "Avoid", avoided: "Avoided:",
    pathHint: "Choose two entities to see how they connect, with a sentence at every step.", noWay: "No path between the two. Loosen the conditions.", way: (n, steps) => `Path ${n} · ${plural(steps, "step")}`, waysFound: (n, ms) => `${n} found · ${ms} ms`,
    compareTitle: "Compare", compareHint: "Choose two zones (or any two entities) to see connections and figures side by side.", shared: "Shared", onlyOf: (label) => `Only ${label}`, connections: "Connections", one: "Left", two: "Right",
    chosen: (n) => `${n} entities chosen`, asView: "As a view", askTitle: "Ask", sparqlOfView: "SPARQL of this view", ask: "Ask", run: "Run", stop: "Stop", stopped: "Stopped", running: "Running…", starting: "Starting the engine…",
    rowCount: (n) => `${n} rows`, answered: (ms, n) => `${ms} ms · ${n} triples`, showThem: (n) => `Show ${n} in the picture`, answer: "Answer", yes: "Yes", no: "No", errorAt: (l, c) => `error at line ${l}, column ${c}`, anyName: "any name; empty for all",
    editor: "SPARQL query",
    close: "Close", name: "Name", rows: (a, b, n) => `rows ${a}–${b} of ${n}`, footer: (o) => [o.dates && `Articles dated ${o.dates}`, `input ${o.inputs}`, o.counts, `ZoneKG ${o.version}`].filter(Boolean).join(" · "),
    tooOld: "This browser is too old to unpack the data. Open it with a Chrome, Edge, Firefox or Safari of 2023 or later.", viewTitle: "View", island: (label, n) => `around ${label} · ${n} entities (click to zoom)`,
    single: "one web page", exportOf: "Export this view:",
  },
};

const number = (count) => count.toLocaleString("en");
const plural = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

let language = "zh";

/** The word for `key` in the chosen language; functions get the rest. */
function word(key, ...values) {
  const entry = WORDS[language][key];
  return typeof entry === "function" ? entry(...values) : entry;
}

/** The label of a class or relation in the chosen language. */
const labelOf = (thing) => (language === "zh" ? thing.zh : thing.en);

/** Writes the chosen language into every element that names its word. */
function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", word(node.dataset.wordLabel));
    if (node.tagName === "BUTTON") node.title = word(node.dataset.wordLabel);
  }
  for (const node of document.querySelectorAll("[data-word-placeholder]")) node.placeholder = word(node.dataset.wordPlaceholder);
}
