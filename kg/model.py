"""The things that flow through the pipeline: frozen values, no behaviour beyond looking at themselves.

Two coordinate systems are used and never mixed. *Source* offsets count characters of
``Document.text``, the file as decoded, line breaks and all. *Text* offsets count characters of
``Article.text``, the repaired text. ``Article.quote`` turns the second into the first. Both are
0-based and end-exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Document:
    """One input file as decoded.

    ``data.decode(encoding) == text`` holds for the file's bytes, so whoever has the file can
    check every offset. ``source`` names the file in the graph: a relative path with ``/``.
    """

    source: str
    sha256: str
    media_type: str
    encoding: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text with one role on the page.

    ``kind`` is one of ``kicker headline subhead dateline byline standfirst paragraph caption
    credit banner``.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in a source file: ``document.text[start:end] == exact``."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, repaired.

    ``text`` holds the article's blocks joined by ``"\\n"``, captions and credits last.
    ``offsets[i]`` is the source offset of ``text[i]``; a ``"\\n"`` that joins blocks has the
    offset of the character before it. ``order`` counts the articles of a file from 1. ``date``
    is ISO 8601 (``2025-06-24``, or ``2025-06`` where the day is not given).
    """

    document: Document = field(repr=False)
    order: int
    text: str
    offsets: tuple[int, ...] = field(repr=False)
    blocks: tuple[Block, ...]
    kicker: str | None = None
    headline: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    date: str | None = None
    publisher: str | None = None
    banner: str | None = None

    @property
    def id(self) -> str:
        """The article's name in the graph: ``page.txt#2`` is the second article of ``page.txt``."""
        return f"{self.document.source}#{self.order}"

    def quote(self, start: int, end: int) -> Quote:
        """Give the source place of ``text[start:end]``, what cuts through it included."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} outside a text of {len(self.text)} characters")
        places = self.offsets[start:end]
        low, high = min(places), max(places) + 1
        return Quote(low, high, self.document.text[low:high])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in text offsets, with the kind of its block and the block's index."""

    start: int
    end: int
    kind: str
    block: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an article names or points at a thing; ``referent`` indexes ``Record.referents``.

    A pronoun or a short form is a mention of the referent that it stands for.
    """

    cls: str
    surface: str
    start: int
    end: int
    rule: str
    referent: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Referent:
    """A thing that one article speaks of: its class and the names it has there, the fullest first."""

    cls: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between two referents, said by ``text[start:end]``; ``time`` is ISO 8601."""

    subject: int
    relation: str
    object: int
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    title: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a referent, said by ``text[start:end]``; ``value`` counts whole ``unit``s."""

    subject: int
    indicator: str
    value: Decimal
    unit: str
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one article yields. A pure function of the article, the ontology and the version."""

    article: Article
    referents: tuple[Referent, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    anchor: int | None = None
    """Index of the referent that the article is about (its zone), if there is one."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A quoted sentence: where it stands in which article's source, and the rule that read it."""

    article: str
    start: int
    end: int
    exact: str
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing. ``key`` is the readable last part of its IRI, unescaped."""

    key: str
    cls: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Label first, then the other names."""
        return (self.label, *self.aliases)


Key = tuple[str, str, str]
"""A fact's name: the key of its subject, the relation, the key of its object."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities (by key) with everything that says so, and the times that it names."""

    subject: str
    relation: str
    object: str
    confidence: float
    evidence: tuple[Evidence, ...]
    titles: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What the fact says, whoever says it."""
        return self.subject, self.relation, self.object


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure of an entity (by key) with everything that says so."""

    subject: str
    indicator: str
    value: Decimal
    unit: str
    time: str | None
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where an entity (by key) is named; ``evidence.exact`` is the name as printed."""

    entity: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that breaks the ontology, with its evidence: it is no fact of the graph.

    ``reason`` is one of ``domain range disjointness cardinality asymmetry reflexivity circle``;
    ``against`` is the surer fact that it contradicts.
    """

    claim: Fact
    reason: str
    message_zh: str
    message_en: str
    against: Key | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What all records together say; every tuple is in its canonical order."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    observations: tuple[Observation, ...]
    namings: tuple[Naming, ...]
    refused: tuple[Refusal, ...] = ()
    """What they say against the ontology."""
