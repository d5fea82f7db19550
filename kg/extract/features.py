"""What the sequence model sees of each word: itself, its neighbours, word lists, endings, the rules' guesses.

Of each word it is told what stands in some columns (``TEMPLATES``), and the marks that lists, rules and
quotations paint on it (``spell``); both also of the words up to two away. Everything here is a pure
function of the reading, shared by training and use. Words are the unit, not characters: names begin and
end where words do in 99.6 % of the training corpus, and half as many steps see twice as far.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from kg.extract.clauses import verb_matcher
from kg.extract.endings import ending_marks
from kg.extract.known import aliases, gazetteer_matcher, industry_matcher
from kg.extract.people import title_matcher
from kg.extract.reading import Candidate, Reading
from kg.extract.repeats import repeated
from kg.extract.telling import ALWAYS, BETWEEN, REACH, WORD, Run, Scheme, Signs, Spelling, Templates
from kg.lexicon import Lexicon
from kg.model import Sentence
from kg.segment import Token

_TYPES = (
    (re.compile(r"\d"), "9"),
    (re.compile(r"[A-Za-z]"), "A"),
    (re.compile(r"[“‘《]"), "<"),
    (re.compile(r"[”’》]"), ">"),
    (re.compile(r"[()]"), "("),
    (re.compile(r"[,，、。;；:：!！?？]"), "p"),
)
_LISTS = ("boundary", "predicate", "inner", "lead", "generic", "apposition")
_AHEAD = 6
_DEEPEST = 4
_WIDEST = 600
_LONG_REPEAT = 12
_NEXT = frozenset("rRgetiqnva")
_NEXT_BUT_ONE = frozenset("rget")
_word, _tag = attrgetter("word"), attrgetter("tag")
_NO_MARKS: list[list[str]] = [[] for _ in range(REACH)]
# What stands before and behind the words of a sentence; no word of a text has a line break.
_EDGE, _BEYOND = "\n^", "\n^^"
_FACES = (WORD, "shape", "first", "last", "first two", "last two")
_EDGES = {_EDGE: dict.fromkeys(_FACES, "^"), _BEYOND: dict.fromkeys(_FACES, "") | {WORD: "^^"}}


@lru_cache(maxsize=8192)
def face(word: str) -> dict[str, str]:
    """What a word shows by itself.

    >>> face("高新区")
    {'word': '高新区', 'shape': 'H3', 'first': '高', 'last': '区', 'first two': '高新', 'last two': '新区'}
    """
    if word in _EDGES:
        return _EDGES[word]
    two, last_two = (word[:2], word[-2:]) if len(word) > 1 else ("", "")
    return dict(zip(_FACES, (word, _shape(word), word[0], word[-1], two, last_two), strict=True))


def _shape(word: str) -> str:
    """What a word is made of, with its length in characters up to five."""
    char = word[-1]
    kind = next((name for pattern, name in _TYPES if pattern.match(char)), "")
    kind = kind or ("H" if "\u3400" <= char <= "\u9fff" else "o")
    return kind if len(word) == 1 else f"{kind}{min(len(word), 5)}"


class Painter:
    """Article-wide layers of marks on words, from which the features of a sentence are drawn."""

    def __init__(self, reading: Reading, guesses: Iterable[Candidate]):
        self.reading = reading
        self.tokens = reading.tokens
        self.layers: dict[int, list[str]] = defaultdict(list)
        self._listed = _lists(reading.lexicon)
        self._at: list[int | None] = [None] * (len(reading.text) + 1)
        for i, token in enumerate(self.tokens):
            self._at[token.start : token.end] = [i] * len(token.word)
        self._guesses(guesses)
        self._lists()
        self._endings()
        self._quotes()
        self._aliases()
        self._repeats()

    def _paint(self, start: int, end: int, name: str) -> None:
        """Mark the words of a stretch; a small letter says that its edge lies inside the word."""
        first, last = self._at[start], self._at[end - 1]
        if first is None or last is None:
            return
        opens, closes = self.tokens[first].start == start, self.tokens[last].end == end
        if first == last:
            place = "S" if opens and closes else "b" if opens else "e" if closes else "i"
            self.layers[first].append(f"{name}-{place}")
            return
        self.layers[first].append(f"{name}-{'B' if opens else 'b'}")
        self.layers[last].append(f"{name}-{'E' if closes else 'e'}")
        for index in range(first + 1, last):
            self.layers[index].append(f"{name}-I")

    def _mark(self, at: int, name: str) -> None:
        index = self._at[at]
        if index is not None:
            self.layers[index].append(name)

    def _guesses(self, guesses: Iterable[Candidate]) -> None:
        for c in guesses:
            rule = c.rule.split(":")[0]
            self._paint(c.start, c.end, f"r={self.reading.schema.base(c.cls)}")
            self._paint(c.start, c.end, f"R={rule}")

    def _lists(self) -> None:
        reading = self.reading
        for start, end in reading.find(gazetteer_matcher(reading.lexicon)):
            self._paint(start, end, f"g={reading.lexicon.entries[reading.text[start:end]].cls}")
        for start, end in reading.find(title_matcher(reading.lexicon, reading.schema)):
            self._paint(start, end, "t")
        for start, end in reading.find(industry_matcher(reading.lexicon)):
            self._paint(start, end, "i")
        for start, end in reading.find(verb_matcher(reading.schema)):
            self._paint(start, end, "v")

    def _endings(self) -> None:
        """Each ending marks itself, and how many words ahead it is to the words before it."""
        nearest: dict[int, tuple[int, str]] = {}
        for start, end, cls in ending_marks(self.reading):
            base = self.reading.schema.base(cls)
            self._paint(start, end, f"e={base}")
            index = self._at[start]
            if index is None:
                continue
            for distance in range(1, min(_AHEAD, index) + 1):
                mark = (distance, f"a={base}:{distance}")
                if nearest.setdefault(index - distance, mark)[0] > distance:
                    nearest[index - distance] = mark
        for index, (_, name) in nearest.items():
            self.layers[index].append(name)

    def _quotes(self) -> None:
        """Inside quotation marks: which, how long, and the word behind."""
        reading = self.reading
        depth: Counter[int] = Counter()
        for opening, close in sorted(reading.pairs.items()):
            if depth[opening] >= _DEEPEST or close - opening > _WIDEST:
                continue  # real quotations neither nest so deep nor run so long
            depth.update(range(opening, close + 1))
            mark, size = reading.text[opening], close - opening - 1
            bucket = "s" if size <= 6 else "m" if size <= 16 else "l"
            behind = reading.text[close + 1 : close + 3]
            self._paint(opening, close + 1, f"q{mark}{bucket}")
            for at in (opening, opening + 1, close):
                self._mark(at, f"qb={behind}")

    def _aliases(self) -> None:
        """A bracket's short form, and the place that it abbreviates."""
        for alias in aliases(self.reading):
            self._paint(alias.start, alias.end, "x")
            self._mark(alias.full_end - 1, "x<")

    def _repeats(self) -> None:
        """Stretches that stand more than once in the article: names do, phrases seldom."""
        for start, end in repeated(self.reading.text, self.reading.sentences):
            self._paint(start, end, "n" if end - start <= _LONG_REPEAT else "N")

    def words(self, sentence: Sentence) -> tuple[int, list[Token]]:
        """The words of a sentence and the number of the first."""
        first = self.reading.token_starting.get(sentence.start, 0)
        return first, self.reading.tokens_between(sentence.start, sentence.end)

    def signs(self, sentence: Sentence) -> Signs:
        """What the model is told of the words of a sentence."""
        first, tokens = self.words(sentence)
        words = [_BEYOND, _EDGE, *map(_word, tokens), _EDGE, _BEYOND]
        columns = {WORD: words, "tag": ["", "^", *map(_tag, tokens), "^", ""]}
        kind = [] if sentence.kind == "paragraph" else [f"k={sentence.kind}"]
        layers, listed = self.layers, self._listed
        marks = [
            [*kind, *listed.get(token.word, ()), *layers.get(number, ())]
            for number, token in enumerate(tokens, start=first)
        ]
        return Signs(columns, [*_NO_MARKS, *marks, *_NO_MARKS])


