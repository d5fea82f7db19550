"""Members of joint bodies: 联合党委由A党委、B党支部组成, A、B等9家为成员单位, 成员包括A、B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import Clause, Layout
from kg.model import Claim, Mention

_COMPOSED = re.compile(r"(?:组成|构成)")
_AS_MEMBERS = re.compile(
    r"(?:成为|作为|为|是|任|担任|加入)(?:首批|其|理事|副|该)*(?:成员|成员单位|会员单位|理事单位)"
)
_INCLUDES = re.compile(r"(?:成员|成员单位)(?:单位)?(?:有|包括|涵盖|含|覆盖|为)")
_JOINT = re.compile(
    r"(?:联盟|联合党委|联合党总支|联合党支部|链党委|链综合党委|综合党委|联合体|共同体|联合会|联席会)$"
)


def member_claims(layout: Layout, zone: int | None) -> Iterator[Claim]:
    """Claim that the bodies of which a joint one is made up are part of it."""
    for number, (sentence, _) in enumerate(layout.clauses):
        for clause, subjects, _ in layout.roles[number]:
            members = _members(layout, clause)
            whole = _whole(layout, clause, subjects, members) if members else None
            for member in members if whole is not None else ():
                index = layout.things.at(member.referent)
                if whole is not None and index != whole:
                    yield Claim(index, "partOf", whole, sentence.start, sentence.end, "members", 0.85)


def _members(layout: Layout, clause: Clause) -> list[Mention]:
    """The bodies that a clause lists as members."""
    text = layout.reading.text
    here = text[clause.start : clause.end]
    if (made := _COMPOSED.search(here)) and (by := here.find("由")) >= 0:
        return clause.between(clause.start + by, clause.start + made.start())
    if as_members := _AS_MEMBERS.search(here):
        return clause.before(clause.start + as_members.start())
    if includes := _INCLUDES.search(here):
        return [m for m in clause.mentions if m.start >= clause.start + includes.end()]
    return []


def _whole(layout: Layout, clause: Clause, subjects: tuple[int, ...], members: list[Mention]) -> int | None:
    """The joint body: named before its members, or carried over from the clause before."""
    things = layout.things
    inside = {things.at(m.referent) for m in members}
    named = [things.at(m.referent) for m in clause.mentions if m not in members]
    carried = [things.at(i) for i in subjects]
    nearby = [*named, *carried, *_spoken_of(layout, clause)]
    return next((i for i in nearby if i not in inside and _is_joint(layout, i)), None)


def _is_joint(layout: Layout, index: int) -> bool:
    """A body that others make up: a joint or chain committee, an alliance."""
    named = any(_JOINT.search(name) for name in layout.things.names(index))
    return named and layout.things.base(index) in ("PartyOrganization", "SocialOrganization")


def _spoken_of(layout: Layout, clause: Clause) -> Iterator[int]:
    """What was named shortly before the clause, the nearest first."""
    for mention in reversed(layout.mentions):
        if clause.start - 160 <= mention.start < clause.start:
            yield layout.things.at(mention.referent)
