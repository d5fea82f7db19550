"""Articles written for a test, and what was read from them as a person would say it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal

from kg.extract import extract, guesses, lay_out, rule_claims
from kg.extract.clauses import Layout
from kg.extract.models import Models
from kg.extract.reading import Knowhow, Reading, common_knowhow
from kg.lexicon import load_lexicon
from kg.model import Article, Block, Document, Record, Referent
from kg.schema import Schema

RULES_ALONE = Models()


def write(
    text: str, headline: str = "", kicker: str = "", source: str = "园区报.txt", order: int = 1
) -> Article:
    """An article whose page is its own text; every line of ``text`` is a paragraph."""
    parts = [("kicker", kicker), ("headline", headline), *(("paragraph", line) for line in text.split("\n"))]
    parts = [(kind, part) for kind, part in parts if part]
    whole = "\n".join(part for _, part in parts)
    blocks, at = [], 0
    for kind, part in parts:
        blocks.append(Block(kind, at, at + len(part)))
        at += len(part) + 1
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(source, digest, "text/plain", "utf-8", whole)
    return Article(
        document,
        order,
        whole,
        tuple(range(len(whole))),
        tuple(blocks),
        kicker=kicker or None,
        headline=headline or None,
    )


def laid_out(text: str) -> tuple[Layout, int | None, dict[str, int]]:
    """The layout of a text by rules alone, its zone, and the things by name."""
    reading = Reading(write(text), common_knowhow())
    layout, zone = lay_out(reading, guesses(reading))
    rule_claims(layout, zone)
    return layout, zone, {name: i for i in layout.things.alive() for name in layout.things.names(i)}


def printed(code: str, seed: str) -> str:
    """What a process of its own, with this hash seed, prints."""
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    ).stdout


@dataclass(frozen=True)
class Told:
    """A record, asked by names."""

    record: Record
    schema: Schema

    def thing(self, name: str) -> Referent:
        """The one thing that has this name."""
        (found,) = (r for r in self.record.referents if name in r.names)
        return found

    def names(self, cls: str) -> set[str]:
        """The fullest names of the things of a class, subclasses included."""
        return {r.names[0] for r in self.record.referents if self.schema.is_a(r.cls, cls)}

    def claims(self) -> set[tuple[str, str, str]]:
        """Every claim by the fullest names of its ends."""
        names = [r.names[0] for r in self.record.referents]
        return {(names[c.subject], c.relation, names[c.object]) for c in self.record.claims}

    def pairs(self, relation: str) -> set[tuple[str, str]]:
        """The pairs of one relation."""
        return {(s, o) for s, r, o in self.claims() if r == relation}

    def posts(self) -> set[tuple[str, str, str | None]]:
        """Who holds which post where."""
        names = [r.names[0] for r in self.record.referents]
        return {
            (names[c.subject], names[c.object], c.title)
            for c in self.record.claims
            if c.relation == "holdsPosition"
        }

    def figures(self) -> set[tuple[str, Decimal, str]]:
        """Subject, value and unit of every figure."""
        return {(self.record.referents[f.subject].names[0], f.value, f.unit) for f in self.record.figures}

    def meant(self, word: str) -> list[str]:
        """What each place of a word stands for, in text order."""
        return [self.record.referents[m.referent].names[0] for m in self.record.mentions if m.surface == word]


def read(
    text: str, schema: Schema, headline: str = "", kicker: str = "", models: Models | None = RULES_ALONE
) -> Told:
    """Write an article and read it, by the rules alone or by other models (``None``: the trained ones)."""
    return Told(extract(write(text, headline, kicker), Knowhow(schema, load_lexicon()), models), schema)
