// Where the neighbourhood of an entity stands when it is looked at by itself: in rings around it,
// one belt of rings for every hop, wider than high, those that belong together side by side.

const WIDER = 1.45;

/** How many places each ring of a belt has, filled evenly: 15 become 7 and 8, not 14 and 1. */
function ringSizes(count, base) {
  const room = (ring) => base + 8 * ring;
  let rings = 1;
  for (let places = room(0); places < count; rings++) places += room(rings);
  const all = Array.from({ length: rings }, (_, ring) => room(ring)).reduce((sum, one) => sum + one, 0);
  const sizes = [];
  for (let ring = 0, left = count; ring < rings; ring++) {
    const here = ring === rings - 1 ? left : Math.round((count * room(ring)) / all);
    sizes.push(here);
    left -= here;
  }
  return sizes;
}

/**
 * Places for belts of nodes around (0, 0). `belts[h]` lists the nodes of hop h + 1 in the order in
 * which they shall stand, clockwise from the top; `turn(node)` of a later belt gives the angle of the
 * node that leads to it, near which it stands. Fills `x` and `y` at the nodes' numbers.
 */
function placeBelts(belts, turn, x, y) {
  let radius = 40;
  for (const [hop, belt] of belts.entries()) {
    const angles = hop === 0 ? null : belt.map(turn);
    const order = angles ? belt.map((_, at) => at).sort((a, b) => angles[a] - angles[b] || a - b) : belt.map((_, at) => at);
    const sizes = ringSizes(belt.length, hop === 0 ? 18 : Math.max(14, Math.round(radius / 16)));
    const ringOf = spreadOver(belt.length, sizes);
    const crowd = hop === 0 ? Math.max(0, Math.min(belt.length, 18) - 9) * 9 : 0;
    const steps = sizes.map((_, ring) => radius + 105 + crowd + ring * 84);
    for (let ring = 0; ring < sizes.length; ring++) {
      const here = order.filter((_, rank) => ringOf[rank] === ring);
      const even = (at) => ((at + (ring % 2) / 2) / here.length) * 2 * Math.PI - Math.PI / 2;
      const placed = angles ? keptApart(here.map((at) => angles[at]), Math.min(130 / steps[ring], (2 * Math.PI) / here.length)) : here.map((_, at) => even(at));
      here.forEach((at, rank) => {
        x[belt[at]] = WIDER * steps[ring] * Math.cos(placed[rank]);
        y[belt[at]] = steps[ring] * Math.sin(placed[rank]);
      });
    }
    radius = steps.length ? steps[steps.length - 1] : radius;
  }
}

/** Angles in rising order, moved as little as needed to stand `gap` apart around the circle. */
function keptApart(angles, gap) {
  const placed = [...angles];
  for (let round = 0; round < 200; round++) {
    let moved = false;
    for (let at = 0; at < placed.length && placed.length > 1; at++) {
      const next = (at + 1) % placed.length;
      const lack = gap - (placed[next] + (next === 0 ? 2 * Math.PI : 0) - placed[at]);
      if (lack <= 1e-4) continue;
      placed[at] -= lack / 2;
      placed[next] += lack / 2;
      moved = true;
    }
    if (!moved) break;
  }
  return placed;
}

/** Deals ranks to rings in proportion, so that every ring goes once around. */
function spreadOver(count, sizes) {
  const given = sizes.map(() => 0);
  return Array.from({ length: count }, () => {
    let best = 0;
    for (let ring = 1; ring < sizes.length; ring++) {
      if ((given[ring] + 0.5) / sizes[ring] < (given[best] + 0.5) / sizes[best]) best = ring;
    }
    given[best]++;
    return best;
  });
}

/** Places for a chain of nodes (a path) and those beside it: rows below each other, left to right. */
function placeRows(rows, x, y) {
  rows.forEach((row, line) => row.forEach((node, at) => {
    // By turns a little higher and lower, so that names and relations have room.
    x[node] = (at - (row.length - 1) / 2) * 190;
    y[node] = (line - (rows.length - 1) / 2) * 170 + (at % 2 ? 54 : -54);
  }));
}

/** Three bands for a comparison: those of the left, those of both, those of the right. */
function placeBands(left, shared, right, x, y) {
  const band = (nodes, centre, wide) => nodes.forEach((node, at) => {
    const column = at % wide;
    x[node] = centre + (column - (wide - 1) / 2) * 140;
    y[node] = (Math.floor(at / wide) - (Math.ceil(nodes.length / wide) - 1) / 2) * 76;
  });
  const wide = (nodes) => Math.max(1, Math.round(Math.sqrt(nodes.length / 2.2)));
  const half = (nodes) => (wide(nodes) * 140) / 2;
  const gap = shared.length ? 230 : 110;
  band(shared, 0, wide(shared));
  band(left, -half(shared) - gap - half(left), wide(left));
  band(right, half(shared) + gap + half(right), wide(right));
  return { left: -half(shared) - gap / 2, right: half(shared) + gap / 2 };
}
