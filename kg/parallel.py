"""Work on all cores where that pays; what comes out does not depend on how it was done."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

Progress = Callable[[int, int, str], None]
"""Told ``done, total, name`` after each item."""

PAYS_FROM = 8
"""Fewer items are done sooner by one process than several take to start."""


@dataclass(frozen=True, slots=True)
class Crash:
    """What stands for the result of an item whose work raised an exception."""

    reason: str


def attempt(work: Callable[[ItemT], ResultT], item: ItemT) -> ResultT | Crash:
    """Do the work on one item; an exception becomes a ``Crash``, so that one item cannot end a batch."""
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - the edge: whatever one article breaks, the others go on
        return Crash(f"{type(error).__name__}: {error}")


def each(
    work: Callable[[ItemT], ResultT],
    items: Iterable[ItemT],
    workers: int | None = None,
    about: int | None = None,
) -> Iterator[ResultT | Crash]:
    """Give the result for each item, in order; ``workers`` is the number of processes, by default the cores.

    Items that an iterator makes are worked on while it makes the next; ``about`` is how many there may be.
    The first item is done here, so that what the work loads on first use is shared by forked
    workers. Where processes cannot be had, the rest is done here too.
    """
    workers = workers or os.cpu_count() or 1
    coming = iter(items)
    given = list(islice(coming, PAYS_FROM + 1))
    done = 0
    if workers > 1 and len(given) > PAYS_FROM:
        try:
            for result in _pooled(work, given, coming, workers, about or len(given)):
                yield result
                done += 1
        except (BrokenProcessPool, OSError):
            pass  # a worker was killed or none could be started: the rest is done below
    for item in chain(given[done:], coming):
        yield attempt(work, item)


def _pooled(
    work: Callable[[ItemT], ResultT], given: list[ItemT], coming: Iterator[ItemT], workers: int, about: int
) -> Iterator[ResultT | Crash]:
    """The results of what is given and of what is coming; what has come is added to what was given."""

    def rest() -> Iterator[ItemT]:
        yield from given[1:]
        for item in coming:
            given.append(item)
            yield item

    first = attempt(work, given[0])
    # What is loaded by now is no garbage: where no collector looks at it, no process gets a copy of it.
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers) as pool:
            chunk = max(1, min(4, about // (workers * 4)))
            results = pool.map(partial(attempt, work), rest(), chunksize=chunk)
            yield first
            yield from results
    finally:
        gc.unfreeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away from work that makes much and throws nothing away.

    It would look through all that is there again and again, a quarter of the time of resolving.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def beside(work: Callable[[], None]) -> Callable[[], None]:
    """Begin to write a file in a process of its own; give what waits until it is written.

    The process sees what this one holds, without a copy: it is forked. Where that cannot be done, on
    a single core or where the process was killed, the waiting does the work.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        return work  # elsewhere a fork of a process with threads is not safe
    process = multiprocessing.get_context("fork").Process(target=_quietly, args=(work,))
    try:
        process.start()
    except OSError:
        return work

    def wait() -> None:
        process.join()
        if process.exitcode != 0:
            work()

    return wait


def _quietly(work: Callable[[], None]) -> None:
    """An error is not told here: the waiting does the work again, and meets it."""
    try:
        work()
    except Exception:  # noqa: BLE001 - as in ``attempt``
        os._exit(1)
