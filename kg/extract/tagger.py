"""The learned proposer of names: a linear-chain CRF over words, small, offline, ours.

Trained by ``kg train`` on annotated articles; see ``kg/train.py``. The rules' own choice is among
its features, so it learns where to trust them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pycrfsuite

from kg.extract.features import Painter
from kg.extract.reading import Candidate, Reading

OUTSIDE = "O"
_BONUS = 3.0


class Tagging:
    """What the model says of an article: names, and how likely each character is inside one.

    ``inside`` is known where the rules guess a name or the model finds one, and 0 elsewhere.
    """

    def __init__(self, reading: Reading, guesses: list[Candidate], model: pycrfsuite.Tagger):
        self.names: list[Candidate] = []
        self.inside = [0.0] * len(reading.text)
        painter = Painter(reading, guesses)
        guessed = {at for c in guesses for at in range(c.start, c.end)}
        known = OUTSIDE in model.labels()
        for sentence in reading.sentences:
            _, words = painter.words(sentence)
            model.set(painter.features(sentence))
            tags = model.tag()
            for start, end, cls in spans(tags):
                trust = min(model.marginal(tags[at], at) for at in range(start, end))
                low, high = words[start].start, words[end - 1].end
                self.names.append(
                    Candidate(low, high, cls, "model", high - low + _BONUS, (), round(trust, 3))
                )
            for number, word in enumerate(words if known else ()):
                if word.start in guessed or word.end - 1 in guessed:
                    inside = 1.0 - model.marginal(OUTSIDE, number)
                    self.inside[word.start : word.end] = [inside] * len(word.word)

    def belief(self, start: int, end: int) -> float:
        """Mean probability that the characters of a stretch belong to some name."""
        return sum(self.inside[start:end]) / (end - start)


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
