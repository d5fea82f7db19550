"""Which encoding a Chinese text is in.

A byte order mark or valid UTF-8 settles it. What remains is GB18030, Big5 or UTF-16 without a
mark: the text is read in all of them and the reading with the most everyday characters wins.
Read wrongly, Chinese turns into rare characters, so a few characters are enough to tell.

Source: GB 2312-80 level 1 (3755 characters, rows 16-55) and Big5 level 1 (5401 characters) are
the standards' own lists of everyday characters.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

_SAMPLE = 1 << 18
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白"
    "教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且"
    "這國為個來們時說產會對發學經過進著電現實動業開還關線內數與無軍題黨總設長頭資邊級圖統組見計別區強決戰處隊門規熱領東導壓濟階術極聯認權證轉單風場車務萬達積議聲報類離華確張馬節話況傳許廣記"
)
_MARKS = frozenset("，。、；：？！“”‘’（）《》—…·　▶■　〈〉「」『』【】％＋０１２３４５６７８９")


def find_encoding(data: bytes) -> str | None:
    """Return the codec that reads ``data`` as Chinese text, None where none does."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return codec if _readable(data, codec) else None
    if _readable(data, "utf-8"):
        # Read as UTF-8, short texts in other encodings turn into a few Latin, Greek or Hebrew letters.
        if b"\0" not in data and (data.isascii() or _plausible(data)):
            return "utf-8"
        return _best(data) or "utf-8"
    return _best(data)


def guess_foreign(data: bytes) -> str | None:
    """Name the likeliest encoding of a text that is not Chinese, to help the user."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def _readable(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeError:
        return False
    return True


def _plausible(data: bytes) -> bool:
    text = data[:_SAMPLE].decode("utf-8", "ignore")
    return bool(re.search(r"[\u2000-\uffff]", text)) or len(text) > 40


def _best(data: bytes) -> str | None:
    """The best reading; among equals the first. Under 0.6 the text is none of these."""
    scores = [(_score(data, codec), -k, codec) for k, codec in enumerate(_candidates(data))]
    score, _, codec = max(scores, default=(0.0, 0, ""))
    return codec if score > 0.6 else None


def _candidates(data: bytes) -> tuple[str, ...]:
    wide = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ()
    if b"\0" in data and data.count(0) > len(data) // 200:
        return wide
    return ("gb18030", "big5", "cp950", "big5hkscs", *wide)


def _score(data: bytes, codec: str) -> float:
    """Share of everyday characters among those beyond ASCII, the most frequent counting double."""
    if not _readable(data, codec):
        return 0.0
    text = data.decode(codec)[:_SAMPLE]
    beyond = [c for c in text if c > "\x7f"]
    odd = sum(c < " " and c not in "\t\n\r\x0b\x0c" for c in text)
    if not beyond or odd > len(text) // 100:
        return 0.0
    everyday = max(sum(c in known for c in beyond) for known in (_simplified(), _traditional()))
    frequent = sum(c in _FREQUENT or c in _MARKS for c in beyond)
    return (everyday + 0.5 * frequent) / len(beyond) * min(1.0, (len(beyond) + 1) / len(text) * 20)


@cache
def _simplified() -> frozenset[str]:
    rows = bytes(b for row in range(0xB0, 0xD8) for col in range(0xA1, 0xFF) for b in (row, col))
    return frozenset(rows.decode("gb2312", "ignore")) | _MARKS


@cache
def _traditional() -> frozenset[str]:
    columns = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    rows = bytes(b for row in range(0xA4, 0xC7) for col in columns for b in (row, col))
    return frozenset(rows.decode("big5", "ignore")) | _MARKS
