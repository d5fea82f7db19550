"""Annotated articles with inline marks: read, check, and turn them into text, offsets and gold.

A corpus file holds one article::

    id: anhui-001
    voice: 揭牌 report
    kicker: [合肥高新区|#e1]
    headline: [合肥高新区|Zone#e1][量子信息产业链|IndustryChain#e3]党委成立
    byline: 李明 王芳

    近日，[[量子信息产业链|#e3]党委|PartyOrganization#e2]在[合肥高新区|#e1]成立。[该区|=e1]……

    ---
    e1 establishes e2
    e2 partyOrganizationOf e3
    e4 holdsPosition e5 | 副部长
    obs e1 | 高新技术企业 | 702 | 家

``[surface|Class#id]`` marks a name; the class may be left out after its first mark. ``[该区|=e1]``
marks a pronoun or a general word that stands for the thing: a mention, no name. Marks nest. Header
lines other than the five shown are kept as metadata. A blank line parts paragraphs.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.errors import InputError
from kg.model import Article, Block, Document
from kg.schema import Schema, load_schema

_HEADER = re.compile(r"^([a-z]+):[ \t]*(.*)$")
_LABEL = re.compile(r"\|(?:(?P<cls>[A-Za-z]*)#|=)(?P<id>[A-Za-z]\w*)\]")
_QUOTES = re.compile(r"[\s“”\"'‘’《》]")
_FIELDS = ("kicker", "headline")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of an article's plain text; ``named`` is false for a pronoun."""

    start: int
    end: int
    id: str
    named: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """``subject relation object``, with the title of a post."""

    subject: str
    relation: str
    object: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """An observation: subject, indicator as written, plain value, unit."""

    subject: str
    indicator: str
    value: Decimal
    unit: str


@dataclass(slots=True)
class Annotated:
    """One article of the corpus: plain text by lines, marks in it, classes by id, relations, measures."""

    id: str
    header: dict[str, str]
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)

    def names(self, id: str) -> list[str]:
        """Names of a thing, the fullest first, without the marks' quotation marks and white space."""
        found = {_QUOTES.sub("", self.text[m.start : m.end]) for m in self.marks if m.id == id and m.named}
        return sorted(found, key=lambda n: (-len(n), n))


def as_article(annotated: Annotated) -> Article:
    """Give the annotated text as an article whose source is the text itself."""
    digest = hashlib.sha256(annotated.text.encode()).hexdigest()
    document = Document(f"{annotated.id}.txt", digest, "text/plain", "utf-8", annotated.text)
    kinds = [name for name in _FIELDS if annotated.header.get(name)]
    blocks, at = [], 0
    for number, line in enumerate(annotated.text.split("\n")):
        kind = kinds[number] if number < len(kinds) else "paragraph"
        blocks.append(Block(kind, at, at + len(line)))
        at += len(line) + 1
    return Article(document, 1, annotated.text, tuple(range(len(annotated.text))), tuple(blocks))


def as_gold(annotated: Annotated) -> dict[str, object]:
    """Give the annotation in the form of a gold file."""
    return {
        "article": annotated.id,
        "source": f"{annotated.id}.txt",
        "order": 1,
        "entities": [
            {"id": id, "type": cls, "names": annotated.names(id)} for id, cls in annotated.classes.items()
        ],
        "relations": [
            {"subject": r.subject, "relation": r.relation, "object": r.object} for r in annotated.relations
        ],
        "observations": [
            {"subject": m.subject, "indicator": m.indicator, "value": str(m.value), "unit": m.unit}
            for m in annotated.measures
        ],
    }


_NUMBER = re.compile(r"[0-9０-９.,]+")
_SENTENCE = re.compile(r"[。！？；;\n]")


class CorpusError(InputError):
    """An annotation breaks the contract: names file, place and reason."""


