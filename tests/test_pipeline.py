"""Pages in, graph out: what is bad is told and skipped, and the result is a function of the pages."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from conftest import HEFEI, LESHAN, PUKOU
from pyoxigraph import Store

from kg import parallel, pipeline, questions
from kg import store as kg_store
from kg.errors import OntologyError, OutputError
from kg.evaluate import load_gold
from kg.explore import earlier_places
from kg.model import Article, Document, Record
from kg.pipeline import BuildReport, build
from kg.query import answer
from kg.validate import validate

FILES = (*kg_store.FILES, "graph.html", "kg.json")
SEEDS = Path(__file__).parent.parent / "seeds"
PAGES = {"合肥.txt": HEFEI, "浦口.txt": PUKOU, "乐山.txt": LESHAN}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with three good pages, each in an encoding of its own."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for (name, text), encoding in zip(PAGES.items(), ("utf-8", "gb18030", "utf-16"), strict=True):
        (folder / name).write_bytes(text.encode(encoding))
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the pages that come with the project."""
    out = tmp_path_factory.mktemp("demo") / "out"
    report = build([SEEDS / "pages"], out)
    assert report.failures == []
    return out


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def test_pages_in_any_order_and_by_any_number_of_processes_give_the_same_bytes(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = sorted(pages.iterdir())
    monkeypatch.setattr(parallel, "PAYS_FROM", 1)
    build(paths, tmp_path / "one", workers=1)
    build(paths[::-1], tmp_path / "two", workers=2)
    build([pages], tmp_path / "three", workers=1)

    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "three")


def test_taking_a_page_away_gives_the_graph_that_would_have_been_built_without_it(
    pages: Path, tmp_path: Path
) -> None:
    few = [pages / "合肥.txt", pages / "浦口.txt"]
    build([pages], tmp_path / "out")
    before = earlier_places(tmp_path / "out" / "graph.html")
    build(few, tmp_path / "out")
    build(few, tmp_path / "fresh")

    out, fresh = contents(tmp_path / "out"), contents(tmp_path / "fresh")
    # The page alone remembers: what stays keeps its place on the map.
    after = earlier_places(tmp_path / "out" / "graph.html")
    assert after == {key: before[key] for key in after}
    assert set(after) == set(earlier_places(tmp_path / "fresh" / "graph.html"))
    del out["graph.html"], fresh["graph.html"]
    assert out == fresh


def test_building_again_over_a_build_gives_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    first = contents(tmp_path / "out")
    build([pages], tmp_path / "out")

    assert contents(tmp_path / "out") == first


