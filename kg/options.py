"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def option(*names: str, **settings: Any) -> Callable[[CommandT], CommandT]:
    """Give a command an option; its default is shown."""
    return click.option(*names, show_default=True, **settings)


def out_folder(command: CommandT) -> CommandT:
    """Give a command the option that names the build folder."""
    folder = click.Path(path_type=Path)
    return option(
        "-o", "--out", "--graph", "out", type=folder, default="out", help="The build folder. 构建目录。"
    )(command)


def graph(command: CommandT) -> CommandT:
    """Let a command look at a build, in the terms of the ontology that it was made with."""

    @wraps(command)
    def looking(*args: Any, out: Path, **kwargs: Any) -> Any:
        from kg.schema import of_build, speaking

        with speaking(of_build(out)):
            return command(*args, out=out, **kwargs)

    return out_folder(cast(CommandT, looking))


def ontology(command: CommandT) -> CommandT:
    """Give a command the option that names an ontology of one's own."""
    file = click.Path(path_type=Path)
    return option("--ontology", type=file, help="An ontology of your own, Turtle. 自己的本体。")(command)


def format_of(*choices: str) -> Callable[[CommandT], CommandT]:
    """Give a command ``--format``; the first choice is the default."""
    kind = click.Choice(choices)
    return option("--format", type=kind, default=choices[0], help="Output format. 输出格式。")
