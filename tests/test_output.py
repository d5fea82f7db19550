"""The result folder is replaced as a whole or not at all, and nothing of the user's is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg import output
from kg.errors import OutputError


def make_build(out: Path, text: str = "新") -> None:
    """Replace ``out`` by a build that holds one file."""
    with output.replacing(out) as folder:
        (folder / "graph.ttl").write_text(text, encoding="utf-8")
        output.write_manifest(folder, {"version": "1"})


def names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_build_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    out = tmp_path / "深" / "out"
    make_build(out, "旧")
    make_build(out, "新")

    assert (out / "graph.ttl").read_text(encoding="utf-8") == "新"
    assert names(out) == ["graph.ttl", "kg.json"]
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_a_build_that_ends_early_leaves_the_earlier_one(tmp_path: Path, error: type[BaseException]) -> None:
    out = tmp_path / "out"
    make_build(out, "旧")

    with pytest.raises(error), output.replacing(out) as folder:
        (folder / "graph.ttl").write_text("半", encoding="utf-8")
        raise error

    assert (out / "graph.ttl").read_text(encoding="utf-8") == "旧"
    assert names(tmp_path) == ["out"]


def test_a_first_build_that_ends_early_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError), output.replacing(tmp_path / "out"):
        raise ValueError

    assert names(tmp_path) == []


def test_when_the_swap_fails_the_earlier_build_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    make_build(out, "旧")
    rename = Path.rename

    def refuse_new(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(OSError, match="disk full"):
        make_build(out, "新")

    assert (out / "graph.ttl").read_text(encoding="utf-8") == "旧"
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("kept", [".gitignore", ".gitkeep"])
def test_a_folder_that_git_keeps_empty_is_taken_and_stays_kept(tmp_path: Path, kept: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / kept).write_text("*\n")

    make_build(out)

    assert (out / kept).read_text() == "*\n"
    assert (out / "graph.ttl").is_file()


@pytest.mark.parametrize("ours", [True, False])
def test_a_folder_with_something_of_the_users_is_refused_and_untouched(tmp_path: Path, ours: bool) -> None:
    out = tmp_path / "out"
    if ours:
        make_build(out, "旧")
    out.mkdir(exist_ok=True)
    (out / "笔记.md").write_text("我的", encoding="utf-8")
    before = names(out)

    with pytest.raises(OutputError, match=r"笔记\.md"):
        make_build(out)

    assert before == names(out)


def test_without_our_mark_even_files_named_like_ours_are_refused(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("别人的", encoding="utf-8")

    with pytest.raises(OutputError, match=r"graph\.ttl"):
        make_build(tmp_path)


def test_exports_beside_a_build_are_replaced_with_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_build(out)
    (out / "graph.csv").write_text("旧", encoding="utf-8")

    make_build(out)

    assert names(out) == ["graph.ttl", "kg.json"]


def test_the_working_folder_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(OutputError, match="working folder"):
        make_build(Path())


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("文件", encoding="utf-8")

    with pytest.raises(OutputError, match="not a folder"):
        make_build(out)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "真", tmp_path / "out"
    target.mkdir()
    link.symlink_to(target)

    make_build(link)

    assert link.is_symlink()
    assert names(target) == ["graph.ttl", "kg.json"]


def test_a_file_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "graph.csv"
    path.write_text("旧", encoding="utf-8")

    def half(file: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise OSError("disk full")

    with pytest.raises(OutputError, match="disk full"):
        output.write_file(path, half)

    assert path.read_text(encoding="utf-8") == "旧"
    assert names(tmp_path) == ["graph.csv"]


def test_a_file_in_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        output.write_file(tmp_path / "无" / "graph.csv", lambda file: None)


def test_a_link_to_a_file_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "报告.csv", tmp_path / "链接.csv"
    target.write_text("旧", encoding="utf-8")
    link.symlink_to(target)

    output.write_file(link, lambda file: file.write("新".encode()))

    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "新"


def test_a_device_is_written_into_and_stays_a_device() -> None:
    null = Path(os.devnull)

    output.write_file(null, lambda file: file.write(b"x"))

    assert null.is_char_device()
