"""The command line: results on stdout, words on stderr, and an exit code that a script can trust."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import HEFEI, PUKOU
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import __version__, iri
from kg.cli import main
from kg.export import EXPORTERS
from kg.store import FILES

HEAVY = ("rdflib", "networkx", "jieba", "pyvis", "pyshacl", "IPython", "rich")


def run(*words: str | Path, stdin: str | None = None) -> Result:
    """Run ``kg`` as a user would, and let nothing but an exit code come out."""
    result = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two good pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "合肥.txt").write_text(HEFEI, encoding="utf-8")
    (folder / "浦口.txt").write_text(PUKOU, encoding="gb18030")
    return folder


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help_in_both_languages_with_an_example(name: str) -> None:
    result = run(name, "--help")

    assert result.exit_code == 0
    assert f"Example 示例:\n    kg {name} " in result.stdout.replace("示例:  kg", "示例:\n    kg")
    assert isinstance(main.commands[name].help, str)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_is_explained_in_both_languages(name: str) -> None:
    for option in main.commands[name].params:
        if isinstance(option, click.Option) and option.name != "help":
            assert option.help and not option.help.isascii(), option.name


def test_help_and_version_need_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from kg.cli import main\n"
        "for words in (['--help'], ['--version'], *([name, '--help'] for name in main.commands)):\n"
        "    assert CliRunner().invoke(main, words).exit_code == 0\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_version_is_the_packages() -> None:
    assert run("--version").stdout == f"kg, version {__version__}\n"


@pytest.mark.parametrize("words", [["build"], ["query", "--format", "yaml"], ["fly"], ["export", "docx"]])
def test_wrong_usage_is_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_a_parameter_without_a_value_is_wrong_usage(built: Path) -> None:
    assert run("query", "--name", "zone-chains", "--param", "合肥高新区", "-o", built).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["query", "ASK {}"],
        ["show", "合肥"],
        ["path", "甲", "乙"],
        ["stats"],
        ["export", "csv"],
        ["validate"],
        ["quarantine"],
    ],
)
def test_without_a_build_each_command_says_how_to_make_one(words: list[str], tmp_path: Path) -> None:
    result = run(*words, "-o", tmp_path / "out")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "kg build" in result.stderr


def test_a_build_tells_what_it_found_and_what_to_open(pages: Path, tmp_path: Path) -> None:
    result = run("build", pages, "-o", tmp_path / "out")

    assert result.exit_code == 0, result.stderr
    assert "文件 files 2 · 文章 articles" in result.stdout
    assert "graph.html" in result.stdout
    assert "位于 locatedIn" in result.stdout
    assert {*FILES, "graph.html", "kg.json", "store"} == {item.name for item in (tmp_path / "out").iterdir()}


def test_a_build_with_a_bad_page_says_which_builds_the_rest_and_is_1(pages: Path, tmp_path: Path) -> None:
    (pages / "空.txt").write_bytes(b"")

    result = run("build", pages, tmp_path / "无.txt", "-o", tmp_path / "out", "--format", "json")

    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["documents"] == 2
    assert len(report["failures"]) == 2
    assert any(text.startswith("空.txt") for text in report["failures"])


def test_a_build_of_nothing_writes_nothing_and_is_1(tmp_path: Path) -> None:
    result = run("build", tmp_path / "无", "-o", tmp_path / "out")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "无：找不到文件" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_query_gives_its_result_alone_on_stdout(built: Path) -> None:
    text = "SELECT ?name { ?zone a zkg:HighTechZone ; rdfs:label ?name } ORDER BY ?name"

    result = run("query", text, "--format", "csv", "-o", built)

    assert result.stdout.split() == ["name", "乐山高新区", "合肥高新区", "浦口高新区"]


def test_a_table_shows_every_cell_in_full_in_a_pipe(built: Path) -> None:
    result = run("query", "--name", "fact-evidence", "--param", "name=国盾量子", "--graph", built)

    assert (
        "国盾量子技术股份有限公司、云际量子实验室是量子信息产业链的链上单位，均位于合肥高新区"
        in result.stdout
    )
    assert "…" not in result.stdout
    assert "行 rows" in result.stderr


def test_a_query_is_read_from_stdin(built: Path) -> None:
    result = run("query", "-", "-o", built, stdin="ASK { ?zone a zkg:HighTechZone }")

    assert result.stdout == "是 yes\n"


def test_a_graph_query_gives_turtle(built: Path) -> None:
    result = run("query", "DESCRIBE id:合肥高新区", "-o", built)

    assert "@prefix id:" in result.stdout
    assert "id:合肥高新区 a zkg:HighTechZone" in result.stdout


@pytest.mark.parametrize(
    "words",
    [["ASK {}", "--param", "zone=合肥高新区"], ["SELECT"]],
)
def test_a_query_that_cannot_be_is_1_with_a_way_out(built: Path, words: list[str]) -> None:
    result = run("query", *words, "-o", built)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("错误 error: ")


def test_the_ready_questions_are_listed_without_a_build(tmp_path: Path) -> None:
    result = run("query", "--list", "--format", "json", "-o", tmp_path)
    names = [question["name"] for question in json.loads(result.stdout)]

    assert "zone-laboratories" in names
    assert all(name in run("query", "--list", "-o", tmp_path).stdout for name in names)


def test_show_prints_each_fact_with_its_quote_and_place(built: Path) -> None:
    result = run("show", "国盾量子", "-o", built)

    assert "国盾量子技术股份有限公司  [企业 Enterprise]" in result.stdout
    assert "又名 also: 国盾量子" in result.stdout
    assert "国盾量子技术股份有限公司 — 位于 locatedIn → 合肥高新区" in result.stdout
    assert "合肥/000 头版.txt#1" in result.stdout


def test_show_as_json_has_the_quotes_as_printed(built: Path) -> None:
    (card,) = json.loads(run("show", "合肥高新区", "-o", built, "--format", "json").stdout)

    assert card["entity"]["cls"] == "HighTechZone"
    assert {o["value"] for o in card["observations"]} == {15050000000, 1302}
    assert any("\n" in e["exact"] for f in card["facts"] for e in f["evidence"])


def test_show_of_a_name_that_is_not_there_names_the_nearest(built: Path) -> None:
    result = run("show", "合肥高兴区", "-o", built)

    assert result.exit_code == 1
    assert "合肥高新区" in result.stderr


def test_path_prints_each_step_and_json_has_them(built: Path) -> None:
    result = run("path", "国盾量子", "云际量子实验室", "-o", built)
    ways = json.loads(run("path", "国盾量子", "云际量子实验室", "-o", built, "--format", "json").stdout)

    assert "国盾量子技术股份有限公司 ~ 合肥高新区 ~ 云际量子实验室" in result.stdout
    assert [len(way["steps"]) for way in ways] == [2, 2]


def test_path_between_what_is_not_connected_says_so(built: Path) -> None:
    result = run("path", "国盾量子", "何知远", "-o", built)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "not connected" in result.stderr


def test_stats_counts_and_json_has_the_counts(built: Path) -> None:
    found = json.loads(run("stats", "-o", built, "--format", "json").stdout)

    assert found["articles"] == 3
    assert found["facts"]["partyOrganizationOf"] == 5
    assert "高新区 HighTechZone" in run("stats", "-o", built).stdout


def test_export_writes_to_stdout_or_a_file(built: Path, tmp_path: Path) -> None:
    result = run("export", "csv", "-", "-o", built)
    assert next(csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff"))))[0] == "subject"

    told = run("export", "graphml", tmp_path / "图.graphml", "-o", built)
    assert (told.stdout, told.exit_code) == ("", 0)
    assert "图.graphml" in told.stderr
    assert (tmp_path / "图.graphml").read_bytes().startswith(b"<?xml")


def test_export_lists_every_format(tmp_path: Path) -> None:
    listed = run("export", "--list", "-o", tmp_path).stdout

    assert all(name in listed for name in EXPORTERS)


def test_validate_is_0_for_a_good_graph(built: Path, sources: Path) -> None:
    result = run("validate", "-o", built, "--sources", sources)

    assert result.exit_code == 0
    assert "合格 the graph conforms · 核对引文 quotes compared" in result.stdout


@pytest.mark.parametrize("format", ["text", "json", "turtle"])
def test_validate_is_3_for_a_graph_that_does_not_conform(
    knowledge: object, tmp_path: Path, format: str
) -> None:
    from conftest import make_knowledge

    from kg import store as kg_store
    from kg.schema import load_schema

    store: Store = kg_store.write(make_knowledge(), load_schema(), tmp_path)
    store.add(Quad(NamedNode(iri.entity("合肥高新区")), NamedNode(iri.ZKG + "leads"), Literal("谁")))
    store.flush()
    del store

    result = run("validate", "-o", tmp_path, "--format", format)

    assert result.exit_code == 3
    assert "合肥高新区" in result.stdout


def test_eval_scores_against_gold_and_fails_below_a_level(pages: Path, tmp_path: Path) -> None:
    gold = {
        "article": "合肥-1",
        "source": "合肥.txt",
        "order": 1,
        "entities": [{"id": "e1", "type": "Zone", "names": ["合肥高新区"]}],
        "relations": [],
        "observations": [],
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "合肥-1.json").write_text(json.dumps(gold), encoding="utf-8")
    words = ("eval", pages, "--gold", tmp_path / "gold", "--format", "json")

    scores = json.loads(run(*words).stdout)["scores"]

    assert scores["class Zone"]["right"] == 1
    assert run(*words).exit_code == 0
    assert run(*words, "--min-core-entities", "1").exit_code == 1


def test_text_that_looks_like_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    from kg import console

    with CliRunner().isolation() as (out, *_):
        console.show_table(["列 [bold]"], [["[red]红[/red]\n:smile: \x1b[31m"]])
        text = out.getvalue().decode()

    assert "列 [bold]" in text
    assert "[red]红[/red]:smile: [31m" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    "words",
    [["query"], ["query", "ASK {}", "--name", "zone-chains"],
     ["query", "--name", "zone-chains", "--param", "zone=合肥高新区", "--param", "zone=株洲高新区"]],
)  # fmt: skip
def test_a_question_is_asked_in_one_way_and_each_parameter_once(words: list[str], built: Path) -> None:
    assert run(*words, "-o", built).exit_code == 2
