// The legend is the filter: a switch for every class and relation, with live counts.

const number = (count) => plainNumber(String(count));

/** What is hidden, and from that what is seen. Owns no elements. */
function createFilter(graph) {
  const hidden = { kinds: new Set(), relations: new Set() };

  const linkSeen = (fact) => !hidden.relations.has(fact.relation.name)
    && !hidden.kinds.has(fact.subject.kind) && !hidden.kinds.has(fact.object.kind);

  /** With a relation switched off, an entity stays only where some other seen relation holds it. */
  function entitySeen(entity) {
    if (hidden.kinds.has(entity.kind)) return false;
    return hidden.relations.size === 0 || entity.facts.some(linkSeen);
  }

  function toggle(group, names) {
    const show = names.every((one) => hidden[group].has(one));
    for (const one of names) show ? hidden[group].delete(one) : hidden[group].add(one);
  }

  /** Hides all others; where they are hidden already, shows all again. */
  function only(group, names, all) {
    const others = all.filter((one) => !names.includes(one));
    const alone = others.every((one) => hidden[group].has(one)) && !names.some((one) => hidden[group].has(one));
    hidden[group] = new Set(alone ? [] : others);
  }

  function set(kinds, relations) {
    hidden.kinds = new Set(kinds.filter((kind) => graph.looks.has(kind)));
    hidden.relations = new Set(relations.filter((relation) => graph.relations.has(relation)));
  }

  return { hidden, linkSeen, entitySeen, toggle, only, set, active: () => hidden.kinds.size + hidden.relations.size > 0 };
}

function createLegend(graph, filter, { onChange }) {
  const kinds = document.getElementById("kinds");
  const relations = document.getElementById("relations");
  const kindNames = [...new Set(graph.entities.map((entity) => entity.kind))];
  const relationNames = [...graph.relations.keys()];
  const updates = [];
  const bases = [...new Set([...graph.looks.values()].map((look) => look.base))];

  /** A base class first, its subclasses that the graph has under it. */
  function kindRows() {
    return bases.flatMap((base) => {
      const members = kindNames.filter((kind) => graph.looks.get(kind).base === base);
      const below = [...graph.looks.keys()].filter((kind) => kind !== base && members.includes(kind));
      const top = { look: graph.looks.get(base), names: members };
      return [top, ...below.map((kind) => ({ look: graph.looks.get(kind), names: [kind], under: true }))];
    });
  }

  /** A switch; `members` are what it shows and hides, `isSeen` says which of them are seen now. */
  function row(group, names, all, content, members, isSeen) {
    const count = el("span", { class: "count" });
    const button = el("button", { type: "button", role: "switch", "data-names": names.join(" ") }, content, count);
    button.addEventListener("click", (event) => {
      // The second click of a double click first takes back what the first one did.
      if (event.detail === 2) filter.toggle(group, names);
      if (event.shiftKey || event.detail === 2) filter.only(group, names, all);
      else filter.toggle(group, names);
      onChange();
    });
    updates.push(() => {
      const on = names.filter((one) => !filter.hidden[group].has(one)).length;
      const seen = members.filter(isSeen).length;
      button.setAttribute("aria-checked", String(on > 0));
      button.classList.toggle("part", on > 0 && on < names.length);
      count.textContent = seen === members.length ? number(seen) : `${number(seen)} / ${number(members.length)}`;
    });
    return button;
  }

  function kindRow({ look, names, under }) {
    const members = graph.entities.filter((entity) => names.includes(entity.kind));
    const sign = under ? el("span", { class: "twig", "aria-hidden": "true" }) : badge(look);
    const content = [sign, el("span", { class: "text" }, labelOf(look))];
    return el("li", { class: under && "under" }, row("kinds", names, kindNames, content, members, filter.entitySeen));
  }

  function relationRow(relation) {
    const facts = graph.facts.filter((fact) => fact.relation === relation);
    const content = [el("span", { class: "line", "aria-hidden": "true" }), el("span", { class: "text" }, labelOf(relation))];
    return el("li", {}, row("relations", [relation.name], relationNames, content, facts, filter.linkSeen));
  }

  /** Makes the switches anew, in the chosen language. */
  function build() {
    updates.length = 0;
    kinds.replaceChildren(...kindRows().map(kindRow));
    relations.replaceChildren(...[...graph.relations.values()].map(relationRow));
    update();
  }

  function update() {
    for (const refresh of updates) refresh();
    document.getElementById("reset").hidden = !filter.active();
  }
  return { build, update };
}
