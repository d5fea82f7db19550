"""Bare class words for one of several things: 链党委 is the committee of a chain that was named last.

Where one thing alone can be meant, ``forms`` has joined the two; here each place of a bare word goes to
the fitting thing that is named next before it, or first behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from kg.extract.refer import Referents

BARE_COMMITTEE = re.compile(
    r"(?:链|产业链|公司|集团|企业|实验室|研究院|商会|协会|项目|园区|片区|社区|街道|大)?"
    r"(?:联合|综合|联席|临时|功能型)?(?:党委|党总支|党支部)|党建(?:联盟|联合体|共同体)"
)
"""What a party organization is, without a word of which it is; several in a zone may be called so."""

# Each zone has one, so that a bare one is the zone's; two may stand in one article.
_OF_ZONE = "党工委"
_ZONE_LONGEST = 4
_TRUST = 0.7


def share_bare_names(things: Referents) -> None:
    """Give every mention of a bare committee or zone to the thing that it stands for."""
    for index in list(things.alive()):
        names, base = things.names(index), things.base(index)
        if all(_is_bare(base, name) for name in names):
            meant = _meant(things, index, base, names)
            if len(meant) == 1:
                things.merge(meant.pop(), index)
            elif meant:
                _share(things, index, meant)


def _is_bare(base: str, name: str) -> bool:
    if base == "PartyOrganization":
        return name == _OF_ZONE or BARE_COMMITTEE.fullmatch(name) is not None
    return base == "Zone" and len(name) <= _ZONE_LONGEST


def _meant(things: Referents, index: int, base: str, bare: list[str]) -> set[int]:
    """Things of the class with a longer name that ends as a bare one."""
    return {
        other
        for other in things.alive()
        if other != index and things.base(other) == base
        for name in things.names(other)
        if any(len(name) > len(short) and name.endswith(short) for short in bare)
    }


def _share(things: Referents, index: int, meant: set[int]) -> None:
    """Move each mention of a thing to that of several others which is named next before it, or behind."""
    others = ((m.start, things.at(m.referent)) for m in things.mentions if m.rule != "pronoun")
    places = sorted((start, other) for start, other in others if other in meant)
    for number, mention in enumerate(things.mentions):
        if places and things.at(mention.referent) == index:
            before = bisect_left(places, (mention.start, -1)) - 1
            other = places[max(before, 0)][1]
            things.mentions[number] = replace(mention, referent=other, rule="pronoun", confidence=_TRUST)
    # Its names are nobody's: at each place they mean another.
    things.merged[index] = places[0][1] if places else min(meant)
