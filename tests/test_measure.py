"""Whose a figure is: the acting body's, not its programme's, and what the model of figures is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from newsroom import laid_out, read

from kg.extract.figures import spots
from kg.extract.measure import figure_rows
from kg.schema import Schema

ZONE, COMPANY, DEVICE = "合肥高新区", "安徽海蓝电子有限公司", "合肥先进光源装置"


def features(text: str, value: int) -> dict[str, list[str]]:
    """What the model is told of each thing that a number may be a figure of, by the thing's fullest name."""
    layout, zone, _ = laid_out(text)
    (spot,) = [s for s in spots(layout, zone) if s.value == value]
    _, rows = figure_rows(layout, spot, zone)
    return {layout.things.names(i)[0]: found for i, found in rows}


@pytest.mark.parametrize(
    ("text", "owner", "value", "unit"),
    [
        (f"{ZONE}推出“惠企直达”机制，累计服务企业120家。", ZONE, 120, "家"),
        (f"{ZONE}深入实施“强基、先锋”行动，解决问题430个。", ZONE, 430, "个"),
        (f"{ZONE}设立“党员示范岗”25个。", ZONE, 25, "个"),
        (f"{COMPANY}党委开展“党员先锋”行动，培训职工300人次。", f"{COMPANY}党委", 300, "人次"),
    ],
)
def test_what_a_body_does_by_a_programme_is_the_figure_of_the_body(
    schema: Schema, text: str, owner: str, value: int, unit: str
) -> None:
    told = read(text, schema, headline=f"{ZONE}跑出加速度", models=None)

    assert (owner, Decimal(value), unit) in told.figures()


def test_the_size_of_a_project_is_the_figure_of_the_project(schema: Schema) -> None:
    project = "海蓝智能传感器产业园项目"
    told = read(f"{ZONE}举行开工仪式。{project}总投资20亿元。", schema, models=None)

    assert (project, Decimal(2_000_000_000), "元") in told.figures()


def test_the_model_is_told_which_thing_a_bare_noun_ends_the_name_of() -> None:
    found = features(f"{ZONE}与{DEVICE}、{COMPANY}签约。截至9月，装置累计服务用户19家。", 19)

    assert [name for name in found if "noun=True|True" in found[name]] == [DEVICE]


def test_a_noun_inside_a_name_stands_for_no_other_thing() -> None:
    found = features(f"{ZONE}与{DEVICE}签约。长三角科学装置累计服务用户19家。", 19)

    assert "noun=False|False" in found[DEVICE]


def test_the_model_is_told_which_thing_the_sentence_names_first() -> None:
    found = features(f"今年，{ZONE}联合{COMPANY}举办活动40场。", 40)

    assert "first=True|True|Zone" in found[ZONE]
    assert "first=False|True|Enterprise" in found[COMPANY]


def test_the_model_is_told_how_often_and_where_a_thing_is_named() -> None:
    found = features(f"{ZONE}来了。{COMPANY}来了。{COMPANY}举办活动40场。", 40)

    assert "named=2|Enterprise" in found[COMPANY]
    assert "named=1|Zone" in found[ZONE]
    assert "headed=False|Enterprise|True" in found[COMPANY]


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("本地配套率达到百分之四十二", {(42, "%")}),
        ("本地配套率超过百分之98.5", {(Decimal("98.5"), "%")}),
        ("成本降低四成", {(4, "成")}),
        ("一期投资二点四亿元", {(240_000_000, "元")}),
        ("新增企业一百零五家", {(105, "家")}),
        ("新增企业三万五千家", {(35_000, "家")}),
        ("到账资金1亿2000万元", {(120_000_000, "元")}),
        ("到账资金1亿2千万3千元", set()),
        ("这是今年第一百家企业", set()),
    ],
)
def test_a_number_in_words_is_read_whole_or_not_at_all(said: str, stated: set[tuple[Decimal, str]]) -> None:
    layout, zone, _ = laid_out(f"{ZONE}{said}。")

    assert {(spot.value, spot.unit) for spot in spots(layout, zone)} == stated
