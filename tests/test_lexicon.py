"""Word lists: the matcher against a plain search, and tables that keep their laws."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.divisions import divisions
from kg.errors import OntologyError
from kg.lexicon import Lexicon, Matcher, load_lexicon
from kg.resources import ontology_dir
from kg.schema import Schema

GAZETTEER = ontology_dir() / "gazetteer"
TABLES = sorted(GAZETTEER.glob("*.tsv"))
HEADER = "name\tclass\taliases\tparent\tsource\n"
PLACES = ("places.tsv", "districts.tsv")

words = st.lists(st.text(alphabet="高新区合肥", min_size=1, max_size=5), max_size=12)
texts = st.text(alphabet="高新区合肥在", max_size=40)
lawful = settings(deadline=None, derandomize=True, max_examples=200)


def slow_find(vocabulary: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Leftmost longest words that do not overlap, by trying every word at every place."""
    at = 0
    while at < len(text):
        longest = max((len(word) for word in vocabulary if text.startswith(word, at)), default=0)
        if longest:
            yield at, at + longest
        at += longest or 1


# The matcher


@lawful
@given(words, texts)
@example(["高", "高新区"], "高新")
@example(["高新区合", "高新"], "高新区")
def test_the_matcher_finds_what_trying_every_word_finds(vocabulary: list[str], text: str) -> None:
    assert list(Matcher(vocabulary).find(text)) == list(slow_find(vocabulary, text))


@lawful
@given(words, texts)
def test_what_is_found_is_a_word_and_finds_do_not_overlap(vocabulary: list[str], text: str) -> None:
    matcher, last = Matcher(vocabulary), 0
    for start, end in matcher.find(text):
        assert last <= start < end
        assert text[start:end] in matcher
        last = end


@lawful
@given(words, texts, st.integers(0, 45))
def test_the_matcher_tells_the_longest_word_at_a_place(vocabulary: list[str], text: str, place: int) -> None:
    ends = [place + len(word) for word in vocabulary if text.startswith(word, place) and place < len(text)]

    assert Matcher(vocabulary).at(text, place) == max(ends, default=-1)


@given(words, texts)
def test_everywhere_is_the_longest_word_at_each_place(vocabulary: list[str], text: str) -> None:
    matcher = Matcher(vocabulary)
    longest = {start: matcher.at(text, start) for start in range(len(text))}

    found = matcher.everywhere(text, range(len(text)), len(text))
    assert dict(found) == {start: end for start, end in longest.items() if end > 0}


@given(words, texts)
def test_neither_order_nor_repetition_of_words_matters(vocabulary: list[str], text: str) -> None:
    there = list(Matcher(vocabulary).find(text))

    assert list(Matcher(vocabulary[::-1] * 2).find(text)) == there


def test_a_matcher_without_words_finds_nothing() -> None:
    assert list(Matcher([]).find("合肥高新区")) == []


# The tables that ship


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def surfaces(row: dict[str, str]) -> list[str]:
    return [name for name in (row["name"], *row["aliases"].split("|")) if name]


ROWS = [(path.name, row) for path in TABLES for row in rows(path)]


def test_no_string_stands_for_two_things_or_in_two_classes() -> None:
    owners = defaultdict(set)
    for _, row in ROWS:
        for surface in surfaces(row):
            owners[surface].add((row["class"], row["name"]))

    assert {surface: things for surface, things in owners.items() if len(things) > 1} == {}


def test_a_name_has_one_row_and_no_alias_twice() -> None:
    names = [row["name"] for _, row in ROWS]

    assert len(set(names)) == len(names)
    assert [row["name"] for _, row in ROWS if len(set(surfaces(row))) != len(surfaces(row))] == []


def test_every_class_in_the_tables_is_in_the_ontology(schema: Schema) -> None:
    assert {row["class"] for _, row in ROWS} <= set(schema.classes)


def test_every_parent_is_a_place_of_the_tables_and_no_row_is_its_own() -> None:
    places = {row["name"] for name, row in ROWS if name in PLACES} | {name for name, _ in divisions()}

    assert {
        row["name"]: row["parent"] for _, row in ROWS if row["parent"] and row["parent"] not in places
    } == {}
    assert [row["name"] for _, row in ROWS if row["parent"] == row["name"]] == []


def test_following_parents_comes_to_an_end() -> None:
    parent = {row["name"]: row["parent"] for _, row in ROWS}
    for name in parent:
        seen = [name]
        while parent.get(seen[-1]):
            seen.append(parent[seen[-1]])
            assert len(seen) <= 6, seen


