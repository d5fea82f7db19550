"""Learn the models that extraction uses from annotated articles. Same articles, same bytes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.corpus import Annotated, as_article, load_folder
from kg.errors import InputError
from kg.extract import guesses, lay_out, names, rule_claims
from kg.extract.calibration import CLAIMS as CLAIM_LINE
from kg.extract.calibration import FIGURES as FIGURE_LINE
from kg.extract.calibration import fit, save_calibration
from kg.extract.clauses import Layout
from kg.extract.features import Painter, spelled
from kg.extract.figures import spots
from kg.extract.glance import RELATED
from kg.extract.measure import FIGURE, figure_rows, measured
from kg.extract.models import (
    CALIBRATION,
    CLAIMS,
    FIGURES,
    LEARNED,
    MENTIONS,
    PAIRS,
    VOCABULARY,
    Models,
    load_models,
    vocabulary,
)
from kg.extract.pairs import Pairing
from kg.extract.reading import Knowhow, Reading, common_knowhow
from kg.extract.refer import Referents, anchor
from kg.learner import Choice, Decision, learn_chain, learn_choices, learn_decisions
from kg.resolve import normal, normal_amount
from kg.schema import Schema
from kg.segment import Token

# Claims less likely than this are never shown, so their calibration is of no matter.
_CONSIDERED = 0.1
DIGESTED = 40
"""Of so many articles one is digested by ``learned_from``."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a training run read and wrote."""

    articles: int
    characters: int
    models: Path


def train(corpus: Path, models: Path) -> Learned:
    """Learn all models from the corpus files of a folder and write them into ``models``.

    Raises:
        CorpusError: an annotation breaks the contract; every mistake is named.
        InputError: the folder holds no corpus file.
    """
    knowhow = common_knowhow()
    articles = load_folder(corpus, knowhow.schema)
    if not articles:
        raise InputError(f"{corpus}：没有语料文件 holds no corpus files (*.txt)")
    train_all(articles, knowhow, models)
    return Learned(len(articles), sum(len(a.text) for a in articles), models)


def outermost(article: Annotated) -> list[tuple[int, int, str]]:
    """Named marks that lie in no other named mark, with their classes."""
    found: list[tuple[int, int, str]] = []
    named = [m for m in article.marks if m.named]
    for mark in sorted(named, key=lambda m: (m.start, -m.end)):
        if not found or mark.start >= found[-1][1]:
            found.append((mark.start, mark.end, article.classes[mark.id]))
    return found


def labels(article: Annotated, schema: Schema, words: Sequence[Token]) -> list[str]:
    """A BIO tag for each word; a word that a name only begins or ends in belongs to it."""
    tags = ["O"] * len(words)
    at = 0
    for start, end, cls in outermost(article):
        while at < len(words) and words[at].end <= start:
            at += 1
        mark = "B"
        while at < len(words) and words[at].start < end:
            tags[at] = f"{mark}-{schema.base(cls)}"
            mark, at = "I", at + 1
    return tags


def train_mentions(articles: Sequence[Annotated], knowhow: Knowhow, model: Path, rounds: int = 70) -> None:
    """Train the tagger of names and write it to ``model``.

    More rounds learn the corpus by heart: with 120, F1 on the development pages is 0.01 to 0.03 lower.
    """
    learn_chain(mention_rows(articles, knowhow), model, rounds)


def mention_rows(
    articles: Iterable[Annotated], knowhow: Knowhow
) -> Iterable[tuple[list[list[str]], list[str]]]:
    """Yield features and tags of every sentence."""
    for article in articles:
        reading = Reading(as_article(article), knowhow)
        tags = labels(article, knowhow.schema, reading.tokens)
        painter = Painter(reading, guesses(reading))
        for sentence in reading.sentences:
            first, words = painter.words(sentence)
            yield spelled(painter.signs(sentence)), tags[first : first + len(words)]


def gold_layout(article: Annotated, knowhow: Knowhow) -> tuple[Layout, int | None, dict[int, str]]:
    """The layout of an article with the annotated names in place of found ones, and the id of each thing."""
    reading = Reading(as_article(article), knowhow)
    things = Referents(reading)
    index = {id: things.add(cls, article.names(id), 0) for id, cls in article.classes.items()}
    ids = {number: id for id, number in index.items()}
    for mark in sorted(article.marks, key=lambda m: (m.start, -m.end)):
        rule = "gold" if mark.named else "pronoun"
        things.mention(index[mark.id], mark.start, mark.end, rule, 1.0)
    for mention in things.mentions[::-1]:
        things.clusters[mention.referent].first = mention.start
    zone = anchor(things)
    return Layout(reading, things), zone, ids


