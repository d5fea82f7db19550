"""The error report as one HTML page: scores, confusion, and each article with gold and graph side by side.

The page holds no script and loads nothing; every text goes through the template's escaping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from kg.evaluate.score import Named, Report, Story
from kg.lexicon import Matcher
from kg.resolve import normal

Piece = tuple[str, str, str]
"""A stretch of text with the class and the verdict of the entity it names, both empty for plain text."""


def errors_page(report: Report, most: int = 200) -> str:
    """Give the page as text, with at most ``most`` articles, those with most errors first."""
    from jinja2 import Environment, StrictUndefined

    source = files("kg.evaluate").joinpath("errors.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    return template.render(
        report=report,
        scores=sorted(report.scores.items()),
        confusion=report.confused,
        stories=[_shown(story) for story in report.worst(most)],
    )


def _shown(story: Story) -> dict[str, Any]:
    text = story.article.text if story.article else ""
    return {
        "name": story.name, "errors": story.errors, "text": text,
        "gold": list(marked(text, story.gold)), "found": list(marked(text, story.found)),
    }  # fmt: skip


def marked(text: str, entities: Iterable[Named]) -> Iterator[Piece]:
    """Cut a text at the names in it, the longest first; quotation marks and white space do not count.

    >>> list(marked("在合肥高新区。", [Named("Zone", ("合肥高新区",), "right")]))
    [('在', '', ''), ('合肥高新区', 'Zone', 'right'), ('。', '', '')]
    """
    owner: dict[str, Named] = {}
    for entity in entities:
        for name in entity.names:
            owner.setdefault(normal(name), entity)
    kept = [(at, form) for at, char in enumerate(text) for form in normal(char)]
    plain = "".join(form for _, form in kept)
    done = 0
    for start, end in Matcher(name for name in owner if name).find(plain):
        low, high = kept[start][0], kept[end - 1][0] + 1
        if low < done:
            continue
        if low > done:
            yield text[done:low], "", ""
        entity = owner[plain[start:end]]
        yield text[low:high], entity.cls, entity.verdict
        done = high
    if done < len(text):
        yield text[done:], "", ""
