"""Time on text that is none: a million characters of one thing, and a hundredth of that beside it.

``python benchmarks/hostile.py`` prints seconds for both sizes; work that grows with the text alone
takes about a hundred times as long, quadratic work ten thousand times.
"""

from __future__ import annotations

import hashlib
import time

from kg.extract import extract
from kg.model import Article, Block, Document

SMALL, LARGE = 10_000, 1_000_000
UNITS = {
    "no punctuation": "合肥高新区引进量子科技公司建设实验室",
    "only brackets": "（）",
    "open brackets": "（",
    "nested quotes": "“‘",
    "emoji": "🚀🧬",
    "Latin": "AbC dEf ",
    "commas": "，",
    "numbers": "12,345家",
    "names without end": "欧阳王李",
    "line breaks": "区\n",
}


def article(text: str) -> Article:
    """An article of one paragraph."""
    document = Document("x.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", text)
    return Article(document, 1, text, tuple(range(len(text))), (Block("paragraph", 0, len(text)),))


def seconds(unit: str, size: int) -> float:
    """Processor seconds to read so many characters."""
    text = (unit * (size // len(unit) + 1))[:size]
    began = time.process_time()
    extract(article(text))
    return time.process_time() - began


def main() -> None:
    extract(article("合肥高新区。"))
    extract(article(""))
    print(f"{'text':20}{SMALL:>12,}{LARGE:>12,}   times as long")
    for name, unit in UNITS.items():
        small, large = seconds(unit, SMALL), seconds(unit, LARGE)
        print(f"{name:20}{small:12.2f}{large:12.2f}{large / max(small, 0.001):14.0f}", flush=True)


if __name__ == "__main__":
    main()
