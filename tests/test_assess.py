"""Evaluation in full: folds, confusion, the worst articles, and the page of errors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.assess import assess
from kg.cli import main
from kg.corpus import Annotated
from kg.errors import InputError, OutputError
from kg.evaluate.errors_page import errors_page, marked
from kg.evaluate.folds import cross_validate, fold_of
from kg.evaluate.score import BOUNDARY, NOTHING, Named, Report, Story
from kg.extract.reading import common_knowhow

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "seeds" / "corpus"
FOLDS = 2


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six articles of the training corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    for path in sorted(CORPUS.glob("zb1-00*.txt"))[:6]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def by_rules(corpus: Path) -> Report:
    return cross_validate(corpus, FOLDS, learned=False)


def test_every_article_is_scored_once_and_alone(corpus: Path, by_rules: Report) -> None:
    parts = [cross_validate(corpus, FOLDS, only=[fold], learned=False) for fold in range(FOLDS)]

    assert sorted(s.name for s in by_rules.stories) == sorted(p.stem for p in corpus.glob("*.txt"))
    for name, score in by_rules.scores.items():
        assert score.right == sum(part.scores[name].right for part in parts)
        assert score.missed == sum(part.scores[name].missed for part in parts)


@given(st.text(alphabet="abz0123456789-", min_size=1, max_size=12), st.integers(2, 9))
def test_the_fold_of_an_article_depends_on_its_name_alone(name: str, folds: int) -> None:
    assert fold_of(Annotated(name, {}), folds) == fold_of(Annotated(name, {"voice": "新闻"}), folds)
    assert 0 <= fold_of(Annotated(name, {}), folds) < folds


def test_models_of_a_fold_learn_from_the_other_articles(corpus: Path, by_rules: Report) -> None:
    learned = cross_validate(corpus, FOLDS, only=[0])

    assert {s.name for s in learned.stories} < {s.name for s in by_rules.stories}
    assert learned.scores["entities all"].right > 0


def test_scores_of_articles_add_up_to_the_whole(by_rules: Report) -> None:
    for name, score in by_rules.scores.items():
        assert score.right == sum(story.scores[name].right for story in by_rules.stories)
        assert score.wrong == sum(story.scores[name].wrong for story in by_rules.stories)


def test_confusion_has_a_cell_for_every_entity_and_relation_of_the_gold(by_rules: Report) -> None:
    gold = sum(n for (one, _), n in by_rules.confusion.items() if one != NOTHING)
    scores = (by_rules.scores["entities all"], by_rules.scores["relations all"])

    assert gold == sum(score.right + score.missed for score in scores)
    assert all(found != BOUNDARY or one[0].isupper() for one, found in by_rules.confusion)


def test_the_worst_articles_come_first(by_rules: Report) -> None:
    errors = [len(story.errors) for story in by_rules.worst(6)]

    assert errors == sorted(errors, reverse=True)
    assert len(by_rules.worst(2)) == 2


def test_a_folder_with_fewer_articles_than_folds_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fewer than 9 folds"):
        cross_validate(corpus, 9, learned=False)
    with pytest.raises(InputError, match="holds 0"):
        cross_validate(tmp_path, 2)


@pytest.mark.parametrize(("gold", "folds"), [(None, None), (Path("gold"), 5)])
def test_either_gold_or_folds_must_be_given(gold: Path | None, folds: int | None) -> None:
    with pytest.raises(InputError, match="gold"):
        assess(["pages"], gold, folds)


# The page of errors


TEXTS = st.text(alphabet="合肥高新区量子“”‘’ \n<>&\"'a1。", max_size=40)
NAMES = st.lists(st.text(alphabet="合肥高新区量子a1", min_size=1, max_size=6), max_size=4)


@given(TEXTS, NAMES)
def test_marking_loses_and_adds_no_character(text: str, names: list[str]) -> None:
    pieces = list(marked(text, [Named("Zone", (name,), "right") for name in names]))

    assert "".join(piece for piece, _, _ in pieces) == text


def test_a_name_is_marked_through_its_quotation_marks() -> None:
    (before, name, after) = marked("开展“五联”活动。", [Named("Program", ("五联活动", "五联"), "missed")])

    assert before[0] == "开展“"
    assert name == ("五联”活动", "Program", "missed")
    assert after[0] == "。"


def test_hostile_words_stay_text_on_the_page(by_rules: Report) -> None:
    evil = "<script>alert(1)</script>"
    story = Story(evil, None, errors=[{"article": evil, "error": "wrong", "what": evil, "text": evil}])
    page = errors_page(Report(stories=[story]))

    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 3
    assert "default-src 'none'" in page


def test_the_page_shows_both_sides_of_an_article(by_rules: Report) -> None:
    page = errors_page(by_rules)

    assert page.count('<div class="sides">') == len(by_rules.stories)
    assert 'class="missed"' in page and 'class="wrong"' in page
    assert "http:" not in page and "https:" not in page


def test_the_command_writes_the_page_and_prints_reliability(tmp_path: Path) -> None:
    seeds = ROOT / "seeds"
    words = [
        "eval",
        str(seeds / "pages"),
        "--gold",
        str(seeds / "gold"),
        "--report",
        str(tmp_path / "e.html"),
    ]
    told = CliRunner().invoke(main, words)
    data = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).stdout)

    assert told.exit_code == 0, told.stderr
    assert "每千条误 false ‰" in told.stdout
    assert (tmp_path / "e.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len(data["reliability"]["relation"]["bins"]) == 10
    assert data["confusion"] and data["worst"]


def test_a_page_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    seeds = ROOT / "seeds"
    with pytest.raises(OutputError, match=r"no/e\.html"):
        assess([seeds / "pages" / "A01.txt"], seeds / "gold", page=tmp_path / "no" / "e.html")


# Models of one's own


def test_a_graph_is_built_with_models_trained_on_articles_of_ones_own(corpus: Path, tmp_path: Path) -> None:
    words = ["train", str(corpus), "--models", str(tmp_path / "mine")]
    assert CliRunner().invoke(main, words).exit_code == 0
    build = ["build", str(ROOT / "seeds" / "pages" / "A01.txt"), "--models", str(tmp_path / "mine")]
    assert CliRunner().invoke(main, [*build, "-o", str(tmp_path / "out")]).exit_code == 0
    manifest = json.loads((tmp_path / "out" / "kg.json").read_text(encoding="utf-8"))

    assert manifest["models"].keys() == {p.name for p in (tmp_path / "mine").iterdir()}
    assert manifest["models"]["claims.json"] != digest_of(ROOT / "kg" / "models" / "claims.json")


def digest_of(path: Path) -> str:
    from kg.manifest import digest

    return digest([path])


def test_the_same_articles_give_the_same_models(corpus: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        CliRunner().invoke(main, ["train", str(corpus), "--models", str(tmp_path / name)])

    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert one.keys() >= {"mentions.json", "claims.json", "figures.json", "calibration.json"}


def test_a_folder_without_models_is_named_with_the_way_out(tmp_path: Path) -> None:
    words = ["build", str(ROOT / "seeds" / "pages"), "--models", str(tmp_path), "-o", str(tmp_path / "out")]
    told = CliRunner().invoke(main, words)

    assert told.exit_code == 1
    assert "kg train CORPUS --models" in told.stderr


def test_models_can_learn_and_read_without_any_rule(corpus: Path) -> None:
    alone = cross_validate(corpus, FOLDS, only=[0], knowhow=replace(common_knowhow(), rules=False))

    assert alone.scores["entities all"].right > 0
    assert not [error for error in alone.errors if "verb:" in error["text"]]
