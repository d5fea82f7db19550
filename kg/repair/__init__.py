"""Repair: a page as extracted in, clean articles out, every character with its place."""

from __future__ import annotations

from kg.model import Article, Document
from kg.repair.assemble import assemble
from kg.repair.clues import read_clues
from kg.repair.fold import fold
from kg.repair.furniture import take_furniture
from kg.repair.layout import measure_columns, read_lines, read_style
from kg.repair.roles import assign_roles
from kg.repair.signature import split_signatures
from kg.repair.split import gather, split_articles

__all__ = ["fold", "repair"]


def repair(document: Document) -> tuple[Article, ...]:
    """Repair a page and split it into its articles, in the order of the page.

    Lines are joined, stray spaces closed, captions lifted out of the sentences that they cut;
    the page's furniture goes. For every ``i`` where ``text[i]`` is not a block-joining newline,
    ``fold(document.text[offsets[i]]) == text[i]``. Pure; linear in the length of the page.
    """
    lines = read_lines(document.text)
    flow, furniture = take_furniture(lines)
    measure_columns(flow)
    flow = split_signatures(flow)
    measure_columns(flow)
    style = read_style(flow)
    roles = assign_roles(read_clues(flow, style), style)
    drafts = split_articles(gather(flow, roles))
    return assemble(document, drafts, furniture)
