"""Cut repaired text into sentences and words. The one module that imports jieba.

jieba's own start-up is not used: it writes a cache to the shared temp folder, logs to stderr and
drops the part-of-speech column. Its dictionary is read here once, words and tags together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.lexicon import load_lexicon
from kg.model import Article, Sentence
from kg.schema import load_schema

_LONGEST = 1200
_END = re.compile(r"[。！？!?…]+[”’」』）)》]*|[;；](?=\S)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in text offsets with jieba's dictionary tag, ``x`` where it has none."""

    start: int
    end: int
    word: str
    tag: str


def fold(text: str) -> str:
    """Bring characters to one form for matching, one for one: offsets stay valid.

    Full-width letters, digits and brackets become half-width; the quotation marks “”‘’ stay.

    >>> fold("西部（重庆）科学城７０％")
    '西部(重庆)科学城70%'
    """
    return text.translate(_folding())


@cache
def _folding() -> dict[int, str]:
    table = {}
    for code in (*range(0xFF01, 0xFF5F), 0x3000, 0x00A0, *range(0x2000, 0x200B)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1:
            table[code] = folded
    return table


def sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article's blocks in order; a heading is one sentence.

    A stretch without an end longer than any real sentence is cut at a pause, so that work per
    sentence stays bounded on text that is none.
    """
    for index, block in enumerate(article.blocks):
        at = block.start
        for match in _END.finditer(article.text, block.start, block.end):
            yield from _bounded(article.text, at, match.end(), block.kind, index)
            at = match.end()
        if article.text[at : block.end].strip():
            yield from _bounded(article.text, at, block.end, block.kind, index)


def _bounded(text: str, start: int, end: int, kind: str, block: int) -> Iterator[Sentence]:
    while end - start > _LONGEST:
        pause = max(text.rfind(mark, start + 1, start + _LONGEST) for mark in "，,、 ")
        cut = pause + 1 if pause > start else start + _LONGEST
        yield Sentence(start, cut, kind, block)
        start = cut
    yield Sentence(start, end, kind, block)


def tokens(text: str, start: int = 0) -> list[Token]:
    """Cut ``text`` into words whose offsets begin at ``start``.

    Words that no dictionary has stay single characters: a guessed word (与昌飞 for 与 昌飞) would
    swallow the function words at which names end.
    """
    tokenizer, tags = _engine()
    found = []
    for word in tokenizer.cut(text, HMM=False):
        end = start + len(word)
        found.append(Token(start, end, word, tags.get(word, "x")))
        start = end
    return found


def engine() -> str:
    """Name the word cutter and its version, for the build's record."""
    import jieba

    return f"jieba {jieba.__version__}"


@cache
def _engine() -> tuple[Any, dict[str, str]]:
    """A tokenizer of our own, its dictionary set from the packaged file, and the word tags."""
    import warnings

    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes and imports pkg_resources where it is there.
        warnings.simplefilter("ignore")
        import jieba
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None
    counts, tags, total = _dictionary(Path(spec.origin).parent / "dict.txt")
    for word, tag in _own_words():
        _add(word, tag, counts, tags)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = counts, total, True
    return tokenizer, tags


def _own_words() -> Iterator[tuple[str, str]]:
    """Words that news of this kind is made of: known names, name endings, fields of industry."""
    lexicon, schema = load_lexicon(), load_schema()
    kinds = {"Place": "ns", "Zone": "ns", "Person": "nr"}
    for surface, entry in lexicon.entries.items():
        yield surface, kinds.get(entry.cls, "nt")
    for word in (*lexicon.industries, *(t for t in lexicon.titles if len(t) <= 4)):
        yield word, "n"
    for word in lexicon.words("names", "word"):
        yield word, "nt" if word[-1] in "局厅部委办" else "n"
    for name, words in lexicon.lists["names"].items():
        for word in sorted(words):
            yield word, "v" if name == "predicate" else "n"
    for info in schema.classes.values():
        for word in (*info.endings, *info.class_words):
            yield word, "n"
    for relation in schema.relations.values():
        for word in (*relation.verbs, *relation.inverse_verbs, *relation.passives):
            yield word, "v"


def _add(word: str, tag: str, counts: dict[str, int], tags: dict[str, str]) -> None:
    """Add a word of two characters or more with a weight that keeps it whole."""
    if len(word) < 2 or any(char in word for char in " ()（）·"):
        return
    counts[word] = max(counts.get(word, 0), 2000 if len(word) > 2 else 300)
    if tag in ("ns", "nt"):
        tags[word] = tag
    tags.setdefault(word, tag)
    for size in range(1, len(word)):
        counts.setdefault(word[:size], 0)


def _dictionary(path: Path) -> tuple[dict[str, int], dict[str, str], int]:
    """Word counts with every prefix of every word (count 0), tags, and the sum of counts."""
    counts: dict[str, int] = {}
    tags: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        counts[word] = int(count)
        tags[word] = tag
    total = sum(counts.values())
    for word in tags:
        for size in range(1, len(word)):
            counts.setdefault(word[:size], 0)
    return counts, tags, total
