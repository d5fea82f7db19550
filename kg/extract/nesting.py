"""Relations that a name itself states: 航空产业链|党委 is the party organization of 航空产业链."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.endings import class_by_ending
from kg.extract.reading import Reading
from kg.extract.refer import Referents, plain
from kg.model import Claim, Mention

PARTY_TAIL = re.compile(
    r"(?:临时|功能型|联合|综合|机关|行业|第[一二三四五六七八九十]+)*"
    r"(?:党委|党工委|党总支|党支部|党组|纪委|纪工委|纪检监察工委|(?:两新|机关)?工委|工作委员会|党小组|"
    r"党支部委员会|(?:党员)?(?:先锋队|突击队|志愿服务队)|党建(?:联盟|联合体|共同体|联建体?)|党支部联合体)$"
)
_ORGAN = re.compile(r"(?:组织部|宣传部|统战部|政法委|党群工作部|党群部|党建工作部|党校)$")
_COMMITTEE_PLACE = re.compile(r"^(?:中共)?(.{1,10}?[省市区县旗州盟])委$")
_ENDINGS_LONGEST = 10
NESTED = "nested body"
# What a party organization can be named after, in the order in which a name is looked up.
_BODIES = ("IndustryChain", "Zone", "GovernmentBody", "Enterprise", "ResearchInstitution",
           "University", "Project", "Place", "SocialOrganization", "PartyOrganization")  # fmt: skip
_PARTY_HEADS = (
    re.compile(r"^(.{2,20}?(?:党支部|党委|党总支|党工委))(?!书记).*(?:队|小组|联盟|岗|站)$"),
    re.compile(r"^(.{1,20}?(?:党工委|[省市区县旗州盟]委)).*(?:部|政法委|党校|办公室)$"),
)
# Of these a word that is but an ending names none: a bare 产业链党委 is not that of a 产业链.
_NEVER_BARE = frozenset(("IndustryChain", "ResearchInstitution"))
_CHAIN = "产业链"
# A centre with a party organization of its own is an office of the zone, unless it does research.
_OFFICE = re.compile(
    r"(?:处|部|支队|大队|派出所|税务所|专班|"
    r"(?:服务|管理|推进|发展|事务|促进|保障|审批|征收|资源|推广)中心)$"
)


def build_nested(reading: Reading, things: Referents) -> None:
    """Make entities of the bodies that party organizations are named after, mentioned inside the name."""
    waiting = [m for m in things.mentions if things.base(m.referent) == "PartyOrganization"]
    while waiting:
        mention = waiting.pop()
        if mention.rule == "pronoun":
            continue
        name = reading.text[mention.start : mention.end]
        inner = _party_inside(name)
        body = inner or _body(name)
        cls = _party_class(reading, inner) if inner else _class_of(reading, things, body) if body else None
        if cls:
            start = mention.start + name.index(body)
            index = things.add(cls, [body, *_without_zone(things, body)], mention.start)
            things.mention(index, start, start + len(body), NESTED, 0.85)
            if inner:
                waiting.append(things.mentions[-1])


def _party_inside(name: str) -> str:
    """The party organization that another's name begins with.

    建设局党支部 of 建设局党支部“…”先锋队, 浦口区委 of 浦口区委组织部.
    """
    found = (match for pattern in _PARTY_HEADS if (match := pattern.match(name)))
    return next((match.group(1) for match in found), "")


def _party_class(reading: Reading, name: str) -> str:
    endings = class_by_ending(reading.schema)
    found = (endings[name[-size:]] for size in range(6, 1, -1) if name[-size:] in endings)
    return next(found, "PartyOrganization")


def _body(name: str) -> str:
    """The body of a party organization's name: 建设局 of 建设局党支部, empty without one."""
    if committee := _COMMITTEE_PLACE.match(name):
        return committee.group(1)
    tail = PARTY_TAIL.search(name)
    body = name[: tail.start()].lstrip("“").removeprefix("中共") if tail else ""
    return body if len(body) >= 2 else ""


def _without_zone(things: Referents, body: str) -> list[str]:
    """A chain with its zone in front is called by the chain alone, too: 荆门高新区|绿色食品产业链."""
    zone = _longest_prefix(things, body, ("Zone",)) if body.endswith(_CHAIN) else None
    names = things.names(zone) if zone is not None else []
    ahead = max((len(n) for n in names if body.startswith(n)), default=len(body))
    return [body[ahead:]] if len(body) > ahead + len(_CHAIN) else []


def _class_of(reading: Reading, things: Referents, body: str) -> str | None:
    """Class of a body: of a thing known by this name, of the gazetteer, or of its ending."""
    if (known := _any(things, body)) is not None:
        return things.cls(known)
    entry = reading.lexicon.entries.get(body)
    if entry and entry.cls in reading.schema.classes:
        return entry.cls
    if reading.word("names", "generic", body) and body not in ("孵化器",):
        return None
    if _OFFICE.search(body) and len(body) > 2 and "GovernmentBody" in reading.schema.classes:
        return "GovernmentBody"
    endings = class_by_ending(reading.schema)
    for size in range(min(_ENDINGS_LONGEST, len(body)), 0, -1):
        cls = endings.get(body[-size:])
        if not cls or (base := reading.schema.base(cls)) not in _BODIES:
            continue
        if size < len(body) or (size > 2 and base not in _NEVER_BARE):
            return cls
    return None


