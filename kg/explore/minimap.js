// The whole scene in small, with the part that the window shows; dragging in it moves the camera.

function createMinimap(graph, filter, map) {
  const canvas = byId("minimap");
  const pen = canvas.getContext("2d");
  const dots = document.createElement("canvas");
  const [WIDE, HIGH] = [168, 112];
  let fit = null;

  /** Draws the dots anew, at most some thousands: when the scene, the filter or the colours change. */
  function redraw() {
    const scene = map.scene();
    canvas.hidden = !scene || scene.nodes.length < 40;
    if (canvas.hidden) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const one of [canvas, dots]) [one.width, one.height] = [WIDE * ratio, HIGH * ratio];
    const [left, top, right, bottom] = map.bounds();
    if (!(right > left)) { canvas.hidden = true; return; }
    const scale = Math.min(WIDE / (right - left), HIGH / (bottom - top)) * 0.94;
    fit = { ratio, scale, x: (left + right) / 2, y: (top + bottom) / 2 };
    const small = dots.getContext("2d");
    small.setTransform(ratio, 0, 0, ratio, 0, 0);
    const step = Math.max(1, Math.floor(scene.nodes.length / 5000));
    for (let at = 0; at < scene.nodes.length; at += step) {
      const entity = scene.nodes[at];
      if (!filter.entityOn[entity]) continue;
      small.fillStyle = graph.lookOf(entity).colour;
      const side = scene.nodes.length > 1500 ? 1.2 : 2.2;
      small.fillRect((scene.x[at] - fit.x) * scale + WIDE / 2 - side / 2, (scene.y[at] - fit.y) * scale + HIGH / 2 - side / 2, side, side);
    }
    frame(map.camera);
  }

  /** Draws the dots and the window's frame. */
  function frame(camera) {
    if (canvas.hidden || !fit) return;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(dots, 0, 0);
    pen.setTransform(fit.ratio, 0, 0, fit.ratio, 0, 0);
    const [wide, high] = [(camera.wide / camera.scale) * fit.scale, (camera.high / camera.scale) * fit.scale];
    pen.strokeStyle = map.theme().accent;
    pen.lineWidth = 1.5;
    pen.strokeRect((camera.x - fit.x) * fit.scale + WIDE / 2 - wide / 2, (camera.y - fit.y) * fit.scale + HIGH / 2 - high / 2, wide, high);
  }

  function jump(event) {
    if (!fit) return;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const x = (((event.clientX - left) / width) * WIDE - WIDE / 2) / fit.scale + fit.x;
    const y = (((event.clientY - top) / height) * HIGH - HIGH / 2) / fit.scale + fit.y;
    map.camera.set(x, y, map.camera.scale);
  }
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); jump(event); });
  canvas.addEventListener("pointermove", (event) => event.buttons && jump(event));

  return { redraw, frame };
}
