"""Extraction: one article in, one Record out. A pure function, one file per family of rules.

A mention rule proposes candidates, a claim rule yields claims. To add a rule, write a plain
function and put it into its table: its name becomes the provenance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.extract.bare import share_bare_names
from kg.extract.clauses import Layout
from kg.extract.cues import cue_claims
from kg.extract.decode import agree, by_role, choose, is_rank, one_class, spread
from kg.extract.endings import ending_names
from kg.extract.figures import figures
from kg.extract.forms import join_names
from kg.extract.judge import judged_claims
from kg.extract.known import gazetteer_names, industry_names, listed_names
from kg.extract.measure import measured
from kg.extract.members import member_claims
from kg.extract.models import Models, can_read, load_models
from kg.extract.nesting import build_nested, name_claims
from kg.extract.people import people
from kg.extract.places import place_claims
from kg.extract.posts import post_claims
from kg.extract.quoted import quoted_names
from kg.extract.reading import Candidate, Knowhow, Reading, common_knowhow, knowhow_of
from kg.extract.refer import anchor, gather, resolve_pronouns, settle_short_zones
from kg.extract.settle import settle
from kg.extract.tagger import Tagging
from kg.extract.times import date_claims
from kg.extract.unquoted import bare_organs, fields, institutes, programs
from kg.extract.verbs import verb_claims
from kg.model import Article, Claim, Figure, Record
from kg.parallel import Steps, finish

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
    member_claims,
    post_claims,
    place_claims,
    cue_claims,
)


def extract(article: Article, knowhow: Knowhow | None = None, models: Models | None = None) -> Record:
    """Read one article: its mentions, the things they mean, claims and figures."""
    return finish(extract_in_steps(article, knowhow, models))


def extract_in_steps(
    article: Article, knowhow: Knowhow | None = None, models: Models | None = None
) -> Steps[Record]:
    """Read one article, and pause where the next step needs other tables: see ``kg.parallel.abreast``."""
    models = models or load_models()
    reading = Reading(article, knowhow or common_knowhow())
    guessed = guesses(reading)
    yield
    named = names(reading, guessed, models)
    yield
    layout, zone = lay_out(reading, named)
    yield
    claims = rule_claims(layout, zone)
    yield
    if models.claims is not None:
        claims = list(judged_claims(layout, zone, claims, models))
    yield
    found = figures(layout, zone) if models.figures is None else measured(layout, zone, models)
    return _record(layout, claims, found, zone)


def extract_by(ontology: Path | None, models: Path | None, article: Article) -> Steps[Record]:
    """Read one article by an ontology of one's own or the models of a folder; without, by the package's.

    Where the trained models cannot read for an ontology, the rules read alone.
    """
    if ontology is not None:
        knowhow = knowhow_of(ontology)
        able = load_models() if can_read(knowhow.schema) else Models()
        return extract_in_steps(article, knowhow, able)
    return extract_in_steps(article, models=None if models is None else load_models(models))


def lay_out(reading: Reading, named: list[Candidate]) -> tuple[Layout, int | None]:
    """Find the things that the names of an article mean, lay out its clauses, say which zone it is about."""
    things = gather(reading, spread(reading, named))
    build_nested(reading, things)
    join_names(things)
    share_bare_names(things)
    zone = anchor(things)
    settle_short_zones(things, zone)
    resolve_pronouns(things, zone)
    return Layout(reading, things), zone


def rule_claims(layout: Layout, zone: int | None) -> list[Claim]:
    """What the rules alone claim; reading the verbs also tells the layout who is subject where."""
    claims = [c for rule in CLAIM_RULES for c in rule(layout, zone)]
    if not layout.reading.knowhow.rules:
        return []
    claims += name_claims(layout.reading, layout.things, zone)
    return [c for c in claims if c.relation in layout.reading.schema.relations]


def guesses(reading: Reading) -> list[Candidate]:
    """What the rules alone choose as names, in text order."""
    if not reading.knowhow.rules:
        return []
    candidates = [c for rule in MENTION_RULES for c in rule(reading) if _may_name(reading, c)]
    return choose(by_role(reading, candidates))


def _may_name(reading: Reading, candidate: Candidate) -> bool:
    """A class that the ontology has, and none of the words that it says are no names."""
    classes = reading.schema.classes
    if candidate.cls not in classes or is_rank(reading, candidate.end, candidate.cls):
        return False
    text = reading.text[candidate.start : candidate.end]
    return not any(text in classes[above].stop_words for above in reading.schema.ancestors(candidate.cls))


def names(reading: Reading, guessed: list[Candidate], models: Models) -> list[Candidate]:
    """What rules and model together choose as names, given the ``guesses`` of the rules."""
    if models.mentions is None:
        return guessed
    tagging = Tagging(reading, guessed, models.mentions)
    return one_class(reading, agree(reading, guessed, tagging, models.knows))


def _record(layout: Layout, claims: Iterable[Claim], found: Iterable[Figure], zone: int | None) -> Record:
    reading, things, times = layout.reading, layout.things, layout.times
    referents, mentions, index = things.finish()
    settled = settle(claims, index, referents, reading.schema)
    named = [(m.referent, m.start) for m in mentions]
    return Record(
        article=reading.article,
        referents=referents,
        mentions=mentions,
        claims=tuple(date_claims(settled, times, named)),
        figures=_figures(found, index),
        anchor=None if zone is None else index[zone],
    )


def _figures(found: Iterable[Figure], index: dict[int, int]) -> tuple[Figure, ...]:
    return tuple(
        Figure(index[f.subject], f.indicator, f.value, f.unit, f.start, f.end, f.rule, f.confidence, f.time)
        for f in found
    )
