"""Cut repaired text into sentences and words. The one module that imports jieba.

jieba's own start-up is not used: it writes a cache to the shared temp folder, logs to stderr and
drops the part-of-speech column. Its dictionary is read here once, words and tags together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import accumulate, repeat
from math import inf, log
from pathlib import Path
from typing import NamedTuple

from kg.lexicon import Lexicon, load_lexicon
from kg.model import Article, Sentence
from kg.terms import shipped

Cut = Callable[[str], Iterable[str]]

_LONGEST = 1200
# Organs that are named by a place or a body before them and need no ending of their own.
_ORGANS = frozenset(("市委", "区委", "县委", "省委", "州委", "支部", "总支", "党委", "处"))
_END = re.compile(r"[。！？!?…]+[”’」』）)》]*|[;；](?=\S)")


class Token(NamedTuple):
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


def tokens(text: str, start: int = 0, lexicon: Lexicon | None = None) -> list[Token]:
    """Cut ``text`` into words whose offsets begin at ``start``, the names of ``lexicon`` kept whole.

    Words that no dictionary has stay single characters: a guessed word (与昌飞 for 与 昌飞) would
    swallow the function words at which names end.
    """
    cut, tags = _engine(lexicon or load_lexicon())
    words = list(cut(text))
    edges = list(accumulate(map(len, words), initial=start))
    return list(map(Token, edges, edges[1:], words, map(tags.get, words, repeat("x"))))


def engine() -> str:
    """Name the word cutter in use and its version."""
    name = "rjieba" if find_spec("rjieba") else "jieba"
    return f"{name} {version(name)}"


@lru_cache(maxsize=4)
def _engine(lexicon: Lexicon) -> tuple[Cut, dict[str, str]]:
    """What cuts a text into words, with the packaged dictionary and our own words, and the word tags."""
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None
    counts, tags, total = _dictionary(Path(spec.origin).parent / "dict.txt")
    own = list(_own_words(lexicon))
    for word, tag in own:
        _add(word, tag, counts, tags)
    split = [word for word in (*_posts_in_one(lexicon), *_names_in_one(lexicon, tags)) if counts.get(word)]
    for word in split:
        counts[word] = 0
    if find_spec("rjieba"):
        changed = {word: counts[word] for word in (*(w for w, _ in own), *split) if word in counts}
        return _quick_cut(changed, tags), tags
    return _plain_cut(counts, total), tags


def _quick_cut(changed: dict[str, int], tags: dict[str, str]) -> Cut:
    """The cutter of the extra ``fast``: it has jieba's dictionary built in and is told what differs."""
    import rjieba

    tokenizer = rjieba.Jieba()
    for word, count in changed.items():
        tokenizer.add_word(word, count, tags.get(word, "n"))
    return lambda text: tokenizer.cut(text, False)


def _plain_cut(counts: dict[str, int], total: int) -> Cut:
    """jieba, its dictionary set rather than loaded."""
    import warnings

    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes and imports pkg_resources where it is there.
        warnings.simplefilter("ignore")
        import jieba

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
        """jieba's, but the words that begin at a place are listed and weighed in one pass, not two."""

        def get_DAG(self, sentence: str) -> dict[int, list[int]]:
            return {}

        def calc(self, sentence: str, dag: object, route: dict[int, tuple[float, int]]) -> None:
            _likeliest(sentence, counts, log_total, route)

    log_total = log(total)
    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = counts, total, True
    return lambda text: tokenizer.cut(text, HMM=False)


def _likeliest(
    text: str, counts: dict[str, int], log_total: float, route: dict[int, tuple[float, int]]
) -> None:
    """Put into ``route`` for each place how likely the best way to the end is and where its first word ends.

    ``counts`` has every prefix of every word. Of ways equally likely the longer first word wins.
    """
    count_of, stop = counts.get, len(text)
    ahead = [0.0] * (stop + 1)
    for start in range(stop - 1, -1, -1):
        best, last = -inf, start
        for end in range(start + 1, stop + 1):
            count = count_of(text[start:end])
            if count is None:
                break
            if count and (value := log(count) - log_total + ahead[end]) >= best:
                best, last = value, end - 1
        if best == -inf:
            best = ahead[start + 1] - log_total
        ahead[start] = best
        route[start] = (best, last)


def _own_words(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Words that news of this kind is made of: known names, name endings, fields of industry."""
    schema = lexicon.schema
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
        for before, verb in relation.prepositions:
            yield before, "p"
            yield verb, "v"
        for word in (*relation.nouns, *relation.inverse_nouns, *relation.appositions):
            yield word, "n"


def _names_in_one(lexicon: Lexicon, tags: Iterable[str]) -> Iterator[str]:
    """Words of the dictionary that end like a name: 神经外科 for an ontology with the ending 外科.

    For the shipped ontology they stay whole, as its models have learned them.
    """
    if lexicon.schema.path != shipped():
        own = {word for word, _ in _own_words(lexicon)}
        endings = tuple(e for info in lexicon.schema.classes.values() for e in info.endings if len(e) > 1)
        yield from (word for word in tags if endings and word.endswith(endings) and word not in own)


def _posts_in_one(lexicon: Lexicon) -> Iterator[str]:
    """Words that run from a body into its post: 党委书记, 局局长. The body's name must end inside."""
    bodies = {e for info in lexicon.schema.classes.values() for e in info.endings} | _ORGANS
    short = {body for body in bodies if len(body) <= 2}
    for title in lexicon.titles | {"常委"}:
        yield from (body + title for body in short)


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
