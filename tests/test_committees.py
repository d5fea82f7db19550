"""Party organizations: the bodies that they are named after, and the bare words that stand for them."""

from __future__ import annotations

import pytest
from newsroom import laid_out, read, write

from kg.extract import Reading
from kg.extract.bare import share_bare_names
from kg.extract.figures import spots
from kg.extract.measure import figure_rows
from kg.extract.nesting import build_nested, name_claims
from kg.extract.reading import common_knowhow
from kg.extract.refer import Referents
from kg.schema import Schema

ZONE = "荆门高新区"


def named(text: str, **names: tuple[str, ...]) -> Referents:
    """The things of a text: of each class those of some names, wherever they stand."""
    things = Referents(Reading(write(text), common_knowhow()))
    for cls, of_class in names.items():
        for name in of_class:
            at = text.find(name)
            while at >= 0:
                things.mention(things.add(cls, [name], at), at, at + len(name), "model", 0.9)
                at = text.find(name, at + len(name))
    return things


def meant(things: Referents, word: str) -> list[str]:
    """What each place of a word stands for, in text order."""
    places = sorted((m.start, things.at(m.referent)) for m in things.mentions if m.surface == word)
    return [things.names(index)[0] for _, index in places]


@pytest.mark.parametrize(
    ("committee", "body", "cls"),
    [
        ("荆门高新区企业服务中心党支部", "荆门高新区企业服务中心", "GovernmentBody"),
        ("荆门高新区项目推进中心党总支", "荆门高新区项目推进中心", "GovernmentBody"),
        ("荆门高新区管委会规划建设处党支部", "荆门高新区管委会规划建设处", "GovernmentBody"),
        ("荆门高新区经济发展部党支部", "荆门高新区经济发展部", "GovernmentBody"),
        ("荆门高新区财政局机关党支部", "荆门高新区财政局", "GovernmentBody"),
        ("荆楚绿氢技术创新中心党支部", "荆楚绿氢技术创新中心", "ResearchInstitution"),
        ("荆门高新区纪工委", "荆门高新区", "Zone"),
        ("荆门高新区两新工委", "荆门高新区", "Zone"),
        ("通用航空产业链党建共同体", "通用航空产业链", "IndustryChain"),
        ("荆门高新区绿色食品产业链党委", "绿色食品产业链", "IndustryChain"),
    ],
)
def test_a_party_organization_is_that_of_the_body_in_its_name(
    committee: str, body: str, cls: str, schema: Schema
) -> None:
    text = f"{ZONE}召开大会。{committee}推行“星火引航”行动。"
    things = named(text, HighTechZone=(ZONE,), PartyOrganization=(committee,))
    build_nested(things.reading, things)

    of = things.lookup(cls, body)
    claims = {(c.subject, c.relation, c.object) for c in name_claims(things.reading, things, None)}

    assert of is not None
    assert things.names(of)[0] in committee
    assert (things.lookup("PartyOrganization", committee), "partyOrganizationOf", of) in claims


def test_an_organ_of_a_committee_is_part_of_it_and_the_committee_that_of_its_place(schema: Schema) -> None:
    told = read("浦口区委组织部推行“星火引航”行动。", schema)

    assert ("浦口区委组织部", "浦口区委") in told.pairs("partOf")
    assert ("浦口区委", "浦口区") in told.pairs("partyOrganizationOf")


@pytest.mark.parametrize("bare", ["产业链党委", "实验室党委", "研究院党支部"])
def test_a_bare_class_word_is_no_body(bare: str, schema: Schema) -> None:
    told = read(f"{ZONE}召开大会。{bare}推行“星火引航”行动。", schema)

    assert not told.pairs("partyOrganizationOf")
    assert not told.names("IndustryChain") | told.names("ResearchInstitution")


def test_a_bare_committee_is_the_one_named_last_before_it(schema: Schema) -> None:
    told = read(
        "荆门高新区成立通用航空产业链党委。链党委走访企业。"
        "荆门高新区又成立绿色食品产业链党委。链党委走访企业。链党委再次走访企业。",
        schema,
    )

    assert told.meant("链党委") == ["通用航空产业链党委", "绿色食品产业链党委", "绿色食品产业链党委"]
    assert told.names("PartyOrganization") == {"通用航空产业链党委", "绿色食品产业链党委"}
    assert all("链党委" not in r.names for r in told.record.referents)


def test_a_bare_committee_before_all_others_is_the_first_one_named() -> None:
    things = named(
        f"大党委走访企业。{ZONE}成立甲大党委、乙大党委。", PartyOrganization=("甲大党委", "乙大党委")
    )
    things.mention(things.add("PartyOrganization", ["大党委"], 0), 0, 3, "model", 0.9)
    share_bare_names(things)

    assert meant(things, "大党委") == ["甲大党委"]


def test_a_bare_committee_without_another_stays_one_of_its_own() -> None:
    things = named(f"联合党委走访企业。{ZONE}召开大会。", PartyOrganization=("联合党委",))
    share_bare_names(things)

    assert meant(things, "联合党委") == ["联合党委"]


def test_a_short_zone_is_the_longer_one_that_ends_as_it_does() -> None:
    text = "兰州新区化工园区扩建，青岛蓝谷跟进。化工园区投产。蓝谷通车。"
    things = named(text, Zone=("兰州新区化工园区", "青岛蓝谷"))
    for word in ("化工园区", "蓝谷"):
        at = text.rindex(word)
        things.mention(things.add("Zone", [word], at), at, at + len(word), "model", 0.9)
    share_bare_names(things)

    assert meant(things, "化工园区") == ["兰州新区化工园区"]
    assert meant(things, "蓝谷") == ["青岛蓝谷"]


@pytest.mark.parametrize(("filler", "asked"), [("", True), ("会场座无虚席。", False)])
def test_two_sentences_back_only_what_is_still_spoken_of_may_own_a_figure(filler: str, asked: bool) -> None:
    layout, zone, of = laid_out(f"{ZONE}引进荆楚科技公司。{filler}{ZONE}签约项目12个。")
    (spot,) = spots(layout, zone)

    _, rows = figure_rows(layout, spot, zone)
    owners = {index for index, _ in rows}

    assert of[ZONE] in owners
    assert (of["荆楚科技公司"] in owners) == asked
