"""Work beside other work: done once, wherever it is done, and done here where it cannot be elsewhere."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

import pytest
from newsroom import read

from kg import parallel
from kg.schema import Schema


def note(path: Path) -> None:
    path.write_text(f"{path.read_text() if path.exists() else ''}{os.getpid()}\n")


@pytest.mark.parametrize("cores", [1, 2])
def test_what_is_done_beside_is_done_once_when_it_was_waited_for(
    cores: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    parallel.beside(lambda: note(tmp_path / "ids"))()

    (process,) = (tmp_path / "ids").read_text().split()

    assert (process == str(os.getpid())) == (cores == 1 or sys.platform != "linux")


def test_work_whose_process_was_killed_is_done_here(tmp_path: Path) -> None:
    here = os.getpid()

    def work() -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        note(tmp_path / "ids")

    parallel.beside(work)()

    assert (tmp_path / "ids").read_text() == f"{here}\n"


def test_an_error_of_the_work_is_one_of_the_waiting(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        parallel.beside(lambda: note(tmp_path / "nowhere" / "ids"))()


def test_works_go_step_by_step_beside_each_other_and_one_that_breaks_ends_alone() -> None:
    gone: list[tuple[str, int]] = []

    def work(name: str) -> parallel.Steps[str]:
        for step in range(len(name)):
            gone.append((name, step))
            if name == "坏":
                raise ValueError(name)
            yield
        return name[::-1]

    assert parallel.abreast(work, ["高新", "坏", "", "区"]) == [
        "新高", parallel.Crash("ValueError: 坏"), "", "区",
    ]  # fmt: skip
    assert gone == [("高新", 0), ("坏", 0), ("区", 0), ("高新", 1)]


def test_work_that_cannot_begin_is_a_crash() -> None:
    def work(name: str) -> parallel.Steps[str]:
        raise OSError(name)

    assert parallel.abreast(work, ["合肥"]) == [parallel.Crash("OSError: 合肥")]


@pytest.mark.parametrize(
    ("weight", "whole", "sizes"),
    [
        (1, 0, [1] * 40),
        (1, 40, [16, 12, 6, 3, 1, 1, 1]),
        (1, 4000, [16, 16, 8]),
        (1 << 14, 40 << 14, [2] * 19 + [1] * 2),
        (1 << 30, 40 << 30, [1] * 40),
    ],
)
def test_batches_grow_smaller_towards_the_end_and_heavy_items_are_alone(
    weight: int, whole: int, sizes: list[int]
) -> None:
    seen: list[int] = []
    now: set[int] = set()

    def work(number: int) -> parallel.Steps[int]:
        now.add(number)
        yield
        if now:
            seen.append(len(now))
            now.clear()
        return number

    assert list(parallel.each(work, range(40), 1, lambda _: weight, whole)) == list(range(40))
    assert seen == sizes


@pytest.mark.parametrize("before", [True, False])
def test_the_garbage_collector_is_after_the_work_what_it_was_before(before: bool) -> None:
    was = gc.isenabled()
    (gc.enable if before else gc.disable)()
    try:
        with pytest.raises(ValueError, match="坏"), parallel.uncollected(), parallel.uncollected():
            assert not gc.isenabled()
            raise ValueError("坏")

        assert gc.isenabled() == before
    finally:
        (gc.enable if was else gc.disable)()


def collected(_: int) -> parallel.Steps[tuple[bool, bool]]:
    """Whether a collector runs, in the first step and in the last."""
    first = gc.isenabled()
    yield
    return first, gc.isenabled()


@pytest.mark.parametrize("workers", [1, 2])
def test_no_collector_looks_through_what_is_being_read(workers: int) -> None:
    found = list(parallel.each(collected, range(40), workers))

    assert found == [(False, False)] * 40
    assert gc.isenabled()


def test_what_reading_throws_away_goes_without_a_collector(schema: Schema) -> None:
    text = "合肥高新区引进安徽海蓝电子有限公司，总投资20亿元。该公司与中国科学技术大学共建联合实验室。" * 5
    read(text, schema, models=None)
    gc.collect()
    with parallel.uncollected():
        told = read(text, schema, models=None)
        left = gc.collect()

    assert told.record.claims
    assert left == 0
