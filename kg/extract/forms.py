"""Forms of one name: abbreviations, names with and without their owner, short company names, class words.

Each rule joins things of one class and one article; a form that fits two things joins neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from kg.extract.bare import BARE_COMMITTEE
from kg.extract.known import aliases, runs_through
from kg.extract.refer import Referents, key, plain
from kg.lexicon import Lexicon
from kg.segment import fold

_CROWD = 300
_GENERIC = re.compile(rf"{BARE_COMMITTEE.pattern}|党工委|管委会|组织部|党群工作部|[一二三四五六]期项目")
_PHASE = re.compile(r"[一二三四五六]期(?:工程)?项目")
_PARTY_TAILS = ("联合党委", "党委", "党支部", "党总支")
_BRANDS = ("党建品牌", "品牌", "行动", "活动", "工程", "计划", "机制", "模式", "工作法")
_LEGAL = re.compile(r"(?:公司|集团)$")
_FULL = re.compile(r"(?:公司|集团|厂|研究院|银行)$")
# 内蒙古自治区 before the brand of a company.
_PLACE_LONGEST = 6


def join_names(things: Referents) -> None:
    """Make the names of one thing one: known ones, abbreviations, forms with and without their owner."""
    _join_known(things)
    _join_abbreviations(things)
    _join_places(things)
    _join_zones(things)
    _join_tails(things)
    _join_generic(things)
    _join_short_companies(things)
    _join_party_bodies(things)


def _join_known(things: Referents) -> None:
    """Two names of one gazetteer entry are one thing: 重庆 and 重庆市."""
    by_entry: dict[tuple[str, str], int] = {}
    for i in list(things.alive()):
        for name in list(things.clusters[i].names):
            entry = things.reading.lexicon.entries.get(fold(name))
            if entry and things.reading.schema.base(entry.cls) == things.base(i):
                first = by_entry.setdefault((entry.cls, entry.name), i)
                if first != i:
                    things.merge(first, i)


def _join_abbreviations(things: Referents) -> None:
    """…有限公司(以下简称“优竟空科技”): the bracket's name is a name of what stands before it."""
    ends = {m.end: m.referent for m in things.mentions}
    for alias in aliases(things.reading):
        # The name of a document ends before its closing mark: 《…发展行动方案》(以下简称《行动方案》).
        full = ends.get(alias.full_end, ends.get(alias.full_end - 1))
        if full is None:
            continue
        base, name = things.base(full), things.reading.article.text[alias.start : alias.end]
        for other in things.reading.schema.classes:
            # The bracket settles the class of the short form, whatever it was taken for.
            short = things.lookup(other, name)
            if short is not None:
                things.merge(full, short)
        if base == "PartyOrganization":
            _join_bodies(things, things.names(full)[0], name)
        things.clusters[things.at(full)].names[plain(name)] += 1
        things.by_name[base, key(name)] = things.at(full)


def _join_bodies(things: Referents, full: str, short: str) -> None:
    """某公司党委(以下简称“某党委”): the bodies are one as well."""
    tail = next((t for t in _PARTY_TAILS if full.endswith(t) and short.endswith(t)), "")
    if not tail:
        return
    for base in ("Enterprise", "ResearchInstitution", "University", "IndustryChain"):
        body = things.lookup(base, full.removesuffix(tail))
        if body is not None:
            other = things.lookup(base, short.removesuffix(tail))
            if other is not None:
                things.merge(body, other)
            things.clusters[things.at(body)].names[plain(short.removesuffix(tail))] += 0
            things.by_name[base, key(short.removesuffix(tail))] = things.at(body)


def _join_places(things: Referents) -> None:
    """A place with its container in front is the place: 安徽省合肥市 and 合肥市."""
    _join_by(things, ("Place",), lambda long, short: long.endswith(short) and len(short) >= 3)


def _join_zones(things: Referents) -> None:
    """Forms of one zone: 西部(重庆)科学城, 西部科学城重庆高新区, 科学城高新区."""
    _join_by(things, ("Zone",), _same_zone)
    _join_by(things, ("Zone",), lambda long, short: _zone_stem(long) == _zone_stem(short))


def _join_tails(things: Referents) -> None:
    """A body with its zone or place in front is the body: 景德镇高新区航空产业链党委 and 航空产业链党委."""
    bases = ("PartyOrganization", "IndustryChain", "GovernmentBody", "ResearchInstitution", "Project",
             "Program", "Event", "Facility", "University", "Enterprise", "SocialOrganization",
             "Industry")  # fmt: skip
    owners = {n for i in things.alive() if things.base(i) in ("Zone", "Place") for n in things.names(i)}
    known = _known_owners(things.reading.lexicon)

    def owned(long: str, short: str) -> bool:
        long, short = (name.replace("管理委员会", "管委会") for name in (long, short))
        return (
            long.endswith(short)
            and len(short) >= 3
            and (long[: -len(short)] in owners or long[: -len(short)] in known)
        )

    _join_by(things, bases, owned)
    _join_industries(things)


