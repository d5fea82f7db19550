"""Words that reading needs beside the ontology's cues: gazetteers, surnames, titles, closed lists.

Gazetteers are tables (``name class aliases parent source``) in ``ontology/gazetteer``, to which
``kg.divisions`` adds the provinces, cities and counties; the closed lists stand in
``ontology/words.toml``.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from kg.divisions import divisions
from kg.errors import OntologyError
from kg.resources import ontology_dir
from kg.schema import Schema, shipped_schema


@dataclass(frozen=True, slots=True)
class Entry:
    """A known thing: its class, full name, containing place (or ``""``) and the form it is found by.

    ``wikidata`` is the number of its item (``Q16963``), or ``""`` where it is not certain.
    """

    cls: str
    name: str
    parent: str
    surface: str
    wikidata: str = ""


class Matcher:
    """Find the longest word of a set at each place of a text.

    Words are keyed by their first two characters. With ``kg.extract.openings``, which tells where those
    stand, an article is searched sooner than by an automaton in Rust that is called for each sentence.
    One-character words are allowed. ``heads`` are the first two characters of all words, ``single`` the
    words of one.

    >>> [m for m in Matcher(["高新区", "合肥高新区"]).find("在合肥高新区")]
    [(1, 6)]
    """

    def __init__(self, words: Iterable[str]):
        self._words = frozenset(words)
        self.single = frozenset(word for word in self._words if len(word) == 1)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}
        self.heads = frozenset(self._lengths)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def at(self, text: str, start: int, limit: int | None = None) -> int:
        """Return the end of the longest word that begins at ``start`` and ends by ``limit``, or -1."""
        limit = len(text) if limit is None else limit
        for size in self._lengths.get(text[start : start + 2], ()):
            end = start + size
            # A slice past the end is silently shorter, and may be a shorter word.
            if end <= limit and text[start:end] in self._words:
                return end
        return start + 1 if start < limit and text[start] in self.single else -1

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the leftmost longest words as spans that do not overlap."""
        yield from self.among(text, range(len(text)), len(text))

    def among(self, text: str, starts: Iterable[int], limit: int) -> Iterator[tuple[int, int]]:
        """Yield the leftmost longest words that begin at some places, in order, and end by ``limit``."""
        stop = 0
        for start in starts:
            if start >= stop and (end := self.at(text, start, limit)) > 0:
                yield start, end
                stop = end

    def everywhere(self, text: str, starts: Iterable[int], limit: int) -> Iterator[tuple[int, int]]:
        """Yield the longest word at each of some places that ends by ``limit``, also where words overlap."""
        for start in starts:
            if (end := self.at(text, start, limit)) > 0:
                yield start, end


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All word lists. ``lists["names"]["generic"]`` is a frozen set of words.

    ``schema`` is the ontology whose cue words the word cutter keeps whole.
    """

    entries: dict[str, Entry]
    surnames: frozenset[str]
    titles: frozenset[str]
    industries: frozenset[str]
    lists: dict[str, dict[str, frozenset[str]]]
    schema: Schema = field(default_factory=shipped_schema)

    def words(self, section: str, name: str) -> frozenset[str]:
        """Return one closed list, empty where the section does not have it."""
        return self.lists[section].get(name, frozenset())


@cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Read all word lists under an ontology folder; without one, those of the package.

    Raises:
        OntologyError: a table has a wrong header or row, named with its line.
    """
    root = folder or ontology_dir()
    gazetteer = root / "gazetteer"
    entries: dict[str, Entry] = {}
    for path in sorted(gazetteer.glob("*.tsv")):
        for number, entry in _table(path):
            first = entries.setdefault(entry.surface, entry)
            if first.cls == entry.cls and first.name != entry.name:
                raise OntologyError(
                    f"{path}:{number}: '{entry.surface}' 已指 already stands for '{first.name}'; "
                    f"从其一删去 drop it from one of them"
                )
    known = {entry.name for entry in entries.values()}
    for name, parent in divisions():
        if name not in known and name not in entries:
            entries[name] = Entry("Place", name, parent, name)
    return Lexicon(
        entries=entries,
        surnames=_lines(gazetteer / "surnames.txt"),
        titles=_lines(gazetteer / "titles.txt"),
        industries=_lines(gazetteer / "industry_heads.txt"),
        lists=_lists(root / "words.toml"),
    )


@lru_cache(maxsize=8)
def lexicon_of(schema: Schema) -> Lexicon:
    """The word lists for an ontology: those of the package, and what the ontology says itself.

    Known names, pronouns and list heads of classes that it does not have are left out; its own
    words go before the package's.
    """
    common = load_lexicon()
    if schema is common.schema:
        return common
    classes = schema.classes.values()
    entries = {surface: e for surface, e in common.entries.items() if e.cls in schema.classes}
    for thing in schema.known:
        for surface in (thing.name, *thing.aliases):
            entries[surface] = Entry(thing.cls, thing.name, "", surface, thing.wikidata)
    units = common.words("figures", "units") | set(schema.unit_words)
    lists = {
        **common.lists,
        "pronouns": _by_class(common.lists["pronouns"], {c.name: c.pronouns for c in classes}),
        "list_heads": _by_class(common.lists["list_heads"], {c.name: c.list_heads for c in classes}),
        "figures": {**common.lists["figures"], "units": units},
    }
    titles = common.titles | {word for info in classes for word in info.title_words}
    return replace(common, entries=entries, titles=titles, lists=lists, schema=schema)


def _by_class(
    common: dict[str, frozenset[str]], own: dict[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    """Words by class, each word with one class: what the ontology says of a word goes before."""
    said = {word for words in own.values() for word in words}
    return {name: frozenset(words) | (common.get(name, frozenset()) - said) for name, words in own.items()}


def _table(path: Path) -> Iterator[tuple[int, Entry]]:
    """Rows of one table by line: an entry for the full name, and one for each alias."""
    known = shipped_schema().classes
    with io.StringIO(_read(path), newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {"name", "class", "aliases", "parent"} <= set(rows.fieldnames or ()):
            raise OntologyError(f"{path}: 表头应为 the header must be: name class aliases parent source")
        for number, row in enumerate(rows, start=2):
            if not row["name"] or not row["class"]:
                raise OntologyError(f"{path}:{number}: 缺少名称或类别 a name or class is missing")
            if row["class"] not in known:
                raise OntologyError(
                    f"{path}:{number}: 本体无此类 no such class in the ontology: {row['class']}"
                )
            for surface in (row["name"], *(row["aliases"] or "").split("|")):
                if surface:
                    yield (
                        number,
                        Entry(
                            row["class"],
                            row["name"],
                            row["parent"] or "",
                            surface,
                            row.get("wikidata") or "",
                        ),
                    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: 不是 UTF-8 is not UTF-8; save it as UTF-8: {error}") from error
    except OSError as error:
        raise OntologyError(f"{path}: 无法读取 cannot be read: {error}") from error


def _lines(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    lines = (line.split("#")[0].strip() for line in _read(path).splitlines())
    return frozenset(line for line in lines if line)


def _lists(path: Path) -> dict[str, dict[str, frozenset[str]]]:
    try:
        tables = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{path}: TOML 语法错误 not valid TOML: {error}") from error
    return {
        section: {name: frozenset(text.split()) for name, text in lists.items()}
        for section, lists in tables.items()
    }
