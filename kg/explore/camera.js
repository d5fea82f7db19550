// Where one looks: the place in the middle of the picture and the scale, and the way from here to there.

/** `fitted` is true while a whole scene is shown, until the camera moves elsewhere. */
function createCamera(onMove) {
  const camera = { x: 0, y: 0, scale: 1, wide: 1, high: 1, fitted: false };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let glide = 0;

  const screenX = (x) => (x - camera.x) * camera.scale + camera.wide / 2;
  const screenY = (y) => (y - camera.y) * camera.scale + camera.high / 2;
  const worldX = (x) => (x - camera.wide / 2) / camera.scale + camera.x;
  const worldY = (y) => (y - camera.high / 2) / camera.scale + camera.y;

  function put(x, y, scale) {
    camera.x = x;
    camera.y = y;
    camera.scale = Math.min(8, Math.max(0.004, scale));
    onMove();
  }

  function set(x, y, scale) {
    camera.fitted = false;
    put(x, y, scale);
  }

  /** Moves within a quarter of a second, at once for readers who want no motion. */
  function moveTo(x, y, scale, animate = true) {
    cancelAnimationFrame(glide);
    camera.fitted = false;
    if (!animate || calm.matches) return put(x, y, scale);
    const from = { ...camera };
    const began = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - began) / 260));
      const eased = share * (2 - share);
      put(from.x + (x - from.x) * eased, from.y + (y - from.y) * eased, from.scale * (scale / from.scale) ** eased);
      if (share < 1) glide = requestAnimationFrame(step);
    };
    glide = requestAnimationFrame(step);
    return undefined;
  }

  /**
   * Shows a box [left, top, right, bottom] as large as fits, at a scale of at most `most`, with a margin
   * of some pixels: names keep their size on the screen, whatever the scale.
   */
  function fit([left, top, right, bottom], { most, margin, animate }) {
    if (!(right >= left)) return;
    const scale = Math.min(most, ...[[camera.wide, right - left], [camera.high, bottom - top]].map(([side, length]) =>
      (side - 2 * Math.min(margin, 0.14 * side)) / Math.max(1, length)));
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
