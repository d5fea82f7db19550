"""When: time expressions (今年1月, 截至目前, 2025年9月) resolved against the article's date, as ISO 8601.

A value is a day ``2025-06-24``, a month ``2025-09``, a year ``2024`` or an interval ``2024-01/2024-06``
(ISO 8601-1:2019, 5.5; both ends included, as a reader takes 上半年). What only the article's date
could tell stays unresolved where the article has none: nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date as day_of
from datetime import timedelta

from kg.extract.reading import Reading
from kg.model import Claim

_HAN = {char: str(i) for i, char in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_YEARS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当前年": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "后年": 2,
}
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_NOW = "截至目前|截止目前|到目前为止|截至发稿|目前为止|迄今为止|目前|眼下|当前|如今|至今"
_LATELY = "近日|日前|近期|最近|前不久|不久前|连日来|今天|今日|本日"
_HALVES = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "全年": (1, 12)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# Where none of these stands no expression begins: seen sooner than by trying each of them.
_FIRST = "".join(sorted({word[0] for word in (*_YEARS, *_HALVES, *f"{_NOW}|{_LATELY}".split("|"))}))
_PATTERN = re.compile(
    rf"(?=[\d“十第一二三四本上当这昨{_FIRST}])(?:"
    r"(?P<from>(?:19|20)\d\d)年?(?:至|到|—|–|-|~|～)(?P<to>(?:19|20)\d\d)年"
    r"|“?(?P<plan>十[二三四五六]五)”?(?:期间|时期|以来|规划期)"
    r"|(?:(?P<year>(?:19|20)\d\d)年|(?P<han>[二一][〇零九一][〇零一二三四五六七八九]{2})年"
    rf"|(?P<near>{'|'.join(sorted(_YEARS, key=len, reverse=True))}))度?"
    r"(?:的)?(?:(?P<m1>1[0-2]|[1-9])月(?:份)?(?:(?P<d1>[12]\d|3[01]|[1-9])日)?"
    r"|(?P<half1>上半年|下半年|前三季度|全年)|第?(?P<q1>[一二三四1-4])季度"
    r"|前(?P<n1>1[0-2]|[1-9])个月|(?P<a1>1[0-2]|[1-9])[—–\-~～至到](?P<b1>1[0-2]|[1-9])月(?:份)?)?(?:以来)?"
    r"|(?P<m2>1[0-2]|[1-9])月(?:(?P<d2>[12]\d|3[01]|[1-9])日|(?:份|初|底|中旬|上旬|下旬|末)?)"
    r"|(?P<half2>上半年|下半年|前三季度|全年)|第?(?P<q2>[一二三四])季度|前(?P<n2>1[0-2]|[1-9])个月"
    r"|(?P<a2>1[0-2]|[1-9])[—–\-~～至到](?P<b2>1[0-2]|[1-9])月(?:份)?"
    r"|(?P<month>本月|上月|上个月|当月|这个月)"
    rf"|(?P<now>{_NOW})|(?P<late>{_LATELY})|(?P<yesterday>昨天|昨日))"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression in text offsets and what it means."""

    start: int
    end: int
    value: str


class Times:
    """The time expressions of one article, asked for the one that a place of the text stands under."""

    def __init__(self, reading: Reading):
        self._reading = reading
        self.moments = list(_moments(reading))
        self._starts = [m.start for m in self.moments]

    def at(self, place: int) -> str | None:
        """The value of the nearest expression before a place, in its sentence."""
        sentence = self._reading.sentence_at(place)
        index = bisect_right(self._starts, place) - 1
        if sentence is None or index < 0 or self.moments[index].start < sentence.start:
            return None
        return self.moments[index].value

    def within(self, start: int, end: int, place: int) -> str | None:
        """As ``at`` for a place of a sentence, else the first expression of the sentence."""
        found = self.at(place)
        if found is not None:
            return found
        index = bisect_right(self._starts, start - 1)
        inside = index < len(self.moments) and self.moments[index].end <= end
        return self.moments[index].value if inside else None


