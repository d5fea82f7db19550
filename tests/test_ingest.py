"""Ingest: bytes in any Chinese encoding become documents whose every offset can be checked."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest import READERS, distinct, find_inputs, read_document
from kg.ingest.encoding import find_encoding
from kg.ingest.plain import MAX_LINE, decode_page

PAGE = (
    "常州高新区\r\n光伏小镇“追光”忙\n本报讯 5月以来，园区企业接到海外订单12批，\n\n"
    "总金额达3.6亿元。 许亦晴\r\n"
    "产业链党委开办“小镇夜谈”，把用地、用工、融资等问题摆到桌面上。\n"
)
TRADITIONAL = "新竹科學園區近日舉行產業論壇，與會專家討論半導體產業的發展。園區將持續擴大研發投資。\n"
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("suffix", sorted(READERS))
@pytest.mark.parametrize("encoding", WIDE)
def test_the_decoded_bytes_are_the_text(tmp_path: Path, suffix: str, encoding: str) -> None:
    path = put(tmp_path, f"page{suffix}", PAGE.encode(encoding))
    document = read_document(path)
    assert path.read_bytes().decode(document.encoding) == document.text
    assert document.text == PAGE
    assert document.source == path.name
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_traditional_pages_in_big5_are_read() -> None:
    data = TRADITIONAL.encode("big5")
    assert decode_page(data, "page.txt").text == TRADITIONAL


@pytest.mark.parametrize("text", ["高新区", "陈力", "联通", "6月24日", "中国光谷", "西部（重庆）科学城"])
@pytest.mark.parametrize("encoding", WIDE)
def test_a_few_characters_are_enough_to_tell_the_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found = find_encoding(data)
    assert found is not None
    assert data.decode(found) == text


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(st.sampled_from(PAGE.replace("\r\n", "\n").split("\n")[:-1]), min_size=1, max_size=8),
    st.sampled_from(WIDE),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_newlines_stay_as_they_are(lines: list[str], encoding: str, newline: str) -> None:
    text = newline.join([*lines, "高新区发展很快。"])
    data = text.encode(encoding)
    assert decode_page(data, "page.txt").text == text


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_an_input_error(data: bytes) -> None:
    try:
        document = decode_page(data, "page.txt")
    except InputError as error:
        assert str(error).startswith("page.txt：")
        assert " / " in str(error)
        assert "\n" not in str(error)
    else:
        assert data.decode(document.encoding) == document.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (" \n\u3000\n".encode(), "only white space"),
        (b"%PDF-1.7 ...", "pdftotext"),
        (b"PK\x03\x04 ...", "ZIP"),
        (b"\x89PNG\r\n", "OCR"),
        (b"<!DOCTYPE html><p>...", "HTML"),
        (bytes(range(256)) * 8, "binary"),
        (b"The zone has grown fast.", "not Chinese"),
        ("ハイテク産業開発区のニュースです。とても速い成長です。".encode(), "not Chinese"),
        (b"2025 06 24", "not Chinese"),
        ("ハイテク産業開発区のニュースです。".encode("shift_jis"), "unknown encoding"),
        ("高新区发展很快，企业越来越多，创新成果不断。".encode() + b"\xff\xff", "broken at byte 66"),
    ],
)
def test_what_is_no_chinese_page_is_refused_with_the_way_out(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode_page(data, "page.txt")


def test_a_line_as_long_as_a_book_is_refused() -> None:
    with pytest.raises(InputError, match="has a line of more than"):
        decode_page(("高" * (MAX_LINE + 1)).encode(), "page.txt")


def test_lines_just_short_of_that_are_read_in_time() -> None:
    lines = f"{'高' * (MAX_LINE - 1)}\n" * 2

    assert decode_page(lines.encode(), "page.txt").text == lines


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ingest.plain.MAX_BYTES", 2**20)
    with pytest.raises(InputError, match="larger than 1 MiB"):
        read_document(put(tmp_path, "page.txt", "高" * 2**20))


def test_missing_files_and_folders_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        read_document(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path)


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.md", "a/.hidden.txt", ".git/c.txt", "gold.json", "README"):
        put(tmp_path, name, PAGE)
    assert [source for _, source in find_inputs([tmp_path])] == ["README", "a/1.md", "a/2.txt", "b.txt"]


def test_files_and_patterns_are_named_by_their_file_name(tmp_path: Path) -> None:
    path = put(tmp_path, "pages/a.txt", PAGE)
    put(tmp_path, "pages/b.txt", PAGE)
    assert find_inputs([path]) == [(path, "a.txt")]
    assert [source for _, source in find_inputs([f"{tmp_path}/pages/*.txt"])] == ["a.txt", "b.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", PAGE)
    assert find_inputs([path, tmp_path, str(path)]) == [(path, "a.txt")]


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    paths = [put(tmp_path, f"{day}/A01.txt", PAGE + day) for day in ("0623", "0624")]
    assert [source for _, source in find_inputs(paths)] == ["0623/A01.txt", "0624/A01.txt"]
    assert find_inputs(paths) == find_inputs(paths[::-1])


def test_what_cannot_be_found_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", PAGE)
    put(tmp_path, "empty/x.json", "{}")
    errors: list[InputError] = []
    found = find_inputs([tmp_path / "no.txt", f"{tmp_path}/*.zip", tmp_path / "empty", path], errors.append)
    assert found == [(path, "a.txt")]
    assert len(errors) == 3
    with pytest.raises(InputError, match="is not there"):
        find_inputs([tmp_path / "no.txt"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "closed/a.txt", PAGE)
    (tmp_path / "closed").chmod(0)
    errors: list[InputError] = []
    find_inputs([tmp_path / "closed"], errors.append)
    (tmp_path / "closed").chmod(0o700)
    assert len(errors) == 1


def test_a_copy_under_another_name_counts_once(tmp_path: Path) -> None:
    documents = [read_document(put(tmp_path, name, PAGE)) for name in ("b.txt", "a.txt")]
    documents.append(read_document(put(tmp_path, "c.txt", PAGE + "完")))
    assert [document.source for document in distinct(documents)] == ["a.txt", "c.txt"]
    assert distinct(documents) == distinct(documents[::-1])


@settings(deadline=None, derandomize=True, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="高新区发展企业创新“”，。\u3000 \n\r\t07A", min_size=1, max_size=300))
def test_reading_loses_nothing(text: str) -> None:
    data = ("园区" + text).encode("gb18030")
    try:
        document = decode_page(data, "page.txt")
    except InputError:
        return
    assert document.text.encode(document.encoding) == data


def test_names_that_are_not_utf8_are_told_apart(tmp_path: Path) -> None:
    for raw in (b"n\xff.txt", b"n\xfe.txt", b"n?.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw)).write_text("合肥高新区成立。", encoding="utf-8")

    sources = [source for _, source in find_inputs([tmp_path])]

    assert len(set(sources)) == 3
    assert all(source.encode("utf-8") for source in sources)
