// Where the neighbours of a chosen entity stand: in rings around it, wider than high.

/** How many places each ring has, filled evenly: 15 become 7 and 8, not 14 and 1. */
function ringSizes(count) {
  const room = (ring) => 14 + 10 * ring;
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

/** Places on ellipses around a centre, clockwise from the top, ring by ring. */
function ringPlaces(centre, count) {
  return ringSizes(count).flatMap((size, ring) => {
    const radius = 150 + Math.max(0, size - 8) * (ring ? 0 : 9) + 115 * ring;
    return Array.from({ length: size }, (_, at) => {
      const turn = ((at + (ring % 2) / 2) / size) * 2 * Math.PI - Math.PI / 2;
      return { x: centre.x + 1.35 * radius * Math.cos(turn), y: centre.y + radius * Math.sin(turn) };
    });
  });
}
