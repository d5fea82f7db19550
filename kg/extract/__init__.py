"""Extraction: one article in, one Record out. A pure function, one file per family of rules.

A mention rule proposes candidates, a claim rule yields claims. To add a rule, write a plain
function and put it into its table: its name becomes the provenance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extract.clauses import Layout
from kg.extract.decode import by_role, choose, spread
from kg.extract.endings import ending_names
from kg.extract.figures import figures
from kg.extract.known import gazetteer_names, industry_names, listed_names
from kg.extract.nesting import build_nested, name_claims
from kg.extract.people import people
from kg.extract.places import place_claims
from kg.extract.posts import post_claims
from kg.extract.quoted import quoted_names
from kg.extract.reading import Candidate, Reading
from kg.extract.refer import Referents, anchor, gather, resolve_pronouns
from kg.extract.settle import settle
from kg.extract.unquoted import bare_organs, fields, institutes, programs
from kg.extract.verbs import verb_claims
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Article, Claim, Figure, Record
from kg.schema import Schema, load_schema

MENTION_RULES: tuple[Callable[[Reading], Iterator[Candidate]], ...] = (
    gazetteer_names,
    ending_names,
    quoted_names,
    industry_names,
    listed_names,
    people,
    programs,
    bare_organs,
    fields,
    institutes,
)

CLAIM_RULES: tuple[Callable[[Layout, int | None], Iterator[Claim]], ...] = (
    verb_claims,
    post_claims,
    place_claims,
)


def extract(article: Article, schema: Schema | None = None, lexicon: Lexicon | None = None) -> Record:
    """Read one article: its mentions, the things they mean, claims and figures."""
    reading = Reading(article, schema or load_schema(), lexicon or load_lexicon())
    things = _things(reading)
    zone = anchor(things)
    resolve_pronouns(things, zone)
    build_nested(reading, things)
    layout = Layout(reading, things)
    claims = [c for rule in CLAIM_RULES for c in rule(layout, zone)]
    claims += name_claims(reading, things, zone)
    return _record(reading, things, claims, figures(layout, zone), zone)


def _things(reading: Reading) -> Referents:
    candidates = [c for rule in MENTION_RULES for c in rule(reading)]
    chosen = choose(by_role(reading, candidates))
    return gather(reading, spread(reading, chosen))


def _record(
    reading: Reading, things: Referents, claims: Iterable[Claim], found: Iterable[Figure], zone: int | None
) -> Record:
    referents, mentions, index = things.finish()
    return Record(
        article=reading.article,
        referents=referents,
        mentions=mentions,
        claims=settle(claims, index, referents, reading.schema, None if zone is None else index[zone]),
        figures=_figures(found, index),
        anchor=None if zone is None else index[zone],
    )


def _figures(found: Iterable[Figure], index: dict[int, int]) -> tuple[Figure, ...]:
    return tuple(
        Figure(index[f.subject], f.indicator, f.value, f.unit, f.start, f.end, f.rule, f.confidence, f.time)
        for f in found
    )
