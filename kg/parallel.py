"""Work on all cores where that pays; what comes out does not depend on how it was done."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
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
"""Told ``done, total, name`` of each item, when those that it was worked on with are done."""

Steps = Generator[None, None, ResultT]
"""Work that yields after each of its steps, and returns its result."""

PAYS_FROM = 8
"""Fewer items are done sooner by one process than several take to start."""

_MOST_ABREAST = 16
_HEAVIEST = 1 << 15
# Of what is left every process is given at least so many parts.
_PARTS = 2


@dataclass(frozen=True, slots=True)
class Crash:
    """What stands for the result of an item whose work raised an exception."""

    reason: str


def attempt(work: Callable[[ItemT], ResultT], item: ItemT) -> ResultT | Crash:
    """Do the work on one item; an exception becomes a ``Crash``, so that one item cannot end a batch."""
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - the edge: whatever one article breaks, the others go on
        return _crash(error)


def _crash(error: Exception) -> Crash:
    return Crash(f"{type(error).__name__}: {error}")


def finish(steps: Steps[ResultT]) -> ResultT:
    """Go all steps of some work; give its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: ResultT = end.value
            return result


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away from work that leaves it nothing.

    It would look through all that is there again and again: a tenth of the time of reading, where all
    that is thrown away goes by itself, and a quarter of that of resolving, where nothing is.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@uncollected()
def abreast(work: Callable[[ItemT], Steps[ResultT]], items: Iterable[ItemT]) -> list[ResultT | Crash]:
    """Go the first step of the work on every item, then the second on every one …; give all results.

    What a step needs, its tables and its code, is then at hand for all of them: 16 articles are read
    in a tenth less time than one by one.
    """
    found: dict[int, ResultT | Crash] = {}
    going: dict[int, Steps[ResultT]] = {}
    for number, item in enumerate(items):
        started = attempt(work, item)
        if isinstance(started, Crash):
            found[number] = started
        else:
            going[number] = started
    while going:
        for number, steps in list(going.items()):
            try:
                next(steps)
            except StopIteration as end:
                found[number] = end.value
            except Exception as error:  # noqa: BLE001 - as in ``attempt``
                found[number] = _crash(error)
            else:
                continue
            del going[number]
    return [found[number] for number in sorted(found)]


def each(
    work: Callable[[ItemT], Steps[ResultT]],
    items: Iterable[ItemT],
    workers: int | None = None,
    weigh: Callable[[ItemT], int] = lambda _: 1,
    whole: int = 0,
) -> Iterator[ResultT | Crash]:
    """Give the result for each item, in order; ``workers`` is the number of processes, by default the cores.

    Items that an iterator makes are worked on while it makes the next. Some are worked on ``abreast``,
    fewer of them where they ``weigh`` much, and fewer towards the end of the ``whole`` weight, so that
    no process waits long for another; without a ``whole`` one by one. The first item is done here, so
    that what the work loads on first use is shared by forked workers. Where processes cannot be had, the
    rest is done here too.
    """
    workers = workers or os.cpu_count() or 1
    coming = iter(items)
    given = list(islice(coming, PAYS_FROM + 1))
    batches = partial(_batches, weigh=weigh, whole=whole, workers=workers)
    done = 0
    if workers > 1 and len(given) > PAYS_FROM:
        try:
            for result in _pooled(work, given, coming, workers, batches):
                yield result
                done += 1
        except (BrokenProcessPool, OSError):
            pass  # a worker was killed or none could be started: the rest is done below
    for batch in batches(chain(given[done:], coming)):
        yield from abreast(work, batch)


def _batches(
    items: Iterable[ItemT], weigh: Callable[[ItemT], int], whole: int, workers: int
) -> Iterator[list[ItemT]]:
    """Some items at a time, each batch a part of what is left of the ``whole``."""
    batch: list[ItemT] = []
    weight, left = 0, whole
    for item in items:
        heavier = weight + weigh(item)
        if batch and (len(batch) == _MOST_ABREAST or heavier > min(_HEAVIEST, left // (_PARTS * workers))):
            yield batch
            left -= weight
            batch, heavier = [], weigh(item)
        batch.append(item)
        weight = heavier
    if batch:
        yield batch


def _pooled(
    work: Callable[[ItemT], Steps[ResultT]],
    given: list[ItemT],
    coming: Iterator[ItemT],
    workers: int,
    batches: Callable[[Iterable[ItemT]], Iterable[list[ItemT]]],
) -> Iterator[ResultT | Crash]:
    """The results of what is given and of what is coming; what has come is added to what was given."""

    def rest() -> Iterator[ItemT]:
        yield from given[1:]
        for item in coming:
            given.append(item)
            yield item

    first = abreast(work, given[:1])
    # What is loaded by now is no garbage: where no collector looks at it, no process gets a copy of it.
    gc.freeze()
    try:
        # A process looks for garbage between what it works on, also where this one does not.
        with ProcessPoolExecutor(workers, initializer=gc.enable) as pool:
            results = pool.map(partial(abreast, work), batches(rest()))
            yield from first
            yield from chain.from_iterable(results)
    finally:
        gc.unfreeze()


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
