"""Time a whole build beside ``jieba.posseg``, on the same text and in the same run.

The text is that of the training corpus, an article a page. Every figure is the quickest of some
rounds in a process that has already read one page: neither the start of the process nor loading
words and models is in it; both are printed by themselves. posseg runs on one core, as it always does.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Knowledge

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ARTICLES = 300
ROUNDS = 2
FAST = "rjieba"
PLAIN = "--without-fast"


def main() -> None:
    """Measure in a process of its own without the extra ``fast``, then with it where it is installed."""
    here = [sys.executable, str(Path(__file__).resolve())]
    subprocess.run([*here, PLAIN], check=True)
    if find_spec(FAST):
        subprocess.run([*here, "--with-fast"], check=True)
    else:
        print("the extra fast is not installed and was not measured")


def measure() -> None:
    """Time each stage in this process, on one core and on all."""
    started = time.perf_counter()
    from kg.pipeline import BuildReport, gather
    from kg.segment import engine

    gather([SEEDS / "pages" / "A01.txt"], BuildReport(), workers=1)
    print(f"\n{engine()}: imports, words, models and one page {time.perf_counter() - started:.2f} s")
    with tempfile.TemporaryDirectory() as name:
        text = write_pages(Path(name))
        tag("高新区")
        theirs = best(lambda: tag(text))
        print(f"{len(text)} characters: jieba.posseg {theirs:.2f} s")
        for cores, workers in (("one core", 1), ("all cores", None)):
            read = best(lambda: gather([name], BuildReport(), workers=workers))  # noqa: B023
            print(f"{cores:9}: read, repair and extract {read:.2f} s, {read / theirs:.2f} of posseg")
        # Writing always has a process and a thread beside it, so that it is timed on all cores alone.
        whole = best(lambda: build(name))
        print(f"all cores: text to RDF files and store {whole:.2f} s, {whole / theirs:.2f} of posseg")
        print(f"the page graph.html {page(name):.2f} s")


def write_pages(folder: Path) -> str:
    """Write one file for each article; return their text in one."""
    from kg.corpus import as_article, load

    paths = sorted((SEEDS / "corpus").glob("z[bcd]*.txt"))[:ARTICLES]
    texts = [as_article(load(path)).text for path in paths]
    for path, text in zip(paths, texts, strict=True):
        (folder / path.name).write_text(text, encoding="utf-8")
    return "".join(texts)


def known(pages: str) -> Knowledge:
    """What a graph of some pages holds."""
    from kg.pipeline import BuildReport, gather
    from kg.resolve import resolve
    from kg.trust import trusted

    return trusted(resolve(gather([pages], BuildReport())))


def build(pages: str) -> None:
    """From the text to the RDF files and the store: all of ``kg build`` but the page."""
    from kg.schema import load_schema
    from kg.store import write

    with tempfile.TemporaryDirectory() as out:
        write(known(pages), load_schema(), Path(out))


def page(pages: str) -> float:
    """Seconds for the page of a graph that is already in the store."""
    from kg.export import html
    from kg.schema import load_schema
    from kg.store import create

    store = create(known(pages), load_schema())

    def write() -> None:
        with tempfile.TemporaryFile() as file:
            html.write(store, file, earlier={})

    return best(write)


def tag(text: str) -> int:
    """Cut and tag with jieba's own tagger."""
    import jieba.posseg

    return sum(1 for _ in jieba.posseg.cut(text))


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the quickest of some runs."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    if PLAIN in sys.argv:
        sys.modules[FAST] = None  # type: ignore[assignment]  # cannot be imported
    measure() if len(sys.argv) > 1 else main()
