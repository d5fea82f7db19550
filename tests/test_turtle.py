"""Turtle: the same triples are the same bytes, and every parser reads them back."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from conftest import read
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import iri, turtle
from kg.graph import evidence_triples, graph_triples
from kg.model import Knowledge
from kg.schema import Schema

NODE = NamedNode(iri.entity("合肥高新区"))
SAYS = NamedNode(iri.OA + "exact")


def written(triples: list[Triple]) -> bytes:
    file = io.BytesIO()
    turtle.write(triples, file)
    return file.getvalue()


@given(st.text(max_size=60), st.sampled_from([None, "zh", "en"]))
@example('换行\n\r\t"引号\\', None)
@example("\x00\x7f\x85\u2028\ufeff\u202e", "zh")
def test_any_text_is_read_back_as_it_was(text: str, language: str | None) -> None:
    triple = Triple(NODE, SAYS, Literal(text, language=language))

    assert [triple] == [q.triple for q in parse(written([triple]), RdfFormat.TURTLE)]


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=12), st.integers(0, 2000))
@example([], 0)
@example([("a", " .\n\n@prefix a: <b> .\n"), ("b", " .\n\n")], 200)
def test_two_parts_of_a_document_hold_all_of_it_and_nothing_twice(
    said: list[tuple[str, str]], place: int
) -> None:
    triples = [Triple(NamedNode(iri.entity(f"甲{key}")), SAYS, Literal(text)) for key, text in said]

    cut = turtle.parted(written(triples), place)
    parts = [[q.triple for q in parse(part, RdfFormat.TURTLE)] for part in cut]

    assert set(parts[0]) | set(parts[1]) == set(triples)
    assert not set(parts[0]) & set(parts[1])


@given(st.text(min_size=1, max_size=20))
@example("a.")
@example("-a")
@example("“五联”活动")
def test_any_key_is_read_back_as_it_was(key: str) -> None:
    triple = Triple(NamedNode(iri.entity(key)), SAYS, NODE)

    assert [triple] == [q.triple for q in parse(written([triple]), RdfFormat.TURTLE)]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_a_decimal_stays_a_decimal(value: object) -> None:
    from kg.graph import decimal_text

    datatype = NamedNode(iri.XSD + "decimal")
    triple = Triple(NODE, SAYS, Literal(decimal_text(value), datatype=datatype))  # type: ignore[arg-type]

    (read,) = parse(written([triple]), RdfFormat.TURTLE)

    assert datatype == read.object.datatype
    assert float(value) == float(read.object.value)  # type: ignore[arg-type]


def test_neither_order_nor_repetition_changes_a_byte(knowledge: Knowledge, schema: Schema) -> None:
    triples = list(read(graph_triples(knowledge, schema)))
    shuffled = [*triples, *triples[:9]]
    random.Random(7).shuffle(shuffled)

    assert written(triples) == written(shuffled)


def test_han_is_not_escaped_and_a_quote_stays_on_its_line(knowledge: Knowledge, schema: Schema) -> None:
    text = written(list(read(evidence_triples(knowledge, schema)))).decode()

    assert 'oa:exact "云桥生物科技有\\n限公司总经理' in text
    assert "\\u" not in text


def test_rdflib_reads_what_we_write_without_a_warning(
    knowledge: Knowledge, schema: Schema, caplog: pytest.LogCaptureFixture
) -> None:
    triples = {*read(graph_triples(knowledge, schema)), *read(evidence_triples(knowledge, schema))}

    graph = rdflib.Graph().parse(data=written(list(triples)), format="turtle")

    assert len(triples) == len(graph)
    assert caplog.records == []


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize("name", ["graph.ttl", "evidence.ttl"])
def test_rapper_reads_what_we_write_without_a_warning(built: Path, name: str) -> None:
    done = subprocess.run(["rapper", "-q", "-i", "turtle", built / name], capture_output=True, text=True)

    assert (done.stderr, done.returncode) == ("", 0)
    assert len(list(parse(path=built / name))) == len(done.stdout.splitlines())


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
def test_rapper_reads_ugly_names_and_texts(tmp_path: Path) -> None:
    ugly = ["<b>&'\"", "A/B #1?", "..", "“ ”", "\u202e反", "𠮷", "é", "%", "[x]", "a:b;c=d"]
    triples = [
        Triple(NamedNode(iri.entity(key)), SAYS, Literal(key + "\n\x01", language="zh")) for key in ugly
    ]
    file = tmp_path / "ugly.ttl"
    file.write_bytes(written(triples))

    done = subprocess.run(["rapper", "-q", "-i", "turtle", file], capture_output=True, text=True)

    assert ("", 0, len(ugly)) == (done.stderr, done.returncode, len(done.stdout.splitlines()))