@lru_cache(maxsize=4)
def _known_owners(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(name for name, entry in lexicon.entries.items() if entry.cls in ("Zone", "Place"))


def _join_industries(things: Referents) -> None:
    """产业, 产业集群 and 产业体系 with one modifier are one industry."""
    stem: dict[str, int] = {}
    for i in list(things.alive()):
        if things.base(i) == "Industry":
            for name in things.names(i):
                head = re.sub(r"(?:先进制造业|产业)?(?:集群|体系|产业)$", "", name)
                first = things.at(stem.setdefault(head, i))
                if first != things.at(i) and len(head) >= 2:
                    things.merge(first, i)


def _join_generic(things: Referents) -> None:
    """联合党委, 产业链党委, 四期项目: a class word that only one longer name in the article ends with."""
    _join_by(things, ("PartyOrganization", "GovernmentBody", "Project"),
             lambda long, short: _GENERIC.fullmatch(short) is not None and long.endswith(short))  # fmt: skip
    _join_by(things, ("Project",), _same_phase)
    _join_by(things, ("Event",), lambda long, short: len(short) >= 4 and long.endswith(short))
    _join_by(things, ("Program",), lambda long, short: long in {short + word for word in _BRANDS})


def _same_phase(long: str, short: str) -> bool:
    """二期项目 for 瑞航航空发动机维修公司二期基地项目: the only project of that phase."""
    return _PHASE.fullmatch(short) is not None and short[:2] in long and long.endswith("项目")


def _join_party_bodies(things: Referents) -> None:
    """襄驰汽车党委 and 湖北襄驰汽车有限公司党委 are one where their bodies are."""
    first: dict[tuple[int, str], int] = {}
    for i in list(things.alive()):
        for name in things.names(i) if things.base(i) == "PartyOrganization" else ():
            tail = next((t for t in _PARTY_TAILS if name.endswith(t)), "")
            body = things.lookup("Enterprise", name.removesuffix(tail)) if tail else None
            if body is not None:
                things.merge(first.setdefault((body, tail), i), i)


def _join_short_companies(things: Referents) -> None:
    """A short company name in a full one: 昌飞公司 for 江西昌飞航空公司, 霁光材料 for 霁光发光材料公司."""
    _join_by(things, ("Enterprise",), _short_company)


def _short_company(long: str, short: str) -> bool:
    core = _LEGAL.sub("", short)
    if not 2 <= len(core) < len(long) or not _FULL.search(long):
        return False
    at = long.find(core[:2])
    if not 0 <= at <= _PLACE_LONGEST:
        return False
    return core in long[:10] or (len(core) >= 3 and runs_through(core[2:], long[at + 2 :]))


def _zone_stem(name: str) -> str:
    """桐乡经开区 for 桐乡经济开发区, 桐乡经济技术开发区 and 桐乡国家级经开区."""
    stem = re.sub(r"(?:国家级?|省级)?高新技术(?:产业)?(?:开发区|园区)$", "高新区", name)
    return re.sub(r"(?:国家级?|省级)?经济(?:技术)?开发区$", "经开区", stem)


def _join_by(things: Referents, bases: tuple[str, ...], same: Callable[[str, str], bool]) -> None:
    """Merge every thing whose name is a form of another's of its class, longest first."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i in things.alive():
        groups[things.base(i)].append(i)
    for base in bases:
        group = groups[base]
        if not 1 < len(group) <= _CROWD:
            continue  # more are a directory rather than an article: no name in it stands for another
        names = {i: things.names(i) for i in group}
        for i in group:
            fits = [
                j for j in group if things.at(j) != things.at(i) and _any_form(names[j], names[i], same)
            ]  # fmt: skip
            if len({things.at(j) for j in fits}) == 1:
                things.merge(fits[0], i)
                names = {k: things.names(k) for k in group}


def _any_form(longs: list[str], shorts: list[str], same: Callable[[str, str], bool]) -> bool:
    return any(long != short and same(long, short) for long in longs for short in shorts)


def _same_zone(long: str, short: str) -> bool:
    """A zone's shorter form: each of its parts stands in the longer one, in order or not."""
    if re.fullmatch(r"(?:科学城|高新区|经开区|新区|开发区){2}", short):
        return short[:3] in long and short[3:] in long
    bare_long, bare_short = re.sub(r"[()（）]", "", long), re.sub(r"[()（）]", "", short)
    if bare_long == bare_short:
        return True
    if len(bare_short) < 4 or (not bare_long.endswith(bare_short[-2:]) and bare_short[:2] not in bare_long):
        return False
    return bare_long.endswith(bare_short) or _two_in_one(bare_long, bare_short)


def _two_in_one(long: str, first: str) -> bool:
    """西部科学城|重庆高新区 has two names in one; 合肥高新区|声谷产业园 is a park inside the zone."""
    return long.startswith(first) and long[len(first) :].endswith(("高新区", "经开区", "科学城", "新区"))
