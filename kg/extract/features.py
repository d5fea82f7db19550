"""What the sequence model sees of each character: itself, its word, word lists, endings, the rules' guesses.

Features are short strings. Everything here is a pure function of the reading, shared by training
and use.
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

_TYPES = (
    (re.compile(r"\d"), "9"),
    (re.compile(r"[A-Za-z]"), "A"),
    (re.compile(r"[“‘《]"), "<"),
    (re.compile(r"[”’》]"), ">"),
    (re.compile(r"[()]"), "("),
    (re.compile(r"[,，、。;；:：!！?？]"), "p"),
)
_AHEAD = 14
_DEEPEST = 4
_WIDEST = 600


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    for pattern, name in _TYPES:
        if pattern.match(char):
            return name
    return "H" if "\u3400" <= char <= "\u9fff" else "o"


class Painter:
    """Article-wide layers of marks, from which the features of a sentence are drawn."""

    def __init__(self, reading: Reading, guesses: Iterable[Candidate]):
        self.reading = reading
        self.layers: dict[int, list[str]] = defaultdict(list)
        self._guesses(guesses)
        self._lists()
        self._endings()
        self._quotes()
        self._aliases()
        self._repeats()

    def _paint(self, start: int, end: int, name: str) -> None:
        for at in range(start, end):
            place = "S" if end - start == 1 else "B" if at == start else "E" if at == end - 1 else "I"
            self.layers[at].append(f"{name}-{place}")

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
            for offset in range(1, 4):
                self.layers[start - offset].append(f"t>{offset}")
                self.layers[end - 1 + offset].append(f"t<{offset}")
        for start, end in reading.find(industry_matcher(reading.lexicon)):
            self._paint(start, end, "i")
        for start, end in reading.find(verb_matcher(reading.schema)):
            self._paint(start, end, "v")

    def _endings(self) -> None:
        """Each ending marks itself, and how far ahead it is to the characters before it."""
        nearest: dict[int, str] = {}
        for start, end, cls in ending_marks(self.reading):
            base = self.reading.schema.base(cls)
            self._paint(start, end, f"e={base}")
            for at in range(max(0, start - _AHEAD), start):
                distance = start - at
                bucket = distance if distance < 6 else 6 if distance < 10 else 10
                nearest.setdefault(at, f"a={base}:{bucket}") if distance > 6 else nearest.__setitem__(
                    at, f"a={base}:{bucket}"
                )
        for at, name in nearest.items():
            self.layers[at].append(name)

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
                self.layers[at].append(f"qb={behind}")

    def _aliases(self) -> None:
        """A bracket's short form, and the place that it abbreviates."""
        for alias in aliases(self.reading):
            self._paint(alias.start, alias.end, "x")
            self.layers[alias.full_end - 1].append("x<")

    def _repeats(self) -> None:
        """Stretches that stand more than once in the article: names do, phrases seldom."""
        text = self.reading.text
        grams: Counter[str] = Counter()
        for sentence in self.reading.sentences:
            chunk = text[sentence.start : sentence.end]
            grams.update(chunk[i : i + 3] for i in range(len(chunk) - 2))
        for sentence in self.reading.sentences:
            at = sentence.start
            while at < sentence.end - 2:
                end = at
                while (
                    end < sentence.end - 2
                    and grams[text[end : end + 3]] > 1
                    and text[end : end + 3].isalnum()
                ):
                    end += 1
                if end > at:
                    self._paint(at, end + 2, "n" if end + 2 - at <= 12 else "N")
                    at = end + 2
                else:
                    at += 1

    def features(self, sentence: Sentence) -> list[list[str]]:
        """Features of each character of a sentence, in order."""
        text = self.reading.text
        chars = text[sentence.start : sentence.end]
        words = self._words(sentence)
        padded = f"^^{chars}^^"
        rows = []
        for i, char in enumerate(chars):
            at = sentence.start + i
            row = ["b", f"k={sentence.kind}" if sentence.kind != "paragraph" else "k"]
            row += self._window(padded, i)
            row += words[i]
            row += self.layers.get(at, ())
            for offset in (-1, 1):
                row += [
                    f"{offset}{name}" for name in self.layers.get(at + offset, ()) if name[0] in "rgetiqn"
                ]
            row.append(f"T={_kind(char)}")
            rows.append(row)
        return rows

    def _window(self, padded: str, i: int) -> list[str]:
        def at(k: int) -> str:
            return padded[i + k + 2]

        return [
            f"0{at(0)}", f"-1{at(-1)}", f"+1{at(1)}", f"-2{at(-2)}", f"+2{at(2)}",
            f"<{at(-1)}{at(0)}", f">{at(0)}{at(1)}", f"<<{at(-2)}{at(-1)}", f">>{at(1)}{at(2)}",
            f"K{_kind(at(-1))}{_kind(at(0))}{_kind(at(1))}",
        ]  # fmt: skip

    def _words(self, sentence: Sentence) -> list[list[str]]:
        """For each character its word, place in it, tag, and the words around."""
        reading = self.reading
        rows: list[list[str]] = [[] for _ in range(sentence.end - sentence.start)]
        first = reading.token_starting.get(sentence.start)
        if first is None:
            return rows
        tokens = reading.tokens
        index = first
        while index < len(tokens) and tokens[index].end <= sentence.end:
            token = tokens[index]
            before = tokens[index - 1].word if index > first else "^"
            after = (
                tokens[index + 1]
                if index + 1 < len(tokens) and tokens[index + 1].end <= sentence.end
                else None
            )
            listed = self._listed(token.word)
            for at in range(token.start, token.end):
                place = (
                    "S"
                    if len(token.word) == 1
                    else "B"
                    if at == token.start
                    else "E"
                    if at == token.end - 1
                    else "I"
                )
                rows[at - sentence.start] = [
                    f"w{place}", f"W={token.word}", f"W-={before}", f"W+={after.word if after else '^'}",
                    f"P={token.tag}{place}", f"P+={after.tag if after else '^'}{place}", *listed,
                ]  # fmt: skip
            index += 1
        return rows

    def _listed(self, word: str) -> list[str]:
        names = ("boundary", "predicate", "inner", "lead", "generic", "apposition")
        return [f"L={name[:2]}" for name in names if self.reading.word("names", name, word)]
