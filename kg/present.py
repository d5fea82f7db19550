"""Lay out what commands found, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, parse_query_results

from kg import console, iri, turtle
from kg.analyse import Card, Stats, Way
from kg.export import EXPORTERS
from kg.mistakes import Mistake, shown
from kg.model import Evidence, Fact, Observation, Refusal
from kg.pipeline import BuildReport
from kg.query import Answer
from kg.questions import Question
from kg.schema import load_schema
from kg.validate import Validation, report_triples


def class_label(name: str) -> str:
    """Return ``园区 Zone`` for a class."""
    info = load_schema().classes.get(name)
    return f"{info.label_zh} {name}" if info else name


def relation_label(name: str) -> str:
    """Return ``位于 locatedIn`` for a relation."""
    info = load_schema().relations.get(name)
    return f"{info.label_zh} {name}" if info else name


def show_build(report: BuildReport) -> None:
    """Print what a build found, and what to open next; what failed goes to stderr."""
    if report.out is not None:
        counts = report.counts
        console.show_counts("实体 entities", counts["entities"], class_label)
        console.show_counts("关系 facts", counts["facts"], relation_label)
        entities, facts = sum(counts["entities"].values()), sum(counts["facts"].values())
        console.show_text(
            f"\n文件 files {report.documents} · 文章 articles {counts['articles']} · "
            f"实体 entities {entities} · 关系 facts {facts} · 数据 figures {counts['observations']}"
        )
        console.show_text(f"打开 open {report.out / 'graph.html'} · 提问 ask: kg query --list")
    if refused := sum(report.counts.get("refused", {}).values()):
        console.say(
            f"{refused} 条断言违反本体，未入图 claims break the ontology and stay outside: kg quarantine"
        )
    for source in report.repeated:
        console.say(f"= {source}：内容与另一文件相同，只计一次 has the bytes of another file; counted once")
    show_failures(report.failures)
    if report.out is None:
        console.say("没有可用的文章，未写入任何内容 no usable article; nothing was written or replaced")


def show_failures(failures: Sequence[str]) -> None:
    """Say what could not be used, and why."""
    for failure in failures:
        console.say(f"✗ {failure}")
    if failures:
        console.say(f"{len(failures)} 项未能处理 could not be used")


def show_answer(answer: Answer, format: str) -> None:
    """Print the answer to a query: a table laid out, anything else as it is."""
    if format != "table" or answer.kind == "graph":
        console.show_bytes(answer.data if answer.data.endswith(b"\n") else answer.data + b"\n")
        return
    found = parse_query_results(answer.data, format=QueryResultsFormat.JSON)
    if answer.kind == "boolean":
        console.show_text("是 yes" if found else "否 no")
        return
    columns = [variable.value for variable in found.variables]  # type: ignore[union-attr]
    rows = [[_cell(term) for term in solution] for solution in found]  # type: ignore[union-attr]
    console.show_table(columns, rows)
    console.say(f"{len(rows)} 行 rows")


def _cell(term: object) -> str:
    if isinstance(term, NamedNode):
        return iri.short(term.value)
    return term.value if isinstance(term, Literal) else "" if term is None else str(term)


def show_questions(questions: Sequence[Question], format: str) -> None:
    """Print the ready questions and what each can be asked with."""
    if format == "json":
        console.show_json(questions)
        return
    rows = (
        (q.name, f"{q.title_zh} {q.title_en}", " ".join(f"{k}={v}" for k, v in q.parameters.items()))
        for q in questions
    )
    console.show_table(("名称 name", "问题 question", "参数 --param"), rows)


def show_cards(cards: Iterable[Card]) -> None:
    """Print everything about the entities that bear one name."""
    for number, card in enumerate(cards):
        if number:
            console.show_text()
        _show_card(card)


def _show_card(card: Card) -> None:
    entity = card.entity
    console.show_text(f"{entity.label}  [{class_label(entity.cls)}]")
    if entity.aliases:
        console.show_text(f"  又名 also: {'、'.join(entity.aliases)}")
    console.show_text(f"  {iri.entity(entity.key)}")
    for fact in card.facts:
        console.show_text(f"\n  {fact_line(fact, card.labels)}  ({fact.confidence:g})")
        _show_quotes(fact.evidence)
    for observation in card.observations:
        console.show_text(f"\n  {figure_line(observation)}  ({observation.confidence:g})")
        _show_quotes(observation.evidence)
    console.show_text("\n  文章 articles")
    for story in card.stories:
        words = (story.id, story.headline, story.date)
        console.show_text(f"    {' · '.join(word for word in words if word)} ×{story.mentions}")


def fact_line(fact: Fact, labels: dict[str, str]) -> str:
    """Return ``主语 — 关系 relation → 宾语``, with titles and times."""
    titles = f"（{'、'.join(fact.titles)}）" if fact.titles else ""
    times = f" [{'、'.join(fact.times)}]" if fact.times else ""
    return f"{labels[fact.subject]} — {relation_label(fact.relation)} → {labels[fact.object]}{titles}{times}"


def figure_line(observation: Observation) -> str:
    """Return ``指标 = 值 单位``, with the time if there is one."""
    time = f" [{observation.time}]" if observation.time else ""
    return f"{observation.indicator} = {observation.value:,f} {observation.unit}{time}"


def _show_quotes(evidence: Iterable[Evidence]) -> None:
    for item in evidence:
        place = f"{item.article} {item.start}-{item.end}"
        console.show_text(f"    “{console.one_line(item.exact)}”  {place}  {item.rule}")


def show_refusals(refusals: Sequence[Refusal], labels: dict[str, str]) -> None:
    """Print the claims in quarantine, each with its reason and its quotes."""
    for refusal in refusals:
        claim = refusal.claim
        console.show_text(f"✗ {refusal.reason}  {fact_line(claim, labels)}  ({claim.confidence:g})")
        console.show_text(f"    {refusal.message_zh} · {refusal.message_en}")
        _show_quotes(claim.evidence)
    console.say(f"{len(refusals)} 条断言被隔离 claims in quarantine")


def show_ways(ways: Sequence[Way]) -> None:
    """Print the ways between two entities, step by step with quotes."""
    for way in ways:
        _show_way(way)
    if not ways:
        console.say("两者之间没有联系 they are not connected")


def _show_way(way: Way) -> None:
    console.show_text(" ~ ".join(way.labels[key] for key in way.keys))
    for _, facts in zip(pairwise(way.keys), way.steps, strict=True):
        for fact in facts:
            console.show_text(f"  {fact_line(fact, way.labels)}")
            _show_quotes(fact.evidence)


def show_stats(stats: Stats) -> None:
    """Print how much the graph holds."""
    console.show_counts("实体 entities", stats.entities, class_label)
    console.show_counts("关系 facts", stats.facts, relation_label)
    rows = [(label, class_label(cls), number) for label, cls, number in stats.degrees]
    console.show_table(("关联最多 most connected", "类别 class", "关系数 facts"), rows)
    console.show_text(f"文章 articles {stats.articles} · 数据 figures {stats.observations}")


def show_exporters() -> None:
    """Print the export formats."""
    rows = ((e.name, f"graph.{e.suffix}", f"{e.label_zh} {e.label_en}") for e in EXPORTERS.values())
    console.show_table(("格式 format", "文件 file", "说明"), rows)


def show_validation(result: Validation, format: str) -> None:
    """Print what is wrong with a graph: for people, as JSON, or as a SHACL report in Turtle."""
    if format == "json":
        console.show_json({"conforms": result.conforms, **asdict(result)})
        return
    if format == "turtle":
        console.show_bytes("".join(turtle.lines(map(turtle.row, report_triples(result)))).encode())
        return
    for found in result.violations:
        detail = f" ({iri.short(found.detail)})" if found.detail else ""
        console.show_text(f"✗ {found.check}: {iri.short(found.node)}{detail}: {found.message}")
    verdict = (
        "合格 the graph conforms" if result.conforms else f"{len(result.violations)} 处不合格 violations"
    )
    quotes = f" · 核对引文 quotes compared {result.quotes}" if result.quotes else ""
    console.show_text(verdict + quotes)


def show_mistakes(path: Path, mistakes: Sequence[Mistake], format: str) -> None:
    """Print what is wrong with an ontology file: mistakes first, then advice."""
    if format == "json":
        console.show_json([{"file": str(path), **asdict(mistake)} for mistake in mistakes])
        return
    for grave, sign in ((True, "错误 error"), (False, "建议 advice")):
        for mistake in mistakes:
            if mistake.grave is grave:
                console.show_text(f"{sign}: {shown(path, mistake)}")
    wrong = sum(mistake.grave for mistake in mistakes)
    console.show_text(f"{path}: 错误 errors {wrong} · 建议 advice {len(mistakes) - wrong}")
