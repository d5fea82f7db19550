"""The commands of ``kg ontology``: check an ontology file, and document it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.options import format_of, option
from kg.options import ontology as of_own


@click.group()
def ontology_commands() -> None:
    """Check and document an ontology 检查和说明本体.

    \b
    Example 示例:
      kg ontology check mine.ttl
      kg ontology docs
    """


@ontology_commands.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@format_of("text", "json")
@click.pass_context
def ontology_check(ctx: click.Context, file: Path, format: str) -> None:
    """Find every mistake in an ontology file 找出本体文件的全部错误.

    File, line, term and the way out; exits with 1 if a build would refuse the file. Advice does
    not count. 给出文件、行号、术语和改法；构建会拒绝时退出码为 1，建议不计。

    \b
    Example 示例:  kg ontology check mine.ttl
    """
    from kg import mistakes, present

    found = mistakes.check(file)
    present.show_mistakes(file, found, format)
    ctx.exit(1 if any(mistake.grave for mistake in found) else 0)


@ontology_commands.command("docs")
@of_own
@option("--articles", type=click.Path(path_type=Path), help="Annotated articles, for examples. 标注文章。")
@option("--readme", type=click.Path(path_type=Path), multiple=True, help="Renew its table. 更新其关系表。")
@click.argument("page", type=click.Path(path_type=Path), default="docs/ontology.html")
def ontology_docs(ontology: Path | None, articles: Path | None, readme: tuple[Path, ...], page: Path) -> None:
    """Write an ontology as one web page 把本体写成一个网页.

    Classes, relations, diagram, definitions in both languages, words, and facts with quotes from
    annotated articles. 类、关系、图示、双语定义、线索词，以及标注文章中的例句。

    \b
    Example 示例:
      kg ontology docs --readme README.md --readme README.zh-CN.md
      kg ontology docs --ontology mine.ttl mine.html
    """
    from kg import handbook

    for path in handbook.write(page, ontology, articles, readme):
        click.echo(f"已写入 written: {path}", err=True)
