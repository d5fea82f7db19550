"""Choose among overlapping candidates, find every further place of a chosen name, and class by role."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from kg.extract.reading import Candidate, Reading
from kg.lexicon import Matcher

# A verb before a name that shows its role: 签约…孵化园 makes the park a project.
_PROJECT_TAIL = re.compile(r"(?:等)?[\d一二三四五六七八九十]*个?(?:重大|重点)?项目")


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
        if _stands_alone(reading, start, end)
    ]
    return choose([*((_heavier(c)) for c in chosen), *more])


def _heavier(candidate: Candidate) -> Candidate:
    return Candidate(
        candidate.start, candidate.end, candidate.cls, candidate.rule,
        candidate.weight + 1000, candidate.aliases, candidate.confidence,
    )  # fmt: skip


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
        if reading.schema.base(candidate.cls) in ("Zone", "Facility", "Industry", "ResearchInstitution"):
            tail = _PROJECT_TAIL.match(reading.text, candidate.end)
            if tail and tail.group() == "项目":
                yield Candidate(
                    candidate.start, tail.end(), "Project", "role:project",
                    candidate.weight + 2, candidate.aliases, candidate.confidence,
                )  # fmt: skip
                continue
        yield candidate
