"""Annotated articles: marks become places, and the checker refuses every breach of the contract."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kg import corpus
from kg.corpus import Annotated, CorpusError, Measure, Relation, as_article, as_gold, load
from kg.extract.models import LEARNED
from kg.extract.reading import common_knowhow
from kg.resources import package_dir
from kg.schema import Schema
from kg.train import DIGESTED, learned_from

CORPUS = Path(__file__).parent.parent / "seeds" / "corpus"
HEAD = """id: own-1
voice: 揭牌 report
kicker: [合肥高新区|#e1]
headline: [合肥高新区|Zone#e1][量子信息产业链|IndustryChain#e3]党委成立
byline: 李明 王芳
"""
BODY = """
近日，[[量子信息产业链|#e3]党委|PartyOrganization#e2]在[合肥高新区|#e1]成立。[该区|=e1]有高新技术企业702家。

[“[声谷夜话|#e5]”活动|Program#e5]由[沈知远|Person#e4]主持。
"""
FACTS = """
---
e1 establishes e2
e2 partyOrganizationOf e3
e4 holdsPosition e2 | 副书记
# 批注
obs e1 | 高新技术企业 | 702 | 家
"""
TEXT = (
    "合肥高新区\n合肥高新区量子信息产业链党委成立\n近日，量子信息产业链党委在合肥高新区成立。该区有高新技术企业702家。\n"
    "“声谷夜话”活动由沈知远主持。"
)


def annotate(folder: Path, text: str) -> Annotated:
    path = folder / "own-1.txt"
    path.write_text(text, encoding="utf-8")
    return load(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(CorpusError) as error:
        annotate(folder, text)
    for line in str(error.value).splitlines():
        assert line.startswith(str(folder / "own-1.txt"))
    return str(error.value)


@pytest.fixture
def article(tmp_path: Path) -> Annotated:
    return annotate(tmp_path, HEAD + BODY + FACTS)


# What is read


def test_marks_leave_the_text_and_stand_at_their_places(article: Annotated) -> None:
    assert article.text == TEXT
    assert [(article.text[m.start : m.end], m.id, m.named) for m in article.marks] == [
        ("合肥高新区", "e1", True),
        ("合肥高新区", "e1", True),
        ("量子信息产业链", "e3", True),
        ("量子信息产业链", "e3", True),
        ("量子信息产业链党委", "e2", True),
        ("合肥高新区", "e1", True),
        ("该区", "e1", False),
        ("声谷夜话", "e5", True),
        ("“声谷夜话”活动", "e5", True),
        ("沈知远", "e4", True),
    ]


def test_a_mark_stands_where_it_was_written_not_where_the_word_stands_first(article: Annotated) -> None:
    places = [m.start for m in article.marks if m.id == "e1" and m.named]

    assert places == [0, 6, TEXT.index("在合肥高新区") + 1]


def test_classes_relations_and_figures_are_read(article: Annotated) -> None:
    assert article.classes == {
        "e1": "Zone", "e3": "IndustryChain", "e2": "PartyOrganization", "e5": "Program", "e4": "Person",
    }  # fmt: skip
    assert article.relations == [
        Relation("e1", "establishes", "e2"),
        Relation("e2", "partyOrganizationOf", "e3"),
        Relation("e4", "holdsPosition", "e2", "副书记"),
    ]
    assert article.measures == [Measure("e1", "高新技术企业", Decimal(702), "家")]


def test_a_pronoun_is_no_name_and_the_fullest_name_comes_first(article: Annotated) -> None:
    assert article.names("e1") == ["合肥高新区"]
    assert article.names("e5") == ["声谷夜话活动", "声谷夜话"]


def test_the_header_is_kept(article: Annotated) -> None:
    assert article.id == "own-1"
    assert article.header["voice"] == "揭牌 report"
    assert article.header["byline"] == "李明 王芳"


def test_an_article_is_its_own_source(article: Annotated) -> None:
    made = as_article(article)

    assert made.text == made.document.text == TEXT
    assert made.offsets == tuple(range(len(TEXT)))
    assert [(b.kind, made.text[b.start : b.end]) for b in made.blocks] == list(
        zip(["kicker", "headline", "paragraph", "paragraph"], TEXT.split("\n"), strict=True)
    )
    assert made.quote(6, 11).exact == "合肥高新区"


def test_an_article_without_kicker_has_a_headline_first(tmp_path: Path) -> None:
    text = "\n".join(line for line in HEAD.splitlines() if not line.startswith("kicker"))

    assert [b.kind for b in as_article(annotate(tmp_path, text + "\n" + BODY + FACTS)).blocks] == [
        "headline", "paragraph", "paragraph",
    ]  # fmt: skip


def test_annotation_becomes_gold(article: Annotated) -> None:
    gold = as_gold(article)

    assert (gold["article"], gold["source"], gold["order"]) == ("own-1", "own-1.txt", 1)
    assert {"id": "e5", "type": "Program", "names": ["声谷夜话活动", "声谷夜话"]} in gold["entities"]  # type: ignore[operator]
    assert {"subject": "e1", "relation": "establishes", "object": "e2"} in gold["relations"]  # type: ignore[operator]
    assert gold["observations"] == [
        {"subject": "e1", "indicator": "高新技术企业", "value": "702", "unit": "家"}
    ]


def test_text_without_marks_or_facts_is_an_article(tmp_path: Path) -> None:
    plain = annotate(tmp_path, "id: own-1\nheadline: 春日见闻\n\n油菜花开了。\n")

    assert (plain.text, plain.marks, plain.classes) == ("春日见闻\n油菜花开了。", [], {})


def test_a_file_without_an_id_is_called_after_itself(tmp_path: Path) -> None:
    assert annotate(tmp_path, "headline: 春日见闻\n\n油菜花开了。\n").id == "own-1"


# What is refused


BROKEN_MARKS = [
    ("[沈知远|Person#e4", "not closed"),
    ("沈知远|Person#e4]", "broken mark"),
    ("[沈知远|Person]", "broken mark"),
    ("[沈知远]", "broken mark"),
    ("[沈知远|Person#e4]说[沈知远|Place#e4]", "two classes"),
    ("[沈知远|#e9]", "e9: 没有类别 has no class"),
    ("[他|=e9]", "e9: 没有类别 has no class"),
    ("[|Person#e4]", "empty"),
    ("[沈知远，|Person#e4]", "punctuation"),
    ("[”沈知远|Person#e4]", "punctuation"),
    ("[沈知远的|Person#e4]", "punctuation"),
    ("[沈知远|Persn#e4]", "unknown class Persn"),
    ("[沈知远|Person#e4]和[沈知远|Person#e6]", "same class and name"),
]


@pytest.mark.parametrize(("body", "reason"), BROKEN_MARKS, ids=[body for body, _ in BROKEN_MARKS])
def test_a_wrong_mark_is_refused(tmp_path: Path, body: str, reason: str) -> None:
    assert reason in refusal(tmp_path, f"id: own-1\nheadline: 春日见闻\n\n{body}来了。\n")


BROKEN_FACTS = [
    ("e1 establishes e9", "unknown id"),
    ("e1 founds e2", "unknown relation"),
    ("e1 partyOrganizationOf e3", "breaks domain or range"),
    ("e4 leads e4", "breaks domain or range"),
    ("e1 cooperatesWith e1", "self or double"),
    ("e1 establishes e2\ne1 establishes e2", "self or double"),
    ("e1 establishes", "cannot be read"),
    ("e1 在 e2 之内", "cannot be read"),
    ("obs e9 | 高新技术企业 | 702 | 家", "unknown id"),
    ("obs e1 | 专精特新企业 | 702 | 家", "indicator not in the text"),
    ("obs e1 | 高新技术企业 | 七百 | 家", "cannot be read"),
    ("obs e1 | 高新技术企业 | 702", "cannot be read"),
]


@pytest.mark.parametrize(("facts", "reason"), BROKEN_FACTS, ids=[facts for facts, _ in BROKEN_FACTS])
def test_a_wrong_fact_is_refused(tmp_path: Path, facts: str, reason: str) -> None:
    assert reason in refusal(tmp_path, HEAD + BODY + f"\n---\n{facts}\n")


def test_a_line_that_cannot_be_read_is_named_by_its_number(tmp_path: Path) -> None:
    text = HEAD + BODY.strip("\n") + "\n---\ne1 establishes e2\n什么\n"
    number = text.splitlines().index("什么") + 1

    assert f"line {number}:" in refusal(tmp_path, text)


def test_a_thing_that_is_only_pointed_at_has_no_name(tmp_path: Path) -> None:
    text = "id: own-1\n\n[他|=e4]来了，[|Person#e4]。\n"

    assert "e4" in refusal(tmp_path, text)


def test_one_person_may_hold_two_posts_in_one_body(tmp_path: Path) -> None:
    facts = "\n---\ne4 holdsPosition e2 | 书记\ne4 holdsPosition e2 | 主任\n"

    assert [r.title for r in annotate(tmp_path, HEAD + BODY + facts).relations] == ["书记", "主任"]


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, HEAD + BODY + "\n---\ne1 founds e2\ne1 establishes e9\nobs e1 | 702 | 家\n")

    assert len(said.splitlines()) == 3


# The corpus that ships


def test_the_whole_corpus_keeps_the_contract(schema: Schema) -> None:
    paths = sorted(CORPUS.glob("*.txt"))
    articles = [load(path, schema) for path in paths]

    assert len(articles) >= 400
    assert [a.id for a in articles] == [path.stem for path in paths]
    assert {cls for a in articles for cls in a.classes.values()} >= {
        name for name in schema.classes if schema.base(name) == name and name not in ("Thing", "Organization")
    }
    assert {r.relation for a in articles for r in a.relations} == set(schema.relations)
    for article in articles:
        for mark in article.marks:
            assert article.text[mark.start : mark.end].strip()


def test_the_checker_says_how_much_a_folder_holds_and_fails_where_one_file_is_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    annotate(tmp_path, HEAD + BODY + FACTS)
    assert corpus.main(str(tmp_path)) == 0
    assert "1 articles, 0 bad" in capsys.readouterr().out

    (tmp_path / "own-2.txt").write_text("id: own-2\n\n[沈知远|Persn#e4]来了。\n", encoding="utf-8")
    assert corpus.main(str(tmp_path)) == 1
    told = capsys.readouterr().out
    assert "own-2.txt" in told
    assert "1 articles, 1 bad" in told


def test_the_shipped_models_were_learned_from_what_the_code_sees_in_the_corpus() -> None:
    articles = [load(path) for path in sorted(CORPUS.glob("**/*.txt"))[::DIGESTED]]
    learned = json.loads((package_dir("models") / LEARNED).read_text(encoding="utf-8"))

    told = "the models were taught something else: learn them again (kg train seeds/corpus)"
    assert learned_from(articles, common_knowhow()) == learned, told