def load(path: Path, schema: Schema | None = None) -> Annotated:
    """Read one corpus file and check it.

    Raises:
        CorpusError: all mistakes of the file, one a line.
    """
    article, errors = _parse(path)
    errors += list(_mistakes(article, schema or load_schema()))
    if errors:
        raise CorpusError("\n".join(f"{path}: {error}" for error in errors))
    return article


def load_folder(folder: Path, schema: Schema | None = None) -> list[Annotated]:
    """Read and check all corpus files (``*.txt``) in and below a folder, in the order of their paths.

    Raises:
        CorpusError: all mistakes of the first file that has any.
    """
    return [load(path, schema) for path in sorted(folder.glob("**/*.txt"))]


def _parse(path: Path) -> tuple[Annotated, list[str]]:
    raw = path.read_text(encoding="utf-8")
    head, _, facts = raw.partition("\n---\n")
    header, body = _header(head)
    article = Annotated(header.get("id", path.stem), header)
    errors: list[str] = []
    for part in [*(header[f] for f in _FIELDS if header.get(f)), *(p for p in body.split("\n") if p.strip())]:
        _read_marks(part.strip(), article, errors)
        article.text += "\n"
    article.text = article.text.rstrip("\n")
    for number, line in enumerate(facts.splitlines(), start=head.count("\n") + 3):
        if line.strip() and not line.startswith("#"):
            _read_fact(line.strip(), number, article, errors)
    return article, errors


def _header(head: str) -> tuple[dict[str, str], str]:
    header: dict[str, str] = {}
    lines = head.split("\n")
    for at, line in enumerate(lines):
        match = _HEADER.match(line)
        if not match:
            return header, "\n".join(lines[at:])
        header[match[1]] = match[2].strip()
    return header, ""


def _read_marks(part: str, article: Annotated, errors: list[str]) -> None:
    """Append a line's plain text and its marks."""
    stack: list[int] = []
    at = 0
    while at < len(part):
        char = part[at]
        label = _LABEL.match(part, at) if stack else None
        if char == "[":
            stack.append(len(article.text))
        elif label:
            _close(article, stack.pop(), label, errors)
            at = label.end()
            continue
        elif char in "|]":
            errors.append(f"标记错误 broken mark at …{part[max(0, at - 12) : at + 8]}…")
            article.text += char
        else:
            article.text += char
        at += 1
    if stack:
        errors.append(f"标记未关闭 mark not closed: {part[:30]}…")


def _close(article: Annotated, start: int, label: re.Match[str], errors: list[str]) -> None:
    id, cls = label["id"], label["cls"]
    named = cls is not None
    if cls and article.classes.setdefault(id, cls) != cls:
        errors.append(f"{id}: 类别前后不一 two classes: {article.classes[id]}, {cls}")
    article.marks.append(Mark(start, len(article.text), id, named))


def _read_fact(line: str, number: int, article: Annotated, errors: list[str]) -> None:
    parts = [part.strip() for part in line.split("|")]
    words = parts[0].split()
    try:
        if words[0] == "obs":
            value = Decimal(parts[2])
            if not value.is_finite():
                raise ValueError(parts[2])
            article.measures.append(Measure(words[1], parts[1], value, parts[3]))
        else:
            subject, relation, object = words
            article.relations.append(
                Relation(subject, relation, object, parts[1] if len(parts) > 1 else None)
            )
    except (ValueError, IndexError, InvalidOperation):
        errors.append(f"第{number}行 line {number}: 无法读懂 cannot be read: {line}")


