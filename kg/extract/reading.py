"""An article laid out for the rules: folded text, words, sentences and quotation marks by place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from kg.extract.openings import Openings
from kg.lexicon import Lexicon, Matcher, lexicon_of, load_lexicon
from kg.model import Article, Sentence
from kg.schema import Schema, load_schema, shipped_schema
from kg.segment import Token, fold, sentences, tokens

# Blocks that speak of the page rather than of the world (annotation: article metadata).
_SILENT = frozenset({"byline", "credit", "banner", "dateline"})
_PAIRS = {"“": "”", "‘": "’", "《": "》", "(": ")", "〈": "〉", "「": "」"}


FoundT = TypeVar("FoundT")


@lru_cache(maxsize=8)
def verb_words(schema: Schema) -> frozenset[str]:
    """Every cue verb of every relation."""
    return frozenset(
        word
        for info in schema.relations.values()
        for word in (*info.verbs, *info.inverse_verbs, *info.passives)
    )


class Candidate(NamedTuple):
    """A stretch of text that a mention rule proposes as a name of class ``cls``.

    ``weight`` decides between overlapping proposals; ``aliases`` are further names that the same
    place gives to the thing, such as the quoted core of “五联”活动.
    """

    start: int
    end: int
    cls: str
    rule: str
    weight: float
    aliases: tuple[str, ...] = ()
    confidence: float = 0.9

    def heavier(self, weight: float) -> Candidate:
        """The same with more weight; quicker than ``_replace``."""
        return Candidate(
            self.start, self.end, self.cls, self.rule, self.weight + weight, self.aliases, self.confidence
        )


@dataclass(frozen=True, slots=True)
class Knowhow:
    """What an article is read with: ontology, word lists, and whether the rules have a say.

    Without rules (for measuring what each part brings) the models alone find names and claims.
    """

    schema: Schema
    lexicon: Lexicon
    rules: bool = True


def common_knowhow() -> Knowhow:
    """The ontology and the word lists of the package."""
    return Knowhow(shipped_schema(), load_lexicon())


@cache
def knowhow_of(ontology: Path) -> Knowhow:
    """What articles are read with for an ontology of one's own.

    Raises:
        OntologyError: the file has a mistake.
    """
    schema = load_schema(ontology)
    return Knowhow(schema, lexicon_of(schema))


def once(rule: Callable[[Reading], Iterable[FoundT]]) -> Callable[[Reading], list[FoundT]]:
    """Keep what a rule finds in an article, for the rules that ask for it again."""

    @wraps(rule)
    def found(reading: Reading) -> list[FoundT]:
        if rule not in reading.kept:
            reading.kept[rule] = list(rule(reading))
        return cast(list[FoundT], reading.kept[rule])

    return found


class Reading:
    """What every rule looks at. Built once per article, never changed."""

    def __init__(self, article: Article, knowhow: Knowhow):
        self.article = article
        self.knowhow = knowhow
        self.schema = knowhow.schema
        self.lexicon = knowhow.lexicon
        self.text = fold(article.text)
        self.sentences = [s for s in sentences(article) if s.kind not in _SILENT]
        self.kept: dict[Callable[[Reading], Any], list[Any]] = {}
        self._found: dict[Matcher, list[tuple[int, int]]] = {}

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.end for sentence in self.sentences]

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of all sentences that speak, in order."""
        found: list[Token] = []
        for sentence in self.sentences:
            found += tokens(self.text[sentence.start : sentence.end], sentence.start, self.lexicon)
        return found

    @cached_property
    def token_ending(self) -> dict[int, int]:
        """Index of the token that ends at a text offset."""
        return {token.end: i for i, token in enumerate(self.tokens)}

    @cached_property
    def token_starting(self) -> dict[int, int]:
        """Index of the token that starts at a text offset."""
        return {token.start: i for i, token in enumerate(self.tokens)}

    @cached_property
    def pairs(self) -> dict[int, int]:
        """Closing place of every opening quotation mark or bracket, within one sentence's block."""
        found: dict[int, int] = {}
        for block in self.article.blocks:
            stack: list[int] = []
            for at in range(block.start, block.end):
                char = self.text[at]
                if char in _PAIRS:
                    stack.append(at)
                elif stack and char == _PAIRS[self.text[stack[-1]]]:
                    found[stack.pop()] = at
        return found

    @cached_property
    def openings(self) -> dict[int, int]:
        """Opening place of every closing quotation mark or bracket."""
        return {close: start for start, close in self.pairs.items()}

    def word(self, section: str, name: str, word: str) -> bool:
        """Tell whether a closed list has the word."""
        return word in self.lexicon.words(section, name)

    def ends_names(self, word: str) -> bool:
        """Tell whether a word is a function word or a plain predicate, which no name reaches across."""
        return self.word("names", "boundary", word) or self.word("names", "predicate", word)

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence around a text offset, ``None`` in a silent block."""
        at = bisect_right(self._sentence_ends, place)
        around = at < len(self.sentences) and self.sentences[at].start <= place
        return self.sentences[at] if around else None

    @cached_property
    def _ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    def tokens_between(self, low: int, high: int) -> list[Token]:
        """The words that lie wholly inside a stretch; none where no word starts at its left edge."""
        index = self.token_starting.get(low)
        return [] if index is None else self.tokens[index : bisect_right(self._ends, high)]

    def find(self, matcher: Matcher) -> list[tuple[int, int]]:
        """Return where the words of a matcher stand in the sentences that speak; looked for once."""
        if matcher not in self._found:
            self._found[matcher] = [
                found
                for sentence in self.sentences
                for found in self.find_between(matcher, sentence.start, sentence.end)
            ]
        return self._found[matcher]

    def find_between(self, matcher: Matcher, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield where the words of a matcher stand in a stretch of one sentence."""
        return matcher.among(self.text, self._openings.between(matcher, low, high), high)

    @cached_property
    def _openings(self) -> Openings:
        return Openings(self.text)

    def aligned(self, start: int, end: int) -> bool:
        """Tell whether a stretch begins and ends where words do."""
        return start in self.token_starting and end in self.token_ending
