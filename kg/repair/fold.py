"""One-to-one folding of glyph variants that PDF extraction leaves behind.

Fonts embedded in a PDF often map a common character to its radical (``⻋`` for ``车``) or to a
compatibility ideograph. Both are folded to the ordinary character, and every white space to a
plain space; nothing else is touched, so misprints and punctuation stay as printed. The result
always has the length of the input, so offsets hold.

Source: Unicode EquivalentUnifiedIdeograph.txt for the radicals, NFKC for the rest.
"""

from __future__ import annotations

import unicodedata

NEWLINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""Every character that ends a line."""

INVISIBLE = (
    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1f\x7f"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
)
"""Characters without width: they are dropped and never stand for a space."""

# Radical and ideograph in turn; U+2E9F and U+2EF3 have an NFKC form and need no entry.
_RADICALS = (
    "⺁厂⺄乙⺅亻⺆冂⺇几⺊卜⺌小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民"
    "⺡氵⺢氺⺣灬⺤爫⺥爪⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺵网⺶羊⺷羊⺸羊⺹耂"
    "⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝"
    "⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_COMPATIBLE = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))


def _table() -> dict[int, str]:
    table = {ord(a): b for a, b in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)}
    for first, last in _COMPATIBLE:
        for code in range(first, last):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table.setdefault(code, plain)
    for code in (*range(0x21), *range(0x7F, 0xA1), 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000):
        table[code] = " "
    table.update({ord(c): " " for c in INVISIBLE})
    table.update({ord(c): " " for c in NEWLINES})
    return table


TABLE = _table()


def fold(text: str) -> str:
    """Fold radicals and compatibility ideographs to normal Han, any white space to a space.

    The length stays the same.

    >>> fold("⻋路协同⻰头")
    '车路协同龙头'
    """
    return text.translate(TABLE)
