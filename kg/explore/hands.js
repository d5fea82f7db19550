// Mouse, finger and pen on the canvas: pan, pinch, wheel, drag a node, choose, open, draw a box.

function attachHands(canvas, act) {
  const touches = new Map();
  let drag = null;
  let pinch = null;

  canvas.addEventListener("pointerdown", (event) => {
    const [x, y] = act.at(event);
    touches.set(event.pointerId, [x, y]);
    if (touches.size === 2) { pinch = spread(); drag = null; return; }
    const { node } = act.thingAt(x, y);
    drag = { x, y, startX: x, startY: y, far: 0, node, box: event.shiftKey };
    try { canvas.setPointerCapture(event.pointerId); } catch { /* a pointer made by a script has no capture */ }
  });

  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = act.at(event);
    if (touches.has(event.pointerId)) touches.set(event.pointerId, [x, y]);
    if (pinch && touches.size === 2) {
      const now = spread();
      act.camera.zoom(now.length / pinch.length, now.x, now.y);
      act.camera.pan(now.x - pinch.x, now.y - pinch.y);
      pinch = now;
      return;
    }
    if (!drag) { if (event.pointerType !== "touch") act.point(x, y); return; }
    drag.far += Math.abs(x - drag.x) + Math.abs(y - drag.y);
    if (drag.far > 4) {
      if (drag.box) act.boxTo(drag.startX, drag.startY, x, y);
      else if (drag.node >= 0) act.drag(drag.node, x - drag.x, y - drag.y);
      else { canvas.style.cursor = "grabbing"; act.camera.pan(x - drag.x, y - drag.y); }
    }
    [drag.x, drag.y] = [x, y];
  });

  function lift(event) {
    touches.delete(event.pointerId);
    if (pinch) { if (touches.size < 2) pinch = null; drag = null; return; }
    if (!drag) return;
    const { far, box } = drag;
    const [x, y] = act.at(event);
    drag = null;
    canvas.style.cursor = "grab";
    if (event.type === "pointercancel") return;
    if (box && far > 4) act.endBox();
    else if (far <= 4) act.choose(x, y);
  }
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => act.leave());
  canvas.addEventListener("dblclick", (event) => act.open(...act.at(event)));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 18 : 1;
    act.camera.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.0016), ...act.at(event));
  }, { passive: false });

  const keys = {
    ArrowLeft: () => act.camera.pan(70, 0), ArrowRight: () => act.camera.pan(-70, 0),
    ArrowUp: () => act.camera.pan(0, 70), ArrowDown: () => act.camera.pan(0, -70),
    "+": () => act.camera.zoom(1.3), "=": () => act.camera.zoom(1.3), "-": () => act.camera.zoom(1 / 1.3), "0": () => act.camera.zoom(1 / act.camera.scale),
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  });

  /** Middle and distance of two fingers. */
  function spread() {
    const [[x0, y0], [x1, y1]] = [...touches.values()];
    return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, length: Math.max(10, Math.hypot(x1 - x0, y1 - y0)) };
  }
}
