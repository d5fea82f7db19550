// What the graph page uses of Oxigraph; bundled by `make explorer` into oxigraph.js.
export { default, Store } from "oxigraph/web.js";
