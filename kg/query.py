"""Answer SPARQL queries, in the formats of the W3C, within a time limit.

Oxigraph can neither cancel a query nor be interrupted, so ``answer_within`` runs it in a process of
its own on a read-only store and ends that process when time is up or the user loses patience.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg import iri, turtle
from kg.errors import KgError, QueryError
from kg.store import open_build

TABLES = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPHS = {
    "ntriples": RdfFormat.N_TRIPLES,
    "json": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")
"""``table`` gives JSON for a table and Turtle for a graph, for the caller to lay out."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|""?(?!"))*"""'
    r"|'''(?:[^'\\]|\\.|''?(?!'))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|#[^\n]*",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w?$:-])SERVICE(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX\s+[^\s:]*:|BASE)\s+)*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
# Items such as ``['A' ..= 'Z' | '\\u{00C0}'..='\\u{00D6}']`` in the parser's list of what it expected.
_RANGES = re.compile(r"\[[^\]]*\.\.=[^\]]*\](?:, )?")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query, in the format asked for; ``kind`` is ``solutions``, ``boolean`` or ``graph``."""

    kind: str
    data: bytes


def answer(store: Store, sparql: str, format: str = "table") -> Answer:
    """Run a query on an open store; the usual prefixes need not be declared.

    Raises:
        QueryError: it cannot be parsed, changes the graph, asks the network, or has no such format.
    """
    _refuse(sparql)
    try:
        result = store.query(sparql, prefixes=iri.PREFIXES)
        if isinstance(result, QueryTriples):
            return Answer("graph", _graph(result, format))
        kind = "boolean" if isinstance(result, QueryBoolean) else "solutions"
        return Answer(kind, _table(result, format))
    except SyntaxError as error:
        raise QueryError(_explain(sparql, str(error))) from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"查询失败 the query failed: {error}") from error


def _refuse(sparql: str) -> None:
    plain = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), sparql)
    bare = _QUOTED.sub(" ", plain)
    if _UPDATE.match(bare):
        raise QueryError(
            "图谱只读，不接受更新 the graph is read-only and takes no update; "
            "改文章或本体后重新构建 change the pages or the ontology and build again"
        )
    if _SERVICE.search(bare):
        raise QueryError("离线工具不支持 SERVICE: this tool is offline; ask the graph itself")


def _table(result: QuerySolutions | QueryBoolean, format: str) -> bytes:
    if format != "table" and format not in TABLES:
        known = ", ".join(("table", *TABLES))
        raise QueryError(f"{format}: 此查询得到表格 this query gives a table; use one of {known}")
    return result.serialize(format=TABLES.get(format, QueryResultsFormat.JSON)) or b""


def _graph(result: QueryTriples, format: str) -> bytes:
    if format in ("table", "turtle"):
        file = io.BytesIO()
        turtle.write(result, file)
        return file.getvalue()
    if format not in GRAPHS:
        known = ", ".join(("turtle", *GRAPHS))
        raise QueryError(f"{format}: 此查询得到图 this query gives a graph; use one of {known}")
    return serialize(result, format=GRAPHS[format], prefixes=iri.PREFIXES) or b""


def _explain(sparql: str, message: str) -> str:
    """Turn the parser's message into one that shows the place."""
    if not (found := _PLACE.match(message)):
        return f"SPARQL 语法错误 not valid SPARQL: {message}"
    line, column, expected = int(found[1]), int(found[2]), found[3]
    expected = " ".join(_RANGES.sub("", expected).split())
    if "Prefix not found" in expected:
        expected = "前缀未声明 a prefix that is not declared; PREFIX name: <…>"
    elif len(expected) > 160:
        expected = expected[:160] + "…"
    lines = sparql.splitlines() or [""]
    shown = lines[line - 1] if line <= len(lines) else ""
    mark = "".join("　" if ord(char) > 0x2E7F else " " for char in shown[: column - 1]) + "^"
    place = f"第 {line} 行第 {column} 列 line {line}, column {column}"
    return f"SPARQL 语法错误 not valid SPARQL: {place}: {expected}\n{shown}\n{mark}"


def answer_within(out: Path, sparql: str, format: str = "table", seconds: float | None = None) -> Answer:
    """Run a query on a build in a process that is ended after ``seconds``, or at ``Ctrl-C``.

    Raises:
        QueryError: as ``answer``, or the time is up.
        KgError: the build cannot be read.
    """
    request = json.dumps({"out": str(out), "sparql": sparql, "format": format})
    root = str(Path(__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg.query"],
            input=request.encode(),
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            f"查询超过 {seconds:g} 秒，已停止 stopped after {seconds:g} s; "
            "收窄条件、加 LIMIT 或加大 --timeout narrow it, add LIMIT, or raise --timeout"
        ) from error
    if done.returncode:
        raise QueryError(done.stderr.decode("utf-8", "replace").strip() or "查询进程中断 the query died")
    kind, _, data = done.stdout.partition(b"\n")
    return Answer(kind.decode(), data)


def _main() -> int:
    """Answer the one request on stdin; the other side of ``answer_within``."""
    request = json.loads(sys.stdin.buffer.read())
    try:
        found = answer(open_build(Path(request["out"])), request["sparql"], request["format"])
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(found.kind.encode() + b"\n" + found.data)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