def found_layout(
    article: Annotated, knowhow: Knowhow, models: Models
) -> tuple[Layout, int | None, dict[int, str]]:
    """The layout of an article as extraction finds it; a thing the annotation lacks has the id ``""``."""
    reading = Reading(as_article(article), knowhow)
    layout, zone = lay_out(reading, names(reading, guesses(reading), models))
    things = layout.things
    named = {
        (knowhow.schema.base(cls), normal(name)): id
        for id, cls in article.classes.items()
        for name in article.names(id)
    }
    ids = dict.fromkeys(range(len(things.clusters)), "")
    for number in things.alive():
        fits = [
            named[key] for n in things.names(number) if (key := (things.base(number), normal(n))) in named
        ]
        ids[number] = fits[0] if fits else ""
    return layout, zone, ids


Layouts = Iterable[tuple[Annotated, Layout, int | None, dict[int, str]]]


def layouts(articles: Sequence[Annotated], knowhow: Knowhow, halves: Sequence[Models]) -> Layouts:
    """Every article twice: with the annotated names, and with those that a model finds that never saw it.

    ``halves[i]`` was trained without the articles whose number leaves ``i`` when divided by their count.
    """
    for number, article in enumerate(articles):
        yield (article, *gold_layout(article, knowhow))
        if halves:
            yield (article, *found_layout(article, knowhow, halves[number % len(halves)]))


def _half(folder: Path, half: int) -> Path:
    return folder / f"half{half}"


def _other_half(articles: Sequence[Annotated], half: int) -> list[Annotated]:
    return [a for i, a in enumerate(articles) if i % 2 != half]


def _half_models(folder: Path) -> list[Models]:
    return [load_models(_half(folder, half)) for half in (0, 1)]


def claim_rows(found: Layouts, schema: Schema) -> Iterator[Decision]:
    """Yield features and answer of every candidate pair and relation."""
    for article, layout, zone, ids in found:
        pairing = Pairing(layout, zone, rule_claims(layout, zone))
        true = _true_relations(article, schema)
        for pair in pairing.pairs():
            for relation in pair.relations:
                right = (ids[pair.subject], relation, ids[pair.object]) in true
                yield relation, pair.features, right


def glance_rows(found: Layouts, schema: Schema) -> Iterator[Decision]:
    """Yield the features of a first glance at every candidate pair, and whether any relation holds."""
    for article, layout, zone, ids in found:
        pairing = Pairing(layout, zone, rule_claims(layout, zone))
        true = _true_relations(article, schema)
        for a, b, relations, features in pairing.glances():
            right = any((ids[a], relation, ids[b]) in true for relation in relations)
            yield RELATED, features, right


def _true_relations(article: Annotated, schema: Schema) -> set[tuple[str, str, str]]:
    """The annotated relations, symmetric ones in both orders."""
    true = {(r.subject, r.relation, r.object) for r in article.relations}
    return true | {(o, r, s) for s, r, o in true if schema.relations[r].symmetric}


def _true_figures(article: Annotated) -> set[tuple[str, Decimal, str]]:
    """The annotated figures: subject, value, unit."""
    return {(m.subject, *normal_amount(m.value, m.unit)) for m in article.measures}


def measure_rows(found: Layouts) -> Iterator[Choice]:
    """Yield every number as a choice: its features, and those of every thing near it with the answer."""
    for article, layout, zone, ids in found:
        rule_claims(layout, zone)
        true = _true_figures(article)
        for spot in spots(layout, zone):
            common, rows = figure_rows(layout, spot, zone)
            said = normal_amount(spot.value, spot.unit)
            yield common, [(features, (ids[subject], *said) in true) for subject, features in rows]


