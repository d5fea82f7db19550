"""Written numbers: each is read whole or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers import value_of, written_numbers

UNITS = frozenset(("元", "家", "人", "项", "个", "幢", "千米", "平方米"))


def read(text: str) -> list[tuple[str, Decimal, str]]:
    return [(text[n.start : n.end], n.value, n.unit) for n in written_numbers(text, UNITS, 0, len(text))]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("三万五千家", 35_000),
        ("十二万三千家", 123_000),
        ("3万零5家", 30_005),
        ("3万5000平方米", 35_000),
        ("3万5千人", 35_000),
        ("1亿2000万元", 120_000_000),
        ("1亿零500万元", 105_000_000),
        ("1亿〇500万元", 105_000_000),
        ("2.5亿300万余元", 253_000_000),
        ("一亿二千万项", 120_000_000),
        ("1.2万亿5000亿元", 1_700_000_000_000),
        ("1,234,567元", 1_234_567),
        ("百分之四十二", 42),
    ],
)
def test_a_number_of_several_parts_is_one(said: str, value: int) -> None:
    assert [(found, number) for found, number, _ in read(f"投入{said}。")] == [(said, value)]


@pytest.mark.parametrize(
    "said",
    [
        "3百万5千元", "2百亿5千万元", "12百万3千元", "1.5千万5千元", "2千3百万元",  # nobody writes so
        "1亿2千万3千元", "一亿二千万三千家",  # more parts than are read
        "三万五家", "3万5家", "3万5千米", "10亿两家",  # 35,000 as it is spoken, two numbers, or 5 千米
        "1万2亿元", "5千万1亿元",  # the less before the larger
        "1234,567元",  # no thousands
        f"{'9' * 29}个", f"{'9' * 28}万5千元", f"{'1' * 5000}年",
    ],
)  # fmt: skip
def test_what_cannot_be_the_whole_of_a_number_is_none(said: str) -> None:
    assert read(f"投入{said}。") == []


def test_a_comma_between_two_numbers_parts_them() -> None:
    assert read("由0.9提升到2.6,26幢新厂房") == [("26幢", 26, "幢")]


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_parts_in_digits_add_up(larger: int, less: int) -> None:
    assert read(f"共{larger}亿{less}万元") == [(f"{larger}亿{less}万元", larger * 10**8 + less * 10**4, "元")]


@given(st.integers(1, 10**20), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_value_is_plain_however_large(number: int, scale: str) -> None:
    assert "E" not in str(value_of(str(number), scale))
