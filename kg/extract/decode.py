"""Choose among overlapping candidates, find every further place of a chosen name, and class by role."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from kg.extract.known import aliases
from kg.extract.reading import Candidate, Reading
from kg.extract.tagger import Tagging
from kg.lexicon import Matcher
from kg.schema import Schema

# The word behind a name that shows its role: …孵化园|项目 makes the park a project.
_PROJECT = "项目"


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the heaviest candidates that do not overlap, in text order.

    Ties go to the earlier, then the longer, then the class name: never to chance.
    """
    ranked = sorted(candidates, key=lambda c: (-c.weight, c.start, -c.end, c.cls, c.rule))
    taken: list[tuple[int, int]] = []
    chosen = []
    for candidate in ranked:
        if candidate.start < candidate.end and not _overlaps(taken, candidate.start, candidate.end):
            insort(taken, (candidate.start, candidate.end))
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, end))
    before = index > 0 and taken[index - 1][1] > start
    return before or (index < len(taken) and taken[index][0] < end)


# Chosen by cross-validation: a rule's name counts where the model believes in it so far, a name that
# only the model sees where it is at least this sure; and below the last value the model gives way to
# a longer name that a sure rule sees around its own.
_RULE_BELIEF = 0.4
_MODEL_TRUST = 0.45
_LONGER_TRUST = 0.6
# What a name without a head of these classes takes; one in ten of such projects was right.
_HEADED = {"Project": 1.01, "IndustryChain": 1.01, "PartyOrganization": 0.8}
_MODEL_YIELDS = 0.6
_RULE_TRUST = 0.75
# Above this a name of the model is left as it is, whatever stands elsewhere.
_SURE = 0.8
_LONGEST = 70
_BARE_BODIES = frozenset(("产业链", "产业集群", "党委", "党支部", "党组织", "实验室", "研究院", "联盟"))
_BARE_TEAMS = frozenset(("先锋队", "突击队", "服务队", "志愿服务队", "示范岗"))
_BARE_HEADS = _BARE_BODIES | _BARE_TEAMS
_FIRSTS = frozenset(("首家", "首批", "首个"))
_SAID_BEFORE = _FIRSTS | {"自研", "自主研发", "自主研制", "首台", "首款", "首套", "首条", "首座"}
_RANKED = re.compile(r"(?:国家|省|市|区)级?重[点大](?:工程|项目)$|[省市区县]级(?:及以上|以上)")


def agree(
    reading: Reading, rules: list[Candidate], tagging: Tagging, known: Callable[[str], bool]
) -> list[Candidate]:
    """Let the model decide, keep the subclasses and aliases that rules know, add what it half believes."""
    by_span = {(c.start, c.end): c for c in rules}
    covering = _covering(rules)
    # A name that cuts a quotation is never right; a rule's name around it is, every second time.
    cut = [c for c in tagging.names if _cuts(reading, c) and _around(c, covering)]
    better = [covering[c.start].heavier(1000) for c in cut]
    whole = [_ended(reading, _bare(reading, _unbroken(reading, c))) for c in tagging.names if c not in cut]
    yielding = {c for c in whole if _yields(c, covering)}
    wider = {covering[c.start] for c in yielding}
    whole = [c for c in whole if c.end - c.start <= _LONGEST and c not in yielding]
    merged = [_together(c, by_span.get((c.start, c.end)), reading.schema) for c in whole]
    merged = _as_elsewhere(reading, merged)
    merged = [c for c in merged if not _common(reading, c)]
    merged = [c for c in merged if c.rule != "model" or _credible(reading, c, covering)]
    silent = [c for c in rules if c in wider or tagging.belief(c) >= _RULE_BELIEF]
    silent = [c for c in silent if not _ranked(reading, c)]
    # Of what was added to the ontology after training no model can know better.
    added = [c.heavier(2000) for c in rules if not _learned(c, reading.schema, known)]
    return _join_places(reading, choose([*merged, *better, *silent, *added]))