def name_claims(reading: Reading, things: Referents, zone: int | None) -> Iterator[Claim]:
    """Claim what names state: whose party organization, whose department, where."""
    for mention in list(things.mentions):
        if mention.rule == "pronoun" or (mention.rule == NESTED and not _names_party(things, mention)):
            continue
        sentence = reading.sentence_at(mention.start)
        if sentence is None:
            continue
        for subject, relation, object, rule, trust in _stated(reading, things, mention, zone):
            subject, object = things.at(subject), things.at(object)
            if subject != object and reading.schema.allows(things.cls(subject), relation, things.cls(object)):
                yield Claim(subject, relation, object, sentence.start, sentence.end, rule, trust)


def _names_party(things: Referents, mention: Mention) -> bool:
    return things.base(mention.referent) == "PartyOrganization"


_Stated = tuple[int, str, int, str, float]


def _stated(reading: Reading, things: Referents, mention: Mention, zone: int | None) -> Iterator[_Stated]:
    base = things.base(mention.referent)
    if base == "PartyOrganization":
        yield from _party(reading, things, mention, zone)
    elif base == "GovernmentBody":
        yield from _department(things, mention, zone)
    elif base == "IndustryChain":
        yield from _chain(things, mention, zone)
    elif base in ("ResearchInstitution", "Enterprise", "Facility", "Zone", "SocialOrganization",
                  "University", "Project"):  # fmt: skip
        yield from _prefix_place(reading, things, mention)


def _party(reading: Reading, things: Referents, mention: Mention, zone: int | None) -> Iterator[_Stated]:
    name, me = reading.text[mention.start : mention.end], mention.referent
    inner = _party_inside(name)
    if inner and (outer := things.lookup("PartyOrganization", inner)) is not None:
        yield me, "partOf", outer, "name:team of branch", 0.9
        return
    body = _body(name)
    target = _any(things, body) if body else None
    if target is not None:
        yield me, "partyOrganizationOf", target, "name:party body", 0.95
        if things.base(target) == "GovernmentBody" and zone is not None and len(body) <= 8:
            yield target, "partOf", zone, "name:department", 0.6
    elif name == "党工委" and zone is not None:
        yield me, "partyOrganizationOf", zone, "name:zone committee", 0.8
    if _ORGAN.search(name):
        owner = _ORGAN.sub("", name)
        parent = _any(things, owner) if owner else zone
        if parent is None:
            parent = _longest_prefix(things, name, ("Zone", "PartyOrganization"))
        if parent is not None:
            yield me, "partOf", parent, "name:organ", 0.9


def _department(things: Referents, mention: Mention, zone: int | None) -> Iterator[_Stated]:
    """乐山高新区|营商环境局 is part of the zone, a bare 建设局 too; 合肥市|科技局 is in the city."""
    me, name = mention.referent, max(things.names(mention.referent), key=len)
    owner = _longest_prefix(things, name, ("Zone",))
    if owner is not None:
        yield me, "partOf", owner, "name:department", 0.9
        return
    place = _longest_prefix(things, name, ("Place",))
    if place is not None:
        yield me, "locatedIn", place, "name:place", 0.8
    elif zone is not None and name.endswith(("局", "管委会", "管理委员会", "办公室")) and len(name) <= 8:
        yield me, "partOf", zone, "name:department", 0.7


def _chain(things: Referents, mention: Mention, zone: int | None) -> Iterator[_Stated]:
    owner = _longest_prefix(things, max(things.names(mention.referent), key=len), ("Zone",))
    if owner is not None:
        yield owner, "developsIndustry", mention.referent, "name:chain of zone", 0.85


def _prefix_place(reading: Reading, things: Referents, mention: Mention) -> Iterator[_Stated]:
    """A zone or place in front of, or inside, a name says where the thing is."""
    me, name = mention.referent, reading.text[mention.start : mention.end]
    owner = _longest_prefix(things, name, ("Zone",))
    if owner is not None and things.at(owner) != things.at(me):
        yield me, "locatedIn", owner, "name:zone", 0.85
        return
    place = _longest_prefix(things, name, ("Place",))
    if place is None and things.base(me) in ("ResearchInstitution", "Zone"):
        place = _inside(things, name)
    if place is not None and things.base(me) in (
        "ResearchInstitution",
        "Zone",
        "Facility",
        "SocialOrganization",
    ):
        yield me, "locatedIn", place, "name:place", 0.7


def _longest_prefix(things: Referents, name: str, bases: tuple[str, ...]) -> int | None:
    name = plain(name)
    for size in range(len(name) - 1, 1, -1):
        for base in bases:
            found = things.lookup(base, name[:size])
            if found is not None:
                return found
    return None


def _inside(things: Referents, name: str) -> int | None:
    places = [i for i in things.alive() if things.base(i) == "Place"]
    fits = [(len(n), -i) for i in places for n in things.names(i) if len(n) >= 2 and n in name]
    return -max(fits)[1] if fits else None


def _any(things: Referents, name: str) -> int | None:
    for base in _BODIES:
        if (found := things.lookup(base, name)) is not None:
            return found
    return None