BAD = {
    "空.txt": (b"", "is empty"),
    "二进制.txt": (bytes(range(256)) * 40, "binary"),
    "英文.txt": (b"The quick brown fox jumps over the lazy dog. " * 40, "not Chinese"),
    "长行.txt": ("合肥高新区建设量子信息产业链。" * 150_000).encode(),
    "网页.txt": (b"<!DOCTYPE html><html><body>" + HEFEI.encode(), "HTML"),
    "日文.txt": ("これはひらがなとカタカナばかりのしんぶんきじです。" * 9).encode("utf-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_is_named_with_a_reason_and_the_others_are_built(
    pages: Path, tmp_path: Path, name: str
) -> None:
    told = BAD[name]
    data, reason = told if isinstance(told, tuple) else (told, "")
    (pages / name).write_bytes(data)

    report = build([pages], tmp_path / "out")

    (failure,) = report.failures
    assert failure.startswith(name)
    assert reason in failure
    assert report.documents == len(PAGES)
    assert report.out == tmp_path / "out"


def test_a_missing_path_is_named_and_the_others_are_built(pages: Path, tmp_path: Path) -> None:
    report = build([tmp_path / "没有.txt", pages], tmp_path / "out")

    (failure,) = report.failures
    assert "没有.txt" in failure
    assert report.documents == len(PAGES)


def test_where_nothing_can_be_used_the_earlier_build_stays(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([pages], out)
    before = contents(out)

    report = build([tmp_path / "没有.txt"], out)

    assert report.out is None
    assert report.failures
    assert contents(out) == before


def test_one_article_that_breaks_extraction_is_named_and_the_others_are_built(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = pipeline.extract_by

    def fragile(ontology: Path | None, models: Path | None, article: Article) -> parallel.Steps[Record]:
        yield
        if article.document.source == "乐山.txt":
            raise ZeroDivisionError("坏文章")
        return (yield from extract(ontology, models, article))

    monkeypatch.setattr(pipeline, "extract_by", fragile)

    report = build([pages], tmp_path / "out", workers=1)

    assert report.failures
    assert all(f.startswith("乐山.txt#") and "ZeroDivisionError: 坏文章" in f for f in report.failures)
    assert "乐山" not in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "合肥高新区" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_one_page_that_breaks_repair_is_named_and_the_others_are_built(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair = pipeline.repair

    def fragile(document: Document) -> Iterable[Article]:
        if document.source == "乐山.txt":
            raise RecursionError("坏版面")
        return repair(document)

    monkeypatch.setattr(pipeline, "repair", fragile)

    report = build([pages], tmp_path / "out")

    assert (
        [f for f in report.failures if f.startswith("乐山.txt: ") and "坏版面" in f] == report.failures != []
    )


def test_a_page_without_an_article_is_named(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "repair", lambda document: ())

    report = build([pages], tmp_path / "out")

    assert len([f for f in report.failures if "no article" in f]) == len(PAGES)
    assert report.out is None


@pytest.mark.parametrize("step", ["resolve", "_write"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_build_that_ends_early_leaves_the_earlier_one(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: type[BaseException]
) -> None:
    out = tmp_path / "out"
    build([pages], out)
    before = contents(out)

    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, step, stop)
    with pytest.raises(error):
        build([pages / "合肥.txt"], out)

    assert contents(out) == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["out", "pages"]


def test_a_folder_that_is_not_ours_is_refused_before_any_work(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "find_inputs", lambda *_: pytest.fail("work was begun"))

    with pytest.raises(OutputError):
        build([pages], pages)


def test_a_mistake_in_the_ontology_is_one_error_and_not_one_for_each_article(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OntologyError("zonekg.ttl: class 'Persn' is not declared")

    monkeypatch.setattr(pipeline, "load_lexicon", broken)

    with pytest.raises(OntologyError):
        build([pages], tmp_path / "out")


def test_progress_is_told_for_every_article(pages: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    report = build([pages], tmp_path / "out", progress=lambda *words: told.append(words))

    total = report.counts["articles"]
    assert [(done, of) for done, of, _ in told] == [(i, total) for i in range(1, total + 1)]
    assert all("#" in name for _, _, name in told)


def test_the_manifest_tells_version_engines_and_every_input_with_its_hash(
    pages: Path, tmp_path: Path
) -> None:
    report = build([pages], tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "kg.json").read_text(encoding="utf-8"))

    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pages.iterdir()}
    assert {item["source"]: item["sha256"] for item in manifest["inputs"]} == digests
    assert {item["encoding"] for item in manifest["inputs"]} == {"utf-8", "gb18030", "utf-16"}
    assert manifest["counts"] == report.counts
    assert manifest["engines"].keys() >= {"jieba", "pyoxigraph"}


def test_the_demo_graph_conforms_and_every_quote_is_on_its_page(demo: Path) -> None:
    found = validate(kg_store.open_build(demo), SEEDS / "pages")

    assert found.violations == ()
    assert found.quotes > 300


def test_the_demo_graph_has_an_article_for_each_gold_file(demo: Path) -> None:
    articles = {gold.article for gold in load_gold(SEEDS / "gold")}
    counts = json.loads((demo / "kg.json").read_text(encoding="utf-8"))["counts"]

    assert counts["articles"] == len(articles) >= 12


@pytest.mark.parametrize("name", questions.load_questions())
def test_every_ready_question_is_answered_on_the_demo_graph_with_its_own_example(
    demo: Path, name: str
) -> None:
    store: Store = kg_store.open_build(demo)
    asked = questions.question(name)

    found = answer(store, questions.fill(asked, asked.parameters, store), "json")

    assert json.loads(found.data)["results"]["bindings"]


def square(number: int) -> parallel.Steps[int]:
    """Work for the pool, in as many steps as the number; three is too much for it."""
    for step in range(number):
        if step == 2 and number == 3:
            raise ValueError("three")
        yield
    return number * number


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("heavy", [1, 100, 1 << 20], ids=["light", "heavy", "alone"])
def test_results_come_in_order_whatever_the_number_of_processes(workers: int, heavy: int) -> None:
    results = list(parallel.each(square, range(20), workers, lambda _: heavy, whole=2000))

    assert [r for i, r in enumerate(results) if i != 3] == [i * i for i in range(20) if i != 3]
    assert results[3] == parallel.Crash("ValueError: three")


_HERE = os.getpid()


def die_elsewhere(number: int) -> parallel.Steps[int]:
    """Square here; in a process of its own, be killed at 13."""
    yield
    if number == 13 and os.getpid() != _HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return number**2


@pytest.mark.parametrize("whole", [0, 40, 400], ids=["one by one", "some", "many"])
@pytest.mark.parametrize("counted", [True, False], ids=["counted", "coming"])
def test_where_a_worker_dies_the_rest_is_done_here(counted: bool, whole: int) -> None:
    items = range(40) if counted else iter(range(40))

    assert list(parallel.each(die_elsewhere, items, 2, whole=whole)) == [i * i for i in range(40)]


def test_items_are_asked_for_as_they_are_needed() -> None:
    made: list[int] = []

    def making() -> Iterator[int]:
        for number in range(20):
            made.append(number)
            yield number

    results = parallel.each(square, making(), 1)

    assert next(results) == 0
    assert len(made) == parallel.PAYS_FROM + 1


def test_few_articles_are_read_without_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_pooled", lambda *_: pytest.fail("processes were started"))

    assert list(parallel.each(square, [1, 2], 8)) == [1, 4]


def test_gather_gives_a_record_for_each_article(pages: Path) -> None:
    report = BuildReport()
    records = pipeline.gather([pages], report)

    assert {record.article.document.source for record in records} == set(PAGES)
