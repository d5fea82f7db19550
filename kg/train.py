"""Learn the models that extraction uses from annotated articles. Same articles, same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from kg.corpus import Annotated, as_article, load
from kg.errors import InputError
from kg.extract import guesses, lay_out, rule_claims
from kg.extract.clauses import Layout
from kg.extract.features import Painter
from kg.extract.figures import spots
from kg.extract.judge import NO, YES, rows
from kg.extract.measure import figure_rows
from kg.extract.models import CLAIMS, FIGURES, MENTIONS, VOCABULARY, Models, open_model, vocabulary
from kg.extract.pairs import Pairing
from kg.extract.reading import Reading
from kg.extract.refer import Referents, anchor
from kg.lexicon import Lexicon, load_lexicon
from kg.resolve import normal
from kg.schema import Schema, load_schema


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
    paths = sorted(corpus.glob("**/*.txt"))
    if not paths:
        raise InputError(f"{corpus}：没有语料文件 holds no corpus files (*.txt)")
    schema = load_schema()
    articles = [load(path, schema) for path in paths]
    train_all(articles, schema, load_lexicon(), models)
    return Learned(len(articles), sum(len(a.text) for a in articles), models)


def outermost(article: Annotated) -> list[tuple[int, int, str]]:
    """Named marks that lie in no other named mark, with their classes."""
    found: list[tuple[int, int, str]] = []
    named = [m for m in article.marks if m.named]
    for mark in sorted(named, key=lambda m: (m.start, -m.end)):
        if not found or mark.start >= found[-1][1]:
            found.append((mark.start, mark.end, article.classes[mark.id]))
    return found


def labels(article: Annotated, schema: Schema) -> list[str]:
    """A BIO tag for each character of an annotated article."""
    tags = ["O"] * len(article.text)
    for start, end, cls in outermost(article):
        base = schema.base(cls)
        tags[start:end] = [f"B-{base}"] + [f"I-{base}"] * (end - start - 1)
    return tags


def train_mentions(
    articles: Sequence[Annotated], schema: Schema, lexicon: Lexicon, model: Path, rounds: int = 120
) -> None:
    """Train the tagger of names and write it to ``model``."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.05, "max_iterations": rounds, "feature.minfreq": 2})
    for features, tags in mention_rows(articles, schema, lexicon):
        trainer.append(features, tags)
    trainer.train(str(model))


def mention_rows(
    articles: Iterable[Annotated], schema: Schema, lexicon: Lexicon
) -> Iterable[tuple[list[list[str]], list[str]]]:
    """Yield features and tags of every sentence."""
    for article in articles:
        reading = Reading(as_article(article), schema, lexicon)
        tags = labels(article, schema)
        painter = Painter(reading, guesses(reading))
        for sentence in reading.sentences:
            yield painter.features(sentence), tags[sentence.start : sentence.end]


def gold_layout(
    article: Annotated, schema: Schema, lexicon: Lexicon
) -> tuple[Layout, int | None, dict[int, str]]:
    """The layout of an article with the annotated names in place of found ones, and the id of each thing."""
    reading = Reading(as_article(article), schema, lexicon)
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
    article: Annotated, schema: Schema, lexicon: Lexicon, models: Models
) -> tuple[Layout, int | None, dict[int, str]]:
    """The layout of an article as extraction finds it; a thing the annotation lacks has the id ``""``."""
    layout, zone = lay_out(Reading(as_article(article), schema, lexicon), models)
    things = layout.things
    named = {
        (schema.base(cls), normal(name)): id
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


def layouts(
    articles: Sequence[Annotated], schema: Schema, lexicon: Lexicon, halves: Sequence[Models]
) -> Layouts:
    """Every article twice: with the annotated names, and with those that a model finds that never saw it.

    ``halves[i]`` was trained without the articles whose number leaves ``i`` when divided by their count.
    """
    for number, article in enumerate(articles):
        yield (article, *gold_layout(article, schema, lexicon))
        if halves:
            yield (article, *found_layout(article, schema, lexicon, halves[number % len(halves)]))


def half_models(
    articles: Sequence[Annotated], schema: Schema, lexicon: Lexicon, folder: Path
) -> list[Models]:
    """Two taggers, each trained on the half of the articles that the other is used on."""
    found = []
    for half in (0, 1):
        path = folder / f"half{half}.crfsuite"
        train_mentions([a for i, a in enumerate(articles) if i % 2 != half], schema, lexicon, path, rounds=60)
        found.append(Models(open_model(path)))
    return found


def claim_rows(found: Layouts, schema: Schema) -> Iterator[tuple[list[str], str]]:
    """Yield features and answer of every candidate pair and relation."""
    for article, layout, zone, ids in found:
        pairing = Pairing(layout, zone, rule_claims(layout, zone))
        true = {(r.subject, r.relation, r.object) for r in article.relations}
        true |= {
            (r.object, r.relation, r.subject)
            for r in article.relations
            if schema.relations[r.relation].symmetric
        }
        for pair in pairing.pairs():
            for relation, features in rows(pair, pairing.allowed(pair.subject, pair.object)):
                yield features, YES if (ids[pair.subject], relation, ids[pair.object]) in true else NO


def measure_rows(found: Layouts) -> Iterator[tuple[list[str], str]]:
    """Yield features and answer of every number with every thing near it."""
    for article, layout, zone, ids in found:
        rule_claims(layout, zone)
        true = {(m.subject, m.value.normalize(), m.unit) for m in article.measures}
        previous = None
        for spot in spots(layout, zone):
            for subject, features in figure_rows(layout, spot, zone, previous):
                right = (ids[subject], spot.value.normalize(), spot.unit) in true
                yield features, YES if right else NO
                previous = (spot.number, subject) if right else previous


def train_decisions(lines: Iterable[tuple[list[str], str]], model: Path, rounds: int = 100) -> None:
    """Train a model of yes-or-no decisions and write it to ``model``."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.5, "c2": 0.05, "max_iterations": rounds, "feature.minfreq": 2})
    for features, answer in lines:
        trainer.append([features], [answer])
    trainer.train(str(model))


def train_all(articles: Sequence[Annotated], schema: Schema, lexicon: Lexicon, folder: Path) -> None:
    """Learn all models from annotated articles and write them into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        halves = half_models(articles, schema, lexicon, Path(scratch))
        words = json.dumps(vocabulary(schema), ensure_ascii=False, indent=0)
        (folder / VOCABULARY).write_text(words + "\n", encoding="utf-8")
        train_mentions(articles, schema, lexicon, folder / MENTIONS)
        train_decisions(claim_rows(layouts(articles, schema, lexicon, halves), schema), folder / CLAIMS)
        train_decisions(measure_rows(layouts(articles, schema, lexicon, halves)), folder / FIGURES)
