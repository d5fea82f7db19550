// Where one looks: the place in the middle of the picture and the scale, and the way from here to there.

function createCamera(onMove) {
  const camera = { x: 0, y: 0, scale: 1, wide: 1, high: 1 };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let glide = 0;

  const screenX = (x) => (x - camera.x) * camera.scale + camera.wide / 2;
  const screenY = (y) => (y - camera.y) * camera.scale + camera.high / 2;
  const worldX = (x) => (x - camera.wide / 2) / camera.scale + camera.x;
  const worldY = (y) => (y - camera.high / 2) / camera.scale + camera.y;

  function set(x, y, scale) {
    camera.x = x;
    camera.y = y;
    camera.scale = Math.min(8, Math.max(0.004, scale));
    onMove();
  }

  /** Moves within a quarter of a second, at once for readers who want no motion. */
  function moveTo(x, y, scale, animate = true) {
    cancelAnimationFrame(glide);
    if (!animate || calm.matches) return set(x, y, scale);
    const from = { ...camera };
    const began = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - began) / 260));
      const eased = share * (2 - share);
      set(from.x + (x - from.x) * eased, from.y + (y - from.y) * eased, from.scale * (scale / from.scale) ** eased);
      if (share < 1) glide = requestAnimationFrame(step);
    };
    glide = requestAnimationFrame(step);
    return undefined;
  }

  /** Shows a box [left, top, right, bottom] as large as fits, at a scale of at most `most`. */
  function fit([left, top, right, bottom], most = 1.4, animate = true) {
    if (!(right >= left)) return;
    const scale = Math.min(most, 0.94 * Math.min(camera.wide / Math.max(1, right - left), camera.high / Math.max(1, bottom - top)));
    moveTo((left + right) / 2, (top + bottom) / 2, scale, animate);
  }

  /** Zooms with a point of the picture kept under the pointer. */
  function zoom(factor, px = camera.wide / 2, py = camera.high / 2) {
    cancelAnimationFrame(glide);
    const [x, y] = [worldX(px), worldY(py)];
    const scale = Math.min(8, Math.max(0.004, camera.scale * factor));
    set(x - (px - camera.wide / 2) / scale, y - (py - camera.high / 2) / scale, scale);
  }

  function pan(dx, dy) {
    cancelAnimationFrame(glide);
    set(camera.x - dx / camera.scale, camera.y - dy / camera.scale, camera.scale);
  }

  return Object.assign(camera, { screenX, screenY, worldX, worldY, set, moveTo, fit, zoom, pan });
}
