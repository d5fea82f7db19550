"""Where things are, said without a verb: 高新区的金凤实验室, 科学城企业某公司, 落户高新区的项目."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import Clause, Layout
from kg.model import Claim, Mention, Sentence

_OF = re.compile(
    r"^(?:的|内|内的|区内|里的|境内|辖区|辖内|辖区内|辖区企业|所属|所辖|下辖|范围内的|园区的)?"
    r"(?:[\u4e00-\u9fff]{0,8}?(?:企业|公司|单位|高校|平台|龙头|独角兽|上市公司|机构|项目))?[“‘《]?$"
)
_IN = re.compile(r"(?:位于|坐落于?|地处|落户于?|扎根于?|设在|建在|入驻|落地于?|在)$")
_PLACED = ("Enterprise", "ResearchInstitution", "Facility", "Project", "University", "SocialOrganization",
           "Zone", "Place", "Person", "GovernmentBody")  # fmt: skip
_HOME = ("Project", "Facility")


def place_claims(layout: Layout, zone: int | None) -> Iterator[Claim]:
    """Claim where things are from how names stand beside each other."""
    for sentence, clauses in layout.clauses:
        for clause in clauses:
            yield from _side_by_side(layout, sentence, clause)
    yield from _at_home(layout, zone)


def _side_by_side(layout: Layout, sentence: Sentence, clause: Clause) -> Iterator[Claim]:
    """Z的X, Z企业X, 在Z的X and the list that goes on from it."""
    things, text = layout.things, layout.reading.text
    container: Mention | None = None
    previous: Mention | None = None
    for mention in clause.mentions:
        gap = text[previous.end : mention.start] if previous else None
        if previous and gap is not None:
            if things.base(previous.referent) in ("Zone", "Place") and _OF.match(gap) and gap != "企业和":
                container = previous if _contains(layout, previous, mention) else None
            elif gap.strip("“”") not in ("、", "和", "与", "及"):
                container = None
            if container and container is not mention and _fits(layout, mention, container):
                yield _claim(
                    sentence, things.at(mention.referent), things.at(container.referent), "beside", 0.75
                )
        previous = mention


def _contains(layout: Layout, outer: Mention, inner: Mention) -> bool:
    things = layout.things
    return things.at(outer.referent) != things.at(inner.referent)


def _fits(layout: Layout, inner: Mention, outer: Mention) -> bool:
    things = layout.things
    if things.at(inner.referent) == things.at(outer.referent):
        return False
    if things.base(inner.referent) == "Zone" and things.base(outer.referent) == "Zone":
        return False
    if things.base(inner.referent) == "Place" and things.base(outer.referent) != "Place":
        return True
    return things.base(inner.referent) in _PLACED and things.base(inner.referent) != "Person"


def _at_home(layout: Layout, zone: int | None) -> Iterator[Claim]:
    """A project or facility that a zone's report tells of, with no other place said, is in the zone."""
    if zone is None:
        return
    things, seen = layout.things, set()
    for mention in layout.mentions:
        index = things.at(mention.referent)
        if index in seen or things.base(index) not in _HOME:
            continue
        seen.add(index)
        sentence = layout.reading.sentence_at(mention.start)
        if sentence is not None:
            yield _claim(sentence, index, zone, "report of zone", 0.55)


def _claim(sentence: Sentence, subject: int, object: int, rule: str, trust: float) -> Claim:
    return Claim(subject, "locatedIn", object, sentence.start, sentence.end, rule, trust)
