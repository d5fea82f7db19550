// The legend's articles: each with the number of facts it says in the present view, found by its
// headline; pressing one leaves what it says, pressing it again all.

const ARTICLES_AT_FIRST = 6;

/** What a reader calls an article; not every one has a headline. */
const storyTitle = (story) => story.headline || story.kicker || `${story.source} ${word("nth", story.order)}`;

function createArticles(filter, state) {
  const box = byId("articles");
  const list = el("div", {});
  let [stories, totals, typed] = [[], [], ""];

  /** Those that are chosen or fit what was typed, the chosen and the most telling first. */
  function wanted(seen) {
    const { story } = filter.rule();
    const sought = folded(typed);
    return stories.filter((one) => one.id === story || (!sought ? seen[one.index] : folded(`${storyTitle(one)} ${one.date ?? ""} ${one.source}`).includes(sought)))
      .sort((one, other) => Number(other.id === story) - Number(one.id === story) || seen[other.index] - seen[one.index] || one.index - other.index);
  }

  function row(story, seen, total) {
    const count = seen === total ? number(total) : `${number(seen)} / ${number(total)}`;
    return button({ class: "switch", "aria-pressed": String(filter.rule().story === story.id), "data-story": story.id, title: `${story.source} ${story.date ?? ""}`.trim(),
      onclick: () => state.go({ story: filter.rule().story === story.id ? "" : story.id }) },
    el("span", { class: "text" }, name(storyTitle(story))), el("span", { class: "count" }, count));
  }

  function update() {
    if (!stories.length) return;
    const seen = filter.factsByStory(true);
    list.replaceChildren(...longList(wanted(seen), (story) => row(story, seen[story.index], totals[story.index]), ARTICLES_AT_FIRST));
  }

  /** Makes the box anew, in the chosen language; what it lists comes with the next update. */
  function build(reading) {
    stories = reading.stories;
    totals = filter.factsByStory(false);
    byId("articles-part").hidden = stories.length < 2;
    const input = el("input", { type: "search", class: "sieve", placeholder: word("sieve"), "aria-label": word("sieve"), autocomplete: "off" });
    input.value = typed;
    input.addEventListener("input", () => { typed = input.value; update(); });
    box.replaceChildren(...(stories.length > ARTICLES_AT_FIRST ? [input] : []), list);
  }

  return { build, update };
}
