"""Work beside other work: done once, wherever it is done, and done here where it cannot be elsewhere."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

import pytest

from kg import parallel


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


def test_heavy_items_are_not_worked_on_beside_others() -> None:
    most = 0
    now: set[int] = set()

    def work(number: int) -> parallel.Steps[int]:
        nonlocal most
        now.add(number)
        most = max(most, len(now))
        yield
        now.remove(number)
        return number

    def most_at_once(weight: int) -> int:
        nonlocal most
        most = 0
        assert list(parallel.each(work, range(40), 1, about=4000, weigh=lambda _: weight)) == list(range(40))
        return most

    assert most_at_once(0) > 8
    assert most_at_once(1 << 14) == 2
    assert most_at_once(1 << 30) == 1


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