def _as_elsewhere(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """An unsure name that is a surer one of the article and a character more is cut to it: 梁滩河|水."""
    sure: dict[tuple[str, str], float] = defaultdict(float)
    for c in names:
        key = reading.text[c.start : c.end], c.cls
        sure[key] = max(sure[key], c.confidence)
    return [_cut_to_known(reading, c, sure) for c in names]


def _cut_to_known(reading: Reading, c: Candidate, sure: dict[tuple[str, str], float]) -> Candidate:
    known = sure.get((reading.text[c.start : c.end - 1], c.cls), 0.0)
    if c.rule != "model" or c.confidence >= min(known, _SURE):
        return c
    return c._replace(end=c.end - 1, confidence=round(known, 3))


def _learned(c: Candidate, schema: Schema, known: Callable[[str], bool]) -> bool:
    """Tell whether a model has met the class of a rule's name, and the ending that the rule went by."""
    ending = c.rule.removeprefix("ending:") if c.rule.startswith("ending:") else ""
    return known(ending) and known(schema.base(c.cls))


@lru_cache(maxsize=64)
def class_heads(schema: Schema, base: str) -> tuple[str, ...]:
    """Endings and class words of a class and its subclasses."""
    kinds = (info for name, info in schema.classes.items() if schema.base(name) == base)
    return tuple(sorted({word for info in kinds for word in (*info.endings, *info.class_words)}))


def _cuts(reading: Reading, c: Candidate) -> bool:
    """Only one of a pair of quotation marks is inside."""
    inside = reading.text[c.start : c.end]
    return inside.count("“") != inside.count("”") or inside.count("‘") != inside.count("’")


def _around(c: Candidate, covering: dict[int, Candidate]) -> bool:
    rule = covering.get(c.start)
    return rule is not None and rule.start <= c.start and c.end <= rule.end


def _unbroken(reading: Reading, c: Candidate) -> Candidate:
    """A name that cuts a quotation is widened to hold it; one that opens a bracket ends before it."""
    start, end = c.start, c.end
    for at in range(c.start, c.end):
        opening, close = reading.openings.get(at), reading.pairs.get(at)
        if opening is not None and start - 20 <= opening < start:
            start = opening
        elif close is not None and close >= end:
            if reading.text[at] == "(" and at > start:
                end = at
                break
            if close - end <= 20:
                end = close + 1
    return c if (start, end) == (c.start, c.end) else c._replace(start=start, end=end)


def _bare(reading: Reading, c: Candidate) -> Candidate:
    """What is said of a thing before its name is no part of it: 首台|多重免疫荧光分析系统, 自研|软件."""
    index = reading.token_starting.get(c.start)
    if index is None or reading.tokens[index].word not in _SAID_BEFORE or reading.tokens[index].end >= c.end:
        return c
    return c._replace(start=reading.tokens[index].end)


def _ended(reading: Reading, c: Candidate) -> Candidate:
    """A name ends before a 、 behind which something is done: 红岩先锋变革型组织|、加快建设新高地."""
    for at in range(c.start + 1, c.end - 1):
        index = reading.token_starting.get(at + 1)
        if reading.text[at] != "、" or index is None:
            continue
        quoted = any(start <= at < close for start, close in reading.pairs.items() if start >= c.start)
        if not quoted and reading.ends_names(reading.tokens[index].word):
            return c._replace(end=at)
    return c


def _covering(rules: list[Candidate]) -> dict[int, Candidate]:
    """For each place the rule's candidate over it; they do not overlap."""
    return {at: r for r in rules for at in range(r.start, r.end)}


def _yields(c: Candidate, covering: dict[int, Candidate]) -> bool:
    """Where the model is unsure, a longer name that a sure rule sees around its own goes before."""
    rule = covering.get(c.start)
    if c.confidence >= _MODEL_YIELDS or rule is None or rule.confidence < _RULE_TRUST:
        return False
    longer = c.end <= rule.end and (rule.start, rule.end) != (c.start, c.end)
    return longer and not rule.rule.startswith(("gazetteer", "list"))


def _credible(reading: Reading, c: Candidate, covering: dict[int, Candidate]) -> bool:
    """Sure enough; surer where a known name ends inside, or where the class word of the name is missing."""
    first = covering.get(c.start)
    longer = first is not None and first.start == c.start and first.end < c.end
    least = _LONGER_TRUST if longer else _MODEL_TRUST
    if c.cls in _HEADED and not _headed(reading, c):
        least = _HEADED[c.cls]
    return c.confidence >= least


def _headed(reading: Reading, c: Candidate) -> bool:
    """The name ends as names of its class do: …项目, …产业链, …党委."""
    name = reading.text[c.start : c.end].rstrip("”’》)")
    return name.endswith(class_heads(reading.schema, c.cls))


def _join_places(reading: Reading, chosen: list[Candidate]) -> list[Candidate]:
    """曾家镇|龙台社区 side by side is one place, as a community is named by its town."""
    joined: list[Candidate] = []
    for c in chosen:
        last = joined[-1] if joined else None
        if last and last.cls == c.cls == "Place" and last.end == c.start and _of_town(reading, last, c):
            joined[-1] = last._replace(end=c.end, rule=f"{last.rule}+joined", aliases=())
        else:
            joined.append(c)
    return joined


def _of_town(reading: Reading, outer: Candidate, inner: Candidate) -> bool:
    text = reading.text
    return text[outer.start : outer.end].endswith(("镇", "乡", "街道")) and text[
        inner.start : inner.end
    ].endswith(("社区", "村", "居委会", "老场镇"))


def _together(c: Candidate, known: Candidate | None, schema: Schema) -> Candidate:
    if known is None:
        return Candidate(c.start, c.end, c.cls, c.rule, c.weight + 500, (), c.confidence)
    # “每周益企”活动: the class word behind a quotation says what it is.
    place = known.cls == "Place" and c.cls == "Person"  # 梁滩河: its ending tells
    same = schema.base(known.cls) == c.cls or known.rule == "quoted:class word" or place
    cls = known.cls if same else c.cls
    trust = max(c.confidence, known.confidence) if same else c.confidence
    rule = f"{known.rule}+model" if same else c.rule
    return Candidate(c.start, c.end, cls, rule, c.weight + 500, known.aliases, trust)


def _common(reading: Reading, c: Candidate) -> bool:
    """Only words that name nothing by themselves, or one that compares: 产业链, 党员先锋队, 水质优于标准."""
    if _ranked(reading, c):
        return True
    words = reading.tokens_between(c.start, c.end)
    if any(reading.word("figures", "comparing", t.word) for t in words):
        return True
    return (
        bool(words)
        and words[-1].end == c.end
        and all(reading.word("names", "generic", t.word) or t.word in _BARE_HEADS for t in words)
    )


def _ranked(reading: Reading, c: Candidate) -> bool:
    """A rank or a kind, not a name: 重庆市级重点工程, 获批首家|重庆实验室, 重庆市|级及以上平台."""
    if _RANKED.search(reading.text, c.start, c.end) or is_rank(reading, c.end, c.cls):
        return True
    name, base = reading.text[c.start : c.end], reading.schema.base(c.cls)
    return reading.text[max(0, c.start - 2) : c.start] in _FIRSTS and any(
        name.endswith(head) and name.removesuffix(head) in reading.lexicon.entries
        for head in class_heads(reading.schema, base)
    )


def is_rank(reading: Reading, end: int, cls: str) -> bool:
    """A place before 级 says how high something is ranked, not where it is."""
    return cls == "Place" and reading.text.startswith("级", end)


def one_class(reading: Reading, chosen: list[Candidate]) -> list[Candidate]:
    """Give a name that stands in several places the class that it has most and surest.

    A bracket's short form (以下简称“种创中心”) votes with the name that it stands for.
    """
    ends = {c.end: reading.text[c.start : c.end] for c in chosen}
    full = {
        reading.text[alias.start : alias.end]: ends[alias.full_end]
        for alias in aliases(reading)
        if alias.full_end in ends
    }
    names = [full.get(name, name) for c in chosen for name in (reading.text[c.start : c.end],)]
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name, c in zip(names, chosen, strict=True):
        votes[name][reading.schema.base(c.cls)] += c.confidence
    best = {name: min(v, key=lambda cls: (-v[cls], cls)) for name, v in votes.items()}
    ranked = sorted(
        zip(names, chosen, strict=True), key=lambda n: (len(reading.schema.ancestors(n[1].cls)), n[1].start)
    )
    finest = {(name, reading.schema.base(c.cls)): c.cls for name, c in ranked}
    classes = [finest[name, best[name]] for name in names]
    return [c if c.cls == cls else c._replace(cls=cls) for c, cls in zip(chosen, classes, strict=True)]


def spread(reading: Reading, chosen: list[Candidate]) -> list[Candidate]:
    """Add the places where a chosen name stands again, also where no rule saw it."""
    classes: dict[str, Candidate] = {}
    for candidate in chosen:
        for name in (reading.text[candidate.start : candidate.end], *candidate.aliases):
            plain = name.strip("“”‘’《》")
            if _can_spread(reading, plain, candidate):
                classes.setdefault(plain, candidate)
    more = [
        Candidate(start, end, origin.cls, origin.rule, float(end - start), (), origin.confidence)
        for start, end in reading.find(Matcher(classes))
        for origin in (classes[reading.text[start:end]],)
        if _stands_alone(reading, start, end) and not is_rank(reading, end, origin.cls)
    ]
    return choose([*(c.heavier(1000) for c in chosen), *more])


def _can_spread(reading: Reading, name: str, origin: Candidate) -> bool:
    if len(name) < 2 or name.isdigit():
        return False
    return len(name) > 2 or origin.cls in ("Person", "Place") or not reading.word("names", "generic", name)


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    """A short name must not be part of a longer word: 高新 in 高新技术."""
    if end - start >= 4:
        return True
    return start in reading.token_starting or end in reading.token_ending


def by_role(reading: Reading, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Class by role, not by suffix: a park listed as a signed project is a project."""
    for candidate in candidates:
        can_be = reading.schema.base(candidate.cls) in ("Zone", "Facility", "Industry", "ResearchInstitution")
        if (
            can_be
            and "Project" in reading.schema.classes
            and reading.text.startswith(_PROJECT, candidate.end)
        ):
            end, weight = candidate.end + len(_PROJECT), candidate.weight + 2
            yield candidate._replace(end=end, cls="Project", rule="role:project", weight=weight)
        else:
            yield candidate
