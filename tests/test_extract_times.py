"""Time expressions mean what a reader of the article's day takes them to mean; nothing is guessed."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import RULES_ALONE

from kg.extract import extract
from kg.extract.reading import Reading, common_knowhow
from kg.extract.times import Times
from kg.model import Article, Block, Document
from kg.resolve import resolve


def article(text: str, date: str | None = "2025-06-24") -> Article:
    document = Document("页.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", text)
    block = Block("paragraph", 0, len(text))
    return Article(document, 1, text, tuple(range(len(text))), (block,), date=date)


def values(text: str, date: str | None = "2025-06-24") -> list[str]:
    return [m.value for m in Times(Reading(article(text, date), common_knowhow())).moments]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025年9月，实验室挂牌。", "2025-09"),
        ("2024年6月24日，项目开工。", "2024-06-24"),
        ("二〇二四年六家企业入驻。", "2024"),
        ("今年1月，种创中心捷报频传。", "2025-01"),
        ("去年，全区完成投资。", "2024"),
        ("今年以来，新增企业12家。", "2025"),
        ("今年上半年完成产值。", "2025-01/2025-06"),
        ("2024年第二季度集中开工。", "2024-04/2024-06"),
        ("前三季度增长8.6%。", "2025-01/2025-09"),
        ("今年前5个月进出口增长。", "2025-01/2025-05"),
        ("1—5月进出口增长。", "2025-01/2025-05"),
        ("2021年至2024年累计投入。", "2021/2024"),
        ("“十四五”期间新增平台。", "2021/2025"),
        ("截至目前，累计培育企业702家。", "2025-06-24"),
        ("近日，航空产业链党委成立。", "2025-06-24"),
        ("上月签约。", "2025-05"),
        ("12月，大会召开。", "2024-12"),
        ("6月底建成。", "2025-06"),
        ("昨日揭牌。", "2025-06-23"),
        ("预计2026年年底建成", "2026"),
    ],
)
def test_an_expression_is_resolved_against_the_date_of_the_article(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text", ["今年1月签约。", "近日揭牌。", "截至目前有702家。", "6月24日开工。", "上半年增长。"]
)
def test_without_a_date_of_the_article_nothing_relative_is_guessed(text: str) -> None:
    assert values(text, None) == []


def test_a_year_named_in_the_sentence_serves_the_months_behind_it() -> None:
    assert values("2024年3月签约，7月开工。", None) == ["2024-03", "2024-07"]


@pytest.mark.parametrize("text", ["耗时3个月完成。", "连续5年优于标准。", "建设周期18个月。", "1284项成果"])
def test_spans_and_counts_are_no_dates(text: str) -> None:
    assert values(text) == []


def test_facts_and_figures_carry_the_time_of_their_clause() -> None:
    text = "合肥高新区2023年引进企业120家，2024年引进企业150家。2022年，合肥高新区成立航空产业链党委。"
    knowledge = resolve([extract(article(text), models=RULES_ALONE)])
    assert {(f"{o.value}", o.time) for o in knowledge.observations} >= {("120", "2023"), ("150", "2024")}
    (fact,) = [f for f in knowledge.facts if f.relation == "establishes"]
    assert fact.times == ("2022",)


def test_a_repeated_figure_is_one_and_keeps_its_time() -> None:
    text = "合肥高新区高新技术企业达702家。2024年，合肥高新区高新技术企业达702家。"
    (figure,) = resolve([extract(article(text), models=RULES_ALONE)]).observations
    assert figure.time == "2024" and len(figure.evidence) == 2


@given(
    st.text(alphabet="今去年月日前半上下季度一二三四0123456789近截至目“十五”期间—至到。，", max_size=60),
    st.sampled_from([None, "2025-06", "2025-06-24", "2025"]),
)
def test_any_text_yields_values_of_iso_form(text: str, date: str | None) -> None:
    import re

    for value in values(text + "。", date):
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d)?)?", value)