@lru_cache(maxsize=4)
def _lists(lexicon: Lexicon) -> dict[str, list[str]]:
    """The closed lists that each of their words is in."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in _LISTS:
        for word in sorted(lexicon.lists["names"].get(name, ())):
            found[word].append(f"L={name[:2]}")
    return found


TEMPLATES: Templates = {
    WORD: {"W=": 0, "W-=": 1, "W+=": -1, "W--=": 2, "W++=": -2},
    "tag": {"P=": 0, "P-=": 1, "P+=": -1},
    "shape": {"K=": 0},
    "first": {"p1=": 0, "+p1=": -1},
    "last": {"s1=": 0, "-s1=": 1, "+s1=": -1},
    "first two": {"p2=": 0},
    "last two": {"s2=": 0},
    "couple": {"W-W=": 0, "WW+=": -1},
    "tags": {"PP=": 0},
    "shapes": {"KK=": 0},
}
"""What each column, run and face tells to which word, such as the first character to that before."""


RUNS: Mapping[str, Run] = {
    "couple": Run(WORD, (-1, 0)),
    "tags": Run("tag", (-1, 0, 1)),
    "shapes": Run("shape", (-1, 0, 1)),
}
"""What is told side by side as one: each word with the one before it, tags and shapes in threes."""


def spell(mark: str) -> Spelling:
    """The features that a mark gives to the words around it: of the one behind it, it is ``-1`` away.

    >>> spell("v-S"), spell("L=bo")
    ({0: 'v-S', -1: '1v-S', 1: '-1v-S'}, {0: 'L=bo'})
    """
    found = {0: mark}
    for distance in (-2, -1, 1, 2):
        if mark[0] in (_NEXT if abs(distance) == 1 else _NEXT_BUT_ONE):
            found[distance] = f"{-distance}{mark}"
    return found


SCHEME = Scheme(TEMPLATES, RUNS, spell, face)
"""What the words of a sentence are told by."""


def _values(signs: Signs, name: str) -> Sequence[str]:
    """The values of a column, of one of the faces of the words, or of a run."""
    run = RUNS.get(name)
    if run is None:
        return [face(word)[name] for word in signs.columns[WORD]] if name in _FACES else signs.columns[name]
    values, reach = _values(signs, run.of), max(map(abs, run.at))
    beside = [values[reach + distance : len(values) - reach + distance] for distance in run.at]
    edge = [""] * reach
    return [*edge, *map(BETWEEN.join, zip(*beside, strict=True)), *edge]


def spelled(signs: Signs) -> list[list[str]]:
    """All features of each word of a sentence, to learn from."""
    rows = [[ALWAYS] for _ in range(signs.places)]
    for name, prefixes in TEMPLATES.items():
        for prefix, distance in prefixes.items():
            for place, value in enumerate(_values(signs, name)):
                if value and 0 <= place + distance < len(rows):
                    rows[place + distance].append(prefix + value)
    for place, marks in enumerate(signs.marks):
        for mark in marks:
            for distance, feature in spell(mark).items():
                rows[place + distance].append(feature)
    return rows[REACH:-REACH]
