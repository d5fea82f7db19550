"""The learned proposer of names: a linear-chain CRF over words, small, offline, ours.

Trained by ``kg train`` on annotated articles; see ``kg/train.py``. The rules' own choice is among
its features, so it learns where to trust them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from kg.extract.chain import Chain, Chances
from kg.extract.features import Painter
from kg.extract.reading import Candidate, Reading
from kg.segment import Token

OUTSIDE = "O"
_BONUS = 3.0
_start = attrgetter("start")


class Tagging:
    """What the model says of an article: its names, and how far it believes in those of the rules."""

    def __init__(self, reading: Reading, guesses: list[Candidate], model: Chain):
        self.names: list[Candidate] = []
        self._beliefs: dict[Candidate, float] = {}
        self._number, self._schema = model.number, reading.schema
        painter = Painter(reading, guesses)
        waiting = sorted(guesses, key=lambda c: c.start, reverse=True)
        found = model.label([painter.signs(sentence) for sentence in reading.sentences])
        for sentence, (path, chances) in zip(reading.sentences, found, strict=True):
            _, words = painter.words(sentence)
            for start, end, cls in spans([model.labels[i] for i in path]):
                low, high = words[start].start, words[end - 1].end
                trust = round(min(float(chances[at, path[at]]) for at in range(start, end)), 3)
                self.names.append(Candidate(low, high, cls, "model", high - low + _BONUS, (), trust))
            while waiting and waiting[-1].start < sentence.end:
                guess = waiting.pop()
                self._beliefs[guess] = self._belief(guess, words, chances)

    def belief(self, guess: Candidate) -> float:
        """How likely a rule's name is one of its class, and just that stretch: between 0 and 1."""
        return self._beliefs.get(guess, 0.0)

    def _belief(self, guess: Candidate, words: list[Token], chances: Chances) -> float:
        first = bisect_left(words, guess.start, key=_start)
        stop = bisect_left(words, guess.end, key=_start)
        base = self._schema.base(guess.cls)
        begin, inner = self._number.get(f"B-{base}"), self._number.get(f"I-{base}")
        if begin is None or inner is None or not first < stop:
            return 0.0
        if words[first].start != guess.start or words[stop - 1].end != guess.end:
            return 0.0
        sure: list[float] = [*chances[first + 1 : stop, inner].tolist(), float(chances[first, begin])]
        if stop < len(words):
            sure.append(1.0 - float(chances[stop, inner]))
        return min(sure)


def spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a BIO sequence: start, end, class.

    >>> list(spans(["O", "B-Zone", "I-Zone", "B-Place"]))
    [(1, 3, 'Zone'), (3, 4, 'Place')]
    """
    start, cls = -1, ""
    for at, tag in enumerate([*tags, OUTSIDE]):
        if start >= 0 and tag != f"I-{cls}":
            yield start, at, cls
            start = -1
        if tag.startswith("B-") or (tag.startswith("I-") and start < 0):
            start, cls = at, tag[2:]
