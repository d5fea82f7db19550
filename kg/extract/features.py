"""What the sequence model sees of each word: itself, its neighbours, word lists, endings, the rules' guesses.

Features are short strings. Everything here is a pure function of the reading, shared by training
and use. Words are the unit, not characters: names begin and end where words do in 99.6 % of the
training corpus, and half as many steps see twice as far.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.clauses import verb_matcher
from kg.extract.endings import ending_marks
from kg.extract.known import aliases, gazetteer_matcher, industry_matcher
from kg.extract.people import title_matcher
from kg.extract.reading import Candidate, Reading
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


@lru_cache(maxsize=8192)
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
        text = self.reading.text
        grams: Counter[str] = Counter()
        for sentence in self.reading.sentences:
            chunk = text[sentence.start : sentence.end]
            grams.update(chunk[i : i + 3] for i in range(len(chunk) - 2))
        often = {gram for gram, count in grams.items() if count > 1 and gram.isalnum()}
        for sentence in self.reading.sentences:
            at = sentence.start
            while at < sentence.end - 2:
                end = at
                while end < sentence.end - 2 and text[end : end + 3] in often:
                    end += 1
                if end > at:
                    self._paint(at, end + 2, "n" if end + 2 - at <= _LONG_REPEAT else "N")
                    at = end + 2
                else:
                    at += 1

    def words(self, sentence: Sentence) -> tuple[int, list[Token]]:
        """The words of a sentence and the number of the first."""
        first = self.reading.token_starting.get(sentence.start, 0)
        return first, self.reading.tokens_between(sentence.start, sentence.end)

    def features(self, sentence: Sentence) -> list[list[str]]:
        """Features of each word of a sentence, in order."""
        first, tokens = self.words(sentence)
        words = ["^^", "^", *(t.word for t in tokens), "^", "^^"]
        tags = ["^", *(t.tag for t in tokens), "^"]
        shapes = ["^", *map(_shape, words[2:-2]), "^"]
        kind = [] if sentence.kind == "paragraph" else [f"k={sentence.kind}"]
        layers, last = self.layers, len(tokens) - 1
        rows = []
        for i in range(len(tokens)):
            index = first + i
            row = ["b", *kind, *_word_features(words, tags, shapes, i), *layers.get(index, ())]
            row += _listed(self.reading, words[i + 2])
            for offset, kinds in ((-2, _NEXT_BUT_ONE), (-1, _NEXT), (1, _NEXT), (2, _NEXT_BUT_ONE)):
                if 0 <= i + offset <= last and index + offset in layers:
                    row += [f"{offset}{name}" for name in layers[index + offset] if name[0] in kinds]
            rows.append(row)
        return rows


def _word_features(words: list[str], tags: list[str], shapes: list[str], i: int) -> list[str]:
    """A word, its neighbours, their tags, shapes, first and last characters."""
    before, word, after = words[i + 1], words[i + 2], words[i + 3]
    left, tag, right = tags[i], tags[i + 1], tags[i + 2]
    row = [
        f"W={word}", f"W-={before}", f"W+={after}", f"W--={words[i]}", f"W++={words[i + 4]}",
        f"W-W={before}|{word}", f"WW+={word}|{after}",
        f"P={tag}", f"P-={left}", f"P+={right}", f"PP={left}|{tag}|{right}",
        f"K={shapes[i + 1]}", f"KK={shapes[i]}|{shapes[i + 1]}|{shapes[i + 2]}",
        f"p1={word[0]}", f"s1={word[-1]}", f"-s1={before[-1]}", f"+p1={after[0]}", f"+s1={after[-1]}",
    ]  # fmt: skip
    if len(word) > 1:
        row += [f"p2={word[:2]}", f"s2={word[-2:]}"]
    return row


def _listed(reading: Reading, word: str) -> list[str]:
    """The closed lists that have a word."""
    lists = reading.lexicon.lists["names"]
    return [f"L={name[:2]}" for name in _LISTS if word in lists.get(name, ())]
