"""How the characters of names are read: one small table, from which the page searches by pinyin.

The table gives every reading of a character, so that 重庆 is found as ``chongqing`` and a person
named 单 or 曾 by either reading; matching a name against what is typed is the page's work.
"""

from __future__ import annotations

from collections.abc import Iterable


def readings(names: Iterable[str]) -> dict[str, str]:
    """Give the readings of each Han character in ``names``, most common first, separated by blanks.

    Without tones; ``ü`` is written ``v``, as input methods do.

    >>> readings(["重庆高新区"])["重"].split()
    ['zhong', 'chong', 'tong']
    """
    from pypinyin import Style, pinyin

    found: dict[str, str] = {}
    for char in sorted({char for name in names for char in name if char > "\u2e7f"}):
        said = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
        if said:
            plain = dict.fromkeys(one for one in said[0] if one.isascii() and one.isalpha())
            if plain:
                found[char] = " ".join(plain)
    return found