def train_all(articles: Sequence[Annotated], knowhow: Knowhow, folder: Path) -> None:
    """Learn all models from annotated articles and write them into ``folder``.

    Models of either half of the articles come first: the names that each finds in the half that it
    never saw are what claims and figures are learned from, and how often they are right there
    is what calibrates confidence.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = json.dumps(vocabulary(knowhow.schema), ensure_ascii=False, indent=0)
    (folder / VOCABULARY).write_text(words + "\n", encoding="utf-8")
    digests = json.dumps(learned_from(articles[::DIGESTED], knowhow), indent=0)
    (folder / LEARNED).write_text(digests + "\n", encoding="utf-8")
    with TemporaryDirectory() as name:
        scratch = Path(name)
        for half in (0, 1):
            _half(scratch, half).mkdir()
        given = (articles, knowhow, scratch)
        _together([(_train_half_mentions, *given, half) for half in (0, 1)])
        _together(
            [
                (_train_claims, *given, folder),
                (_train_pairs, *given, folder),
                (train_mentions, articles, knowhow, folder / MENTIONS),
                *((_train_half_decisions, *given, half) for half in (0, 1)),
                (_train_figures, *given, folder),
            ]
        )
        _calibrate(articles, knowhow, scratch, folder)


def learned_from(articles: Sequence[Annotated], knowhow: Knowhow) -> dict[str, str]:
    """Digest what articles teach each model, with the annotated names.

    Where the code makes other digests of every 40th article than those beside the models, a word list or
    a feature has changed since they were learned: they read what they were not taught, and want learning.
    """
    schema = knowhow.schema

    def found() -> Layouts:
        return layouts(articles, knowhow, ())

    rows: dict[str, Iterable[object]] = {
        MENTIONS: mention_rows(articles, knowhow),
        PAIRS: glance_rows(found(), schema),
        CLAIMS: claim_rows(found(), schema),
        FIGURES: measure_rows(found()),
    }
    return {name: sha256(repr(list(said)).encode()).hexdigest() for name, said in rows.items()}


def _train_half_mentions(articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, half: int) -> None:
    model = _half(scratch, half) / MENTIONS
    train_mentions(_other_half(articles, half), knowhow, model, rounds=60)


def _train_claims(articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, folder: Path) -> None:
    found = layouts(articles, knowhow, _half_models(scratch))
    learn_decisions(claim_rows(found, knowhow.schema), folder / CLAIMS)


def _train_pairs(articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, folder: Path) -> None:
    found = layouts(articles, knowhow, _half_models(scratch))
    learn_decisions(glance_rows(found, knowhow.schema), folder / PAIRS)


def _train_figures(articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, folder: Path) -> None:
    found = layouts(articles, knowhow, _half_models(scratch))
    learn_choices(measure_rows(found), FIGURE, folder / FIGURES)


def _train_half_decisions(articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, half: int) -> None:
    """Claims and figures from one half, its names as the model of the other half finds them."""
    halves, mine = _half_models(scratch), _other_half(articles, half)
    found = [(a, *gold_layout(a, knowhow)) for a in mine]
    found += [(a, *found_layout(a, knowhow, halves[1 - half])) for a in mine]
    learn_decisions(glance_rows(found, knowhow.schema), _half(scratch, half) / PAIRS)
    learn_decisions(claim_rows(found, knowhow.schema), _half(scratch, half) / CLAIMS)
    learn_choices(measure_rows(found), FIGURE, _half(scratch, half) / FIGURES)


Judged = list[tuple[float, bool]]
"""Probabilities, and whether the annotation has what they were given to."""


def _calibrate(articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, folder: Path) -> None:
    """Measure on each half what the probabilities of the other half's models are worth."""
    one, other = _together([(_judge_half, articles, knowhow, scratch, half) for half in (0, 1)])
    lines = {CLAIM_LINE: fit(one[0] + other[0]), FIGURE_LINE: fit(one[1] + other[1])}
    save_calibration(lines, folder / CALIBRATION)


def _judge_half(
    articles: Sequence[Annotated], knowhow: Knowhow, scratch: Path, half: int
) -> tuple[Judged, Judged]:
    """Claims and figures of the articles of one half, judged by the models that never saw them."""
    models = load_models(_half(scratch, half))
    claims: Judged = []
    figures: Judged = []
    for article in articles[half::2]:
        found = found_layout(article, knowhow, models)
        claims += _judged_claims(article, *found, models, knowhow.schema)
        figures += _judged_figures(article, *found, models)
    return claims, figures


def _judged_claims(
    article: Annotated, layout: Layout, zone: int | None, ids: dict[int, str], models: Models, schema: Schema
) -> Iterator[tuple[float, bool]]:
    """The probability of every claim worth considering, and whether the annotation has it."""
    assert models.claims is not None
    true = _true_relations(article, schema)
    pairing = Pairing(layout, zone, rule_claims(layout, zone))
    for pair in pairing.pairs(models.pairs):
        for relation, trust in models.claims.probabilities(pair.features, pair.relations).items():
            if trust >= _CONSIDERED:
                yield trust, (ids[pair.subject], relation, ids[pair.object]) in true


def _judged_figures(
    article: Annotated, layout: Layout, zone: int | None, ids: dict[int, str], models: Models
) -> Iterator[tuple[float, bool]]:
    """The probability of every figure found, and whether the annotation has it."""
    true = _true_figures(article)
    rule_claims(layout, zone)
    for f in measured(layout, zone, models):
        yield f.confidence, (ids[f.subject], *normal_amount(f.value, f.unit)) in true


def _together(jobs: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Run independent jobs, each a function and what it is given, on all cores; give what they return."""
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as pool:
        return [done.result() for done in [pool.submit(job, *given) for job, *given in jobs]]