def date_claims(
    claims: Iterable[Claim], times: Times, mentions: Iterable[tuple[int, int]]
) -> Iterator[Claim]:
    """Give each claim the time that its sentence says of it: where the later of its two ends is named.

    ``mentions`` are the referent and the place of each mention.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for referent, place in mentions:
        places[referent].append(place)
    for claim in claims:
        named = (p for i in (claim.subject, claim.object) for p in places.get(i, ()))
        place = max((p for p in named if claim.start <= p < claim.end), default=claim.end - 1)
        yield replace(claim, time=times.within(claim.start, claim.end, place))


def _moments(reading: Reading) -> Iterator[Moment]:
    date = reading.article.date
    for sentence in reading.sentences:
        year = int(date[:4]) if date else None
        for match in _PATTERN.finditer(reading.text, sentence.start, sentence.end):
            if _part_of_word(reading.text, match):
                continue
            value, year = _value(match, date, year)
            if value:
                yield Moment(match.start(), match.end(), value)


def _part_of_word(text: str, match: re.Match[str]) -> bool:
    """11月 in 111月, 3月 in a span of months (3个月 never matches), 目前 in 目前尚未 is fine."""
    return text[max(0, match.start() - 1) : match.start()].isdigit() and match.group()[0].isdigit()


def _value(match: re.Match[str], date: str | None, year: int | None) -> tuple[str | None, int | None]:
    """What an expression means, and the year that later expressions of the sentence lie in."""
    part = match.groupdict()
    if part["from"]:
        return (f"{part['from']}/{part['to']}" if part["from"] < part["to"] else None), year
    if part["plan"]:
        return f"{_PLANS[part['plan']]}/{_PLANS[part['plan']] + 4}", year
    if part["now"] or part["late"]:
        return date, year
    if part["yesterday"]:
        return _day_before(date), year
    if part["month"]:
        return _month(part["month"], date), year
    written = part["year"] or _digits(part["han"])
    if written:
        year = int(written)
    elif part["near"]:
        year = int(date[:4]) + _YEARS[part["near"]] if date else None
    if year is None:
        return None, None
    return _inside_year(part, year, bool(written or part["near"]), date), year


def _inside_year(part: dict[str, str | None], year: int, named: bool, date: str | None) -> str | None:
    side = "1" if named else "2"
    month, day = part[f"m{side}"], part[f"d{side}"]
    if month:
        if not named and date and year == int(date[:4]) and f"{year}-{int(month):02}" > date[:7]:
            year -= 1  # 12月 in a January paper is last year's
        value = f"{year}-{int(month):02}"
        return f"{value}-{int(day):02}" if day else value
    span = _span(part, side)
    if span:
        low, high = span
        return f"{year}-{low:02}/{year}-{high:02}" if (low, high) != (1, 12) else str(year)
    return str(year) if named else None


def _span(part: dict[str, str | None], side: str) -> tuple[int, int] | None:
    if half := part[f"half{side}"]:
        return _HALVES[half]
    if quarter := part[f"q{side}"]:
        last = _QUARTERS[quarter] * 3
        return last - 2, last
    if count := part[f"n{side}"]:
        return 1, int(count)
    low, high = part[f"a{side}"], part[f"b{side}"]
    return (int(low), int(high)) if low and high and int(low) < int(high) else None


def _digits(han: str | None) -> str | None:
    return "".join(_HAN.get(char, char) for char in han) if han else None


def _month(word: str, date: str | None) -> str | None:
    if not date or len(date) < 7:
        return None
    year, month = int(date[:4]), int(date[5:7])
    if word in ("上月", "上个月"):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return f"{year}-{month:02}"


def _day_before(date: str | None) -> str | None:
    if not date or len(date) < 10:
        return None
    return (day_of.fromisoformat(date) - timedelta(days=1)).isoformat()