def test_cells_are_clean() -> None:
    for name, row in ROWS:
        assert None not in row, (name, row)
        for cell in (row["name"], row["class"], row["parent"], row["source"], *row["aliases"].split("|")):
            assert cell == cell.strip(), (name, row)
        assert len(row["name"]) > 1, (name, row)
        assert "" not in row["aliases"].split("|") or not row["aliases"], (name, row)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_plain_utf_8(path: Path) -> None:
    raw = path.read_bytes()

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert raw.decode("utf-8")


def test_the_lexicon_knows_every_name_and_alias_of_the_tables() -> None:
    entries = load_lexicon().entries
    for _, row in ROWS:
        for surface in surfaces(row):
            entry = entries[surface]
            assert (entry.cls, entry.name, entry.parent, entry.surface) == (
                row["class"], row["name"], row["parent"], surface,
            )  # fmt: skip


def test_the_short_form_of_a_zone_leads_to_its_full_name() -> None:
    entries = load_lexicon().entries

    assert entries["三明国家高新区"].name == "三明高新区"
    assert entries["重庆"].name == "重庆市"


def test_word_lists_hold_words_without_white_space() -> None:
    lexicon = load_lexicon()
    lists = [lexicon.surnames, lexicon.titles, lexicon.industries]
    lists += [words for section in lexicon.lists.values() for words in section.values()]
    for one in lists:
        assert one
        assert all(word and not any(char.isspace() for char in word) for word in one)
    assert {"王", "欧阳"} <= lexicon.surnames
    assert {"党委书记", "总经理"} <= lexicon.titles
    assert "#" not in "".join(sorted(lexicon.surnames | lexicon.titles | lexicon.industries))


def test_classes_that_word_lists_speak_of_are_in_the_ontology(schema: Schema) -> None:
    lists = load_lexicon().lists

    assert set(lists["list_heads"]) | set(lists["pronouns"]) <= set(schema.classes)


def test_a_list_that_is_not_there_is_empty() -> None:
    assert load_lexicon().words("names", "没有这张表") == frozenset()


# Tables of one's own, and mistakes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "words.toml").write_text('[names]\nlead = "首个 首批"\n', encoding="utf-8")
    return tmp_path


def load(folder: Path, table: str) -> Lexicon:
    (folder / "gazetteer" / "own.tsv").write_text(table, encoding="utf-8")
    return load_lexicon(folder)


def test_a_table_of_ones_own_is_read(folder: Path) -> None:
    (folder / "gazetteer" / "surnames.txt").write_text("# 姓\n王 # 常见\n\n欧阳\n", encoding="utf-8")
    lexicon = load(
        folder, HEADER + "云麓高新区\tZone\t云麓园|麓园\t云麓市\town\n“云”公司\tEnterprise\t\t\town\n"
    )

    own = set(lexicon.entries) - {name for name, _ in divisions()}
    assert own == {"云麓高新区", "云麓园", "麓园", "“云”公司"}
    assert lexicon.entries["麓园"].name == "云麓高新区"
    assert lexicon.entries["麓园"].parent == "云麓市"
    assert lexicon.surnames == {"王", "欧阳"}
    assert lexicon.titles == frozenset()
    assert lexicon.words("names", "lead") == {"首个", "首批"}


@pytest.mark.parametrize("header", ["name\tclass\taliases\n", "名称\t类别\t别名\t上级\n", ""])
def test_a_table_with_a_wrong_header_is_named_with_the_header_it_should_have(
    folder: Path, header: str
) -> None:
    with pytest.raises(OntologyError) as error:
        load(folder, header + "云麓高新区\tZone\n")

    assert "own.tsv" in str(error.value)
    assert "name class aliases parent" in str(error.value)


@pytest.mark.parametrize("row", ["云麓高新区\t\t\t\town\n", "\tZone\t\t\town\n", "云麓高新区\n"])
def test_a_row_without_name_or_class_is_named_with_its_line(folder: Path, row: str) -> None:
    with pytest.raises(OntologyError) as error:
        load(folder, HEADER + "云溪科学城\tZone\t\t\town\n" + row)

    assert "own.tsv:3:" in str(error.value)
    assert "name or class" in str(error.value)


def test_broken_word_lists_are_named(folder: Path) -> None:
    (folder / "words.toml").write_text("[names]\nlead = 首个\n", encoding="utf-8")
    with pytest.raises(OntologyError) as error:
        load(folder, HEADER)

    assert "words.toml" in str(error.value)
    assert "line 2" in str(error.value)
