// Shows the network that pyvis made, in the places it came with; physics runs only when asked for.
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const box = document.getElementById("mynetwork");
  const edges = read("edges-data");
  const data = { nodes: new vis.DataSet(read("nodes-data")), edges: new vis.DataSet(edges) };
  const network = new vis.Network(box, data, {
    physics: { enabled: false, solver: "forceAtlas2Based", stabilization: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 150, hideEdgesOnDrag: edges.length > 1500, hideEdgesOnZoom: edges.length > 1500, keyboard: { enabled: true, bindToWindow: false } },
    nodes: { borderWidth: 1.5, font: { size: 13, face: "inherit" } },
    edges: { color: { color: "#8291a6", opacity: 0.7 }, arrows: { to: { enabled: true, scaleFactor: 0.45 } } },
  });
  network.once("afterDrawing", () => document.documentElement.classList.add("ready"));
  network.fit({ animation: false });
  const physics = document.getElementById("physics");
  physics.addEventListener("click", () => {
    const on = physics.getAttribute("aria-pressed") !== "true";
    physics.setAttribute("aria-pressed", String(on));
    network.setOptions({ physics: { enabled: on } });
  });
  document.getElementById("fit").addEventListener("click", () => network.fit());
  window.network = network;
})();
