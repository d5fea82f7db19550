"""The command line: each command parses, calls one function and prints.

Results go to stdout, words to stderr. Exit codes: 0 done, 1 could not (or some inputs failed),
2 usage, 3 the graph does not conform. Whatever is heavy is imported by the command that needs it.
"""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from typing import Any

import click

from kg import __version__, trust
from kg.errors import KgError
from kg.export import EXPORTERS
from kg.ontology_commands import ontology_commands
from kg.options import format_of as _format
from kg.options import graph as _graph
from kg.options import ontology as _ontology
from kg.options import option as _option
from kg.options import out_folder as _out

TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")


class _Failure(click.ClickException):
    """A ``KgError`` as the user sees it."""

    def show(self, file: Any = None) -> None:
        """Print the message to stderr."""
        click.echo(f"错误 error: {self.message}", err=True)


class _Commands(click.Group):
    """The one place where our errors become messages."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a ``KgError`` ends it with exit code 1."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise _Failure(str(error)) from error


def _pairs(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    wrong = [item for item in value if "=" not in item]
    if wrong:
        raise click.BadParameter(f"{wrong[0]}: 应写成 write it as NAME=VALUE")
    names = [item.split("=", 1)[0] for item in value]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise click.BadParameter(f"{twice[0]}: 只能给一次 can be given once")
    return dict(item.split("=", 1) for item in value)


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=_Commands, context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Chinese newspaper pages in, an evidence-backed knowledge graph out, offline.

    把报纸版面变成有据可查的知识图谱，全程离线。

    \b
    Example 示例:
      kg build pages/            构建图谱
      kg query --name zone-chains --param zone=合肥高新区
      kg show 合肥高新区
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in GBK has no ✗; better ? than no answer


@main.command()
@click.argument("paths", nargs=-1, required=True)
@_out
@_ontology
@_option("--workers", type=click.IntRange(1), help="Processes; all cores by default. 进程数。")
@_option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    help=f"Leave out less sure facts and figures; {trust.LEAST}. 不收把握更小的。",
)
@_option("--models", type=click.Path(path_type=Path), help="Models of your own. 自己训练的模型目录。")
@_format("text", "json")
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[str, ...],
    out: Path,
    ontology: Path | None,
    workers: int | None,
    least: float | None,
    models: Path | None,
    format: str,
) -> None:
    """Build the graph of some pages 构建图谱.

    PATHS are files, folders or patterns in quotes. OUT is replaced as a whole or not at all.
    可以给文件、文件夹或带引号的通配符；结果目录整体替换，失败则原样保留。

    \b
    Example 示例:
      kg build pages/ 'more/*.txt' -o out
      kg build examples/hospitals/articles --ontology examples/hospitals/hospitals.ttl -o out
    """
    from kg import console, pipeline, present
    from kg.schema import speaking

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidy up when told to end, too
    with console.progress("抽取 extracting") as tick:
        report = pipeline.build(
            paths, out, progress=tick, workers=workers, least=least, models=models, ontology=ontology
        )
    with speaking(ontology):
        console.show_json(report) if format == "json" else present.show_build(report)
    ctx.exit(1 if report.failures or report.out is None else 0)


@main.command()
@click.argument("sparql", required=False)
@_option("--name", help="Ask a ready question. 用现成的问题提问。")
@_option(
    "--param", "params", multiple=True, callback=_pairs, metavar="NAME=VALUE", help="Its parameter. 参数。"
)
@_option("--list", "listing", is_flag=True, help="List the ready questions. 列出现成的问题。")
@_option("--timeout", type=click.FloatRange(0, min_open=True), default=60, help="Seconds. 秒。")
@_format(*TABLE_FORMATS)
@_graph
def query(
    sparql: str | None,
    name: str | None,
    params: dict[str, str],
    listing: bool,
    timeout: float,
    format: str,
    out: Path,
) -> None:
    """Ask the graph a question 查询图谱.

    In SPARQL ('-' reads it from stdin; the usual prefixes need no declaration), or by the name of
    a ready question, whose parameters take any name of an entity.
    用 SPARQL（'-' 表示从标准输入读取，常用前缀不必声明），或用现成问题的名称，参数可填实体的任一名称。

    \b
    Example 示例:
      kg query 'SELECT ?name { ?zone a zkg:HighTechZone ; rdfs:label ?name }'
      kg query --name zone-figures --param zone=合肥高新区 --format csv
      kg query --list
    """
    from kg import present, query, questions, store

    if listing:
        present.show_questions(list(questions.load_questions().values()), format)
        return
    if (sparql is None) == (name is None):
        raise click.UsageError("给出 SPARQL 或 --name 之一 give either SPARQL or --name; kg query --list")
    text = click.open_file("-", encoding="utf-8").read() if sparql == "-" else sparql
    text = questions.choose(store.open_build(out), name, params, text)
    present.show_answer(query.answer_within(out, text, format, timeout), format)


@main.command()
@click.argument("name")
@_format("text", "json")
@_graph
def show(name: str, format: str, out: Path) -> None:
    """Show all about one entity 查看一个实体.

    Each fact and figure comes with the sentences that say so. 每条关系和数据都附原文。

    \b
    Example 示例:  kg show 合肥高新区
    """
    from kg import analyse, console, present, store

    cards = analyse.cards(store.open_build(out), name)
    console.show_json(cards) if format == "json" else present.show_cards(cards)


@main.command()
@click.argument("start")
@click.argument("end")
@_option("--limit", type=click.IntRange(1), default=3, help="At most so many. 最多几条。")
@_format("text", "json")
@_graph
def path(start: str, end: str, limit: int, format: str, out: Path) -> None:
    """Find how two entities connect 查找两者的联系.

    The shortest ways, each step with its quotes. 给出最短的几条路径，每一步都附原文。

    \b
    Example 示例:  kg path 合肥高新区 量子信息产业链
    """
    from kg import analyse, console, present, store

    ways = analyse.ways(store.open_build(out), start, end, limit)
    console.show_json(ways) if format == "json" else present.show_ways(ways)


@main.command()
@_option("--top", type=click.IntRange(0), default=10, help="How many names. 列出几个。")
@_format("text", "json")
@_graph
def stats(top: int, format: str, out: Path) -> None:
    """Count what the graph holds 统计图谱.

    Entities by class, facts by relation, and the most connected entities.
    按类别统计实体，按种类统计关系，列出关联最多的实体。

    \b
    Example 示例:  kg stats --top 20
    """
    from kg import analyse, console, present, store

    found = analyse.stats(store.open_build(out), top)
    console.show_json(found) if format == "json" else present.show_stats(found)


@main.command()
@click.argument("format", type=click.Choice(tuple(EXPORTERS)), required=False)
@click.argument("file", required=False)
@_option("--list", "listing", is_flag=True, help="List the formats. 列出格式。")
@_option("--class", "classes", multiple=True, help="Only this class; may be given again. 只要此类。")
@_option("--relation", "relations", multiple=True, help="Only this relation; again. 只要此关系。")
@_option("--min-confidence", type=click.FloatRange(0, 1), default=0, help="Only facts as sure. 最低置信度。")
@_option("--around", default="", metavar="NAME", help="Only what is near this entity. 只要此实体周围。")
@_option("--hops", type=click.IntRange(0), default=2, help="How near. 几步之内。")
@_option("--limit", type=click.IntRange(0), default=0, help="Most connected only; 0: all. 只要前几个。")
@_graph
def export(format: str | None, file: str | None, listing: bool, out: Path, **chosen: Any) -> None:
    """Export to another format 导出为其他格式.

    FILE is OUT/graph.SUFFIX by default, OUT/graph.part.SUFFIX for a part; '-' is stdout; --list tells
    what the formats are for. The options that narrow hold for every format.
    默认写入构建目录；'-' 表示标准输出；--list 说明各种格式；筛选选项适用于所有格式。

    \b
    Example 示例:
      kg export graphml
      kg export csv 关系.csv
      kg export turtle - | less
      kg export html --around 合肥高新区 --hops 2
    """
    from kg import console, present
    from kg.export import export_build
    from kg.export.selection import Selection

    selection = Selection(confidence=chosen.pop("min_confidence"), **chosen)
    if listing or format is None:
        present.show_exporters()
    elif written := export_build(out, format, file, selection, console.say):
        console.say(f"已写入 written: {written}")


@main.command()
@_option(
    "--sources",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Pages, to check quotes; may be given again. 原始版面，核对引文，可多次给出。",
)
@_format("text", "json", "turtle")
@_graph
@click.pass_context
def validate(ctx: click.Context, sources: tuple[Path, ...], format: str, out: Path) -> None:
    """Check the graph's quality 校验图谱.

    Against its SHACL shapes, and with --sources every quote against the pages; exits with 3 if
    anything is wrong. 按 SHACL 检查；给出 --sources 时逐条核对引文；不合格时退出码为 3。

    \b
    Example 示例:  kg validate --sources pages/
    """
    from kg import present, store, validate

    report = validate.validate(store.open_build(out), *sources)
    present.show_validation(report, format)
    ctx.exit(0 if report.conforms else 3)


@main.command()
@_format("text", "json")
@_graph
def quarantine(format: str, out: Path) -> None:
    """List claims that were refused 列出被隔离的断言.

    What breaks domain, range, cardinality, disjointness or direction is in no graph of facts; it is kept
    here with the sentence and the reason. 违反本体的断言不入图，连同原文与理由列在这里。

    \b
    Example 示例:  kg quarantine --format json
    """
    from kg import console, present, recall, store

    opened = store.open_build(out)
    found = recall.refusals(opened)
    labels = {entity.key: entity.label for entity in recall.entities(opened)}
    console.show_json(found) if format == "json" else present.show_refusals(found, labels)


@main.command("eval")
@click.argument("paths", nargs=-1, required=True)
@_option("--gold", type=click.Path(path_type=Path), help="Folder of gold files. 标注目录。")
@_ontology
@_option("--folds", type=click.IntRange(2), help="Cross-validate a corpus instead. 对语料做交叉验证。")
@_option("--models", type=click.Path(path_type=Path), help="Models of your own. 自己训练的模型目录。")
@_option("--report", type=click.Path(path_type=Path), help="Write the errors as HTML. 把错误写成网页。")
@_option("--min-core-entities", type=click.FloatRange(0, 1), help="Fail below this F1. 低于此值即失败。")
@_option("--min-core-relations", type=click.FloatRange(0, 1), help="Fail below this F1. 低于此值即失败。")
@_option("--min-observations", type=click.FloatRange(0, 1), help="Fail below this F1. 低于此值即失败。")
@_format("text", "json")
@click.pass_context
def evaluate(
    ctx: click.Context,
    paths: tuple[str, ...],
    gold: Path | None,
    ontology: Path | None,
    folds: int | None,
    models: Path | None,
    report: Path | None,
    min_core_entities: float | None,
    min_core_relations: float | None,
    min_observations: float | None,
    format: str,
) -> None:
    """Score against gold files 用人工标注评分.

    Precision, recall and F1 per class and relation, confusion, what each confidence is worth, and
    every error. With --folds PATHS is one corpus folder; each article is scored by models trained
    without it, which takes some minutes a fold.
    分类别、分关系给出准确率、召回率和 F1，并列出混淆、置信度与错误；--folds 对标注语料做交叉验证。

    \b
    Example 示例:
      kg eval pages/ --gold gold/ --report errors.html
      kg eval seeds/corpus --folds 5
    """
    from kg import assess, console, present, present_scores

    with console.progress("评测 evaluating") as tick:
        found = assess.assess(paths, gold, folds, report, models=models, ontology=ontology, progress=tick)
    present_scores.show_scores(found.report, format)
    present.show_failures(found.failures)
    least = {
        "entities core": min_core_entities,
        "relations core": min_core_relations,
        "observations": min_observations,
    }
    short = present_scores.show_shortfalls(found.report, least)
    ctx.exit(1 if short or found.failures else 0)


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_option(
    "--models", type=click.Path(path_type=Path), help="Where to write; those in use by default. 写入位置。"
)
def train(corpus: Path, models: Path | None) -> None:
    """Learn the models again from annotated articles 由标注语料训练模型.

    Same articles, same bytes. It takes some minutes. 同样的语料得到同样的模型，需数分钟。

    \b
    Example 示例:  kg train seeds/corpus
    """
    from kg import train
    from kg.resources import package_dir

    done = train.train(corpus, models or package_dir("models"))
    click.echo(f"文章 articles {done.articles} · 字 characters {done.characters} · {done.models}")


main.add_command(ontology_commands, "ontology")
