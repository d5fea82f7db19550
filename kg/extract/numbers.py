"""Numbers with their units as they are written: 150.5亿元, 百分之四十二, 一百零五家, 1亿2000万元.

A number is read whole or not at all: what cannot be the whole of a number, 5千万 of 1亿2千万3千元, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
          "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_SCALES = r"万亿|千亿|百亿|亿|千万|百万|十万|万|千(?![瓦米克伏赫])|百"
_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_DIGITAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# In Chinese characters a number counts before few units: 三年, 两次, 一步 are phrases more often than not.
_HAN = "一二两三四五六七八九十百千"
_WRITTEN = rf"[{_HAN}][零〇{_HAN}]*(?:点[零〇一二三四五六七八九]+)?"
_NUMBER = rf"{_DIGITAL}|{_WRITTEN}(?=[多余]?[个家项名条支所座万亿成])"
_PERCENT = rf"百分之(?P<percent>{_DIGITAL}|{_WRITTEN})"
# A number may go on behind its 万 or 亿: 三万|五千家, 1亿|2000万元.
_LARGER = rf"(?:(?P<larger>{_DIGITAL}|{_WRITTEN})(?P<size>万亿|[万亿])(?P<zero>[零〇]?)(?=[\d{_HAN}]))?"
# No number begins inside another one's digits: 34 of 1234, 567 of 1234,567; but 26 of 2.6,26.
_BEGINS = r"(?<!\d)(?:(?<!\d,)|(?!\d{3}(?!\d)))"
# Behind it stands the rest of a number that could not be read whole: 1亿2千万|3千元, 2千|3百万元.
_UNFINISHED = re.compile(rf"(?:[\d{_HAN}][余多]?(?:万亿|[万亿])|\d[十百千])$")
_LONGEST_END = 4
# No figure of a newspaper has more.
_MOST_DIGITS = 20


class Written(NamedTuple):
    """A number as it is written, with its unit: 150.5|亿|元, 百分之|四十二, 1|亿|2000|万|元."""

    start: int
    end: int
    number: str
    scale: str
    further: str
    unit: str
    larger: str = ""
    size: str = ""
    zero: str = ""

    @property
    def first(self) -> str:
        """The first character, which tells whether it is written in digits or in words."""
        return (self.larger or self.number)[0]

    @property
    def one(self) -> bool:
        """Whether it is a bare 一."""
        return self.number == "一" and not self.scale and not self.larger

    @property
    def value(self) -> Decimal:
        """The plain value."""
        rest = value_of(self.number, self.scale, self.further)
        return rest + value_of(self.larger, self.size) if self.larger else rest


def written_numbers(text: str, units: frozenset[str], low: int, high: int) -> Iterator[Written]:
    """Yield the numbers with one of some units in a stretch of a text.

    >>> said = "三万五千家、1亿2000万元"
    >>> [(n.value, n.unit) for n in written_numbers(said, frozenset("家元"), 0, len(said))]
    [(Decimal('35000'), '家'), (Decimal('120000000'), '元')]
    """
    for match in _pattern(units).finditer(text, low, high):
        said = match.groupdict(default="")
        number, unit = said["percent"] or said["number"], said["unit"] or "%"
        found = Written(
            match.start(), match.end(), number, said["scale"], said["further"], unit,
            said["larger"], said["size"], said["zero"],
        )  # fmt: skip
        if _is_whole(text, found):
            yield found


@lru_cache(maxsize=4)
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    any_unit = "|".join(sorted(map(re.escape, units), key=lambda u: (-len(u), u)))
    return re.compile(
        rf"{_PERCENT}|{_BEGINS}{_LARGER}(?P<number>{_NUMBER})"
        rf"(?P<scale>{_SCALES})?[余多]?(?P<further>{_SCALES})?[余多]?(?P<unit>{any_unit})"
    )


def _is_whole(text: str, found: Written) -> bool:
    """Tell whether no part of the number stands before it, and its own parts are those of one number."""
    if len(found.larger) + len(found.number) > _MOST_DIGITS:
        return False
    if _UNFINISHED.search(text, max(0, found.start - _LONGEST_END), found.start):
        return False
    if not found.larger:
        return True
    # 三万五家 are 35,000 as it is spoken; as many as it seems to say are written 三万零五家.
    spoken = len(found.number) == 1 and not found.scale and not found.zero
    return not spoken and value_of(found.number, found.scale, found.further) < _SCALE[found.size]


def value_of(number: str, scale: str = "", further: str = "") -> Decimal:
    """Give the plain value of a written number.

    >>> value_of("150.5", "亿"), value_of("三十二"), value_of("二点四", "亿"), value_of("1,284")
    (Decimal('15050000000'), Decimal('32'), Decimal('240000000'), Decimal('1284'))
    """
    plain = number.replace(",", "")
    whole, _, part = plain.partition("点")
    fraction = "".join(str(_DIGITS[char]) for char in part)
    base = Decimal(plain) if plain[0].isdigit() else Decimal(f"{_han_number(whole)}.{fraction}")
    value = base * _SCALE[scale] * _SCALE[further]
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _han_number(text: str) -> int:
    total = current = 0
    for char in text:
        if char in _DIGITS:
            current = _DIGITS[char]
        else:
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
    return total + current
