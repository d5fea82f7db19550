// The shortest ways between two entities, without loops, the next shortest after the best
// (Yen, 1971, with breadth-first search from both ends).

/** `passes(fact)` and `enters(entity)` say what may be used; gives up to `most` paths {nodes, facts}. */
function shortestPaths(graph, from, to, most, passes, enters) {
  if (from === to) return [];
  const first = breadthFirst(graph, from, to, passes, enters, new Set(), new Set());
  if (!first) return [];
  const found = [first];
  const known = new Set([first.join()]);
  const candidates = [];
  while (found.length < most) {
    const last = found[found.length - 1];
    for (let spur = 0; spur + 1 < last.length; spur++) {
      const root = last.slice(0, spur + 1);
      const cut = new Set(found.filter((path) => path.slice(0, spur + 1).join() === root.join()).map((path) => path[spur + 1]));
      const rest = breadthFirst(graph, last[spur], to, passes, enters, new Set(root.slice(0, -1)), cut);
      if (!rest) continue;
      const path = [...root.slice(0, -1), ...rest];
      if (!known.has(path.join())) { known.add(path.join()); candidates.push(path); }
    }
    if (!candidates.length) break;
    candidates.sort((one, other) => one.length - other.length || weight(graph, one) - weight(graph, other));
    found.push(candidates.shift());
  }
  return found.map((nodes) => ({ nodes, facts: nodes.slice(1).map((node, at) => factsBetween(graph, nodes[at], node, passes)) }));
}

/** Of equally long ways the one over less connected entities says more. */
const weight = (graph, path) => path.reduce((sum, node) => sum + Math.log2(2 + graph.degree[node]), 0);

/** One shortest way, or null; `closed` may not be entered, `cut` not in the first step. */
function breadthFirst(graph, from, to, passes, enters, closed, cut) {
  const ahead = new Map([[from, -1]]);
  const behind = new Map([[to, -1]]);
  let [front, back] = [[from], [to]];
  const step = (edge, mine, theirs, outward) => {
    const next = [];
    let best = -1;
    for (const node of edge) {
      for (const fact of graph.factsOf(node)) {
        const other = graph.other(fact, node);
        if (mine.has(other) || closed.has(other) || !passes(fact)) continue;
        if (outward ? node === from && cut.has(other) : other === from && cut.has(node)) continue;
        if (other !== to && other !== from && !enters(other)) continue;
        mine.set(other, node);
        if (theirs.has(other) && (best < 0 || graph.degree[other] < graph.degree[best])) best = other;
        next.push(other);
      }
    }
    return { next, best };
  };
  while (front.length && back.length) {
    const outward = front.length <= back.length;
    const { next, best } = outward ? step(front, ahead, behind, true) : step(back, behind, ahead, false);
    if (best >= 0) return joined(ahead, behind, best);
    if (outward) front = next;
    else back = next;
  }
  return null;
}

function joined(ahead, behind, middle) {
  const path = [];
  for (let node = middle; node >= 0; node = ahead.get(node)) path.unshift(node);
  for (let node = behind.get(middle); node >= 0; node = behind.get(node)) path.push(node);
  return path;
}

const factsBetween = (graph, one, other, passes) => [...graph.factsOf(one)].filter((fact) => graph.other(fact, one) === other && passes(fact));

/** From how many facts on an entity counts as a hub that everything is connected through. */
function hubLimit(graph) {
  const sorted = Uint32Array.from(graph.degree).sort();
  return Math.max(12, sorted[Math.floor(sorted.length * 0.99)] ?? 0);
}