def _mistakes(article: Annotated, schema: Schema) -> Iterator[str]:
    """Everything that the annotation contract forbids."""
    for mark in article.marks:
        surface = article.text[mark.start : mark.end]
        if mark.id not in article.classes:
            yield f"{mark.id}: 没有类别 has no class"
        if not surface.strip() or "\n" in surface:
            yield f"{mark.id}: 空标记或跨段 empty or across lines: {surface!r}"
        elif mark.named and (surface[0] in "，。、；：” 的" or surface[-1] in "，。、；：“ 的"):
            yield f"{mark.id}: 边界含标点 punctuation at the edge: {surface!r}"
    for id, cls in article.classes.items():
        if cls not in schema.classes:
            yield f"{id}: 无此类别 unknown class {cls}"
        elif not article.names(id):
            yield f"{id}: 没有名称 has no name"
    yield from _relation_mistakes(article, schema)
    for m in article.measures:
        if m.subject not in article.classes:
            yield f"obs {m.subject}: 无此实体 unknown id"
        if _QUOTES.sub("", m.indicator) not in _QUOTES.sub("", article.text):
            yield f"obs {m.subject}: 指标不在文中 indicator not in the text: {m.indicator}"
    yield from _double_names(article)


def _relation_mistakes(article: Annotated, schema: Schema) -> Iterator[str]:
    for triple, count in Counter((r.subject, r.relation, r.object) for r in article.relations).items():
        subject, relation, object = triple
        classes = article.classes.get(subject), article.classes.get(object)
        if None in classes:
            yield f"{triple}: 无此实体 unknown id"
        elif relation not in schema.relations:
            yield f"{triple}: 无此关系 unknown relation"
        elif all(c in schema.classes for c in classes) and not schema.allows(
            str(classes[0]), relation, str(classes[1])
        ):
            yield f"{triple}: 定义域或值域不符 {classes[0]} → {classes[1]} breaks domain or range"
        if subject == object or (count > 1 and relation != "holdsPosition"):
            yield f"{triple}: 自指或重复 self or double"


def _double_names(article: Annotated) -> Iterator[str]:
    owner: dict[tuple[str, str], str] = {}
    for id, cls in article.classes.items():
        for name in article.names(id):
            if owner.setdefault((cls, name), id) != id:
                yield f"{id}: 同名同类 same class and name as {owner[cls, name]}: {name}"


@dataclass(frozen=True, slots=True)
class Diversity:
    """How varied a corpus is: names and sentence frames, all and distinct.

    A frame is a sentence with its names as classes and its numbers as ``0``: [Zone]成立[PartyOrganization]。
    """

    names: int
    distinct_names: int
    frames: int
    distinct_frames: int


def diversity(articles: Iterable[Annotated]) -> Diversity:
    """Count names and sentence frames of annotated articles."""
    names: Counter[str] = Counter()
    frames: Counter[str] = Counter()
    for article in articles:
        names.update(name for id in article.classes for name in article.names(id))
        frames.update(_frames(article))
    return Diversity(names.total(), len(names), frames.total(), len(frames))


def _frames(article: Annotated) -> Iterator[str]:
    text, done = [], 0
    for mark in sorted(article.marks, key=lambda m: (m.start, -m.end)):
        if mark.named and mark.start >= done:
            text += [article.text[done : mark.start], f"[{article.classes.get(mark.id)}]"]
            done = mark.end
    text.append(article.text[done:])
    plain = _NUMBER.sub("0", "".join(text))
    return (frame for part in _SENTENCE.split(plain) if (frame := part.strip()))


def main(folder: str) -> int:
    """Check a folder, print what is wrong and what it holds; 1 if anything is wrong."""
    good, bad, counts = [], 0, Counter[str]()
    for path in sorted(Path(folder).glob("**/*.txt")):
        try:
            good.append(load(path))
        except CorpusError as error:
            bad += 1
            print(error)
    for article in good:
        counts.update(article.classes.values())
        counts.update(r.relation for r in article.relations)
        counts["observations"] += len(article.measures)
    print(f"{len(good)} articles, {bad} bad, {sum(len(a.text) for a in good)} characters")
    print(", ".join(f"{name} {n}" for name, n in counts.most_common()))
    d = diversity(good)
    print(f"names {d.names}, distinct {d.distinct_names}; frames {d.frames}, distinct {d.distinct_frames}")
    return int(bad > 0)


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1]))
