"""The library of ready questions: ``.rq`` files that a person can read, copy and run anywhere.

A file begins with comments: ``# zh:`` and ``# en:`` titles, a description, and for each parameter
``# param: NAME EXAMPLE``. A parameter is a variable with ``VALUES ?NAME { UNDEF }``: as it stands, the
question answers for everything; asked with a name, ``UNDEF`` gives way to that name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, Store

from kg.errors import QueryError
from kg.lookup import matching_names
from kg.resources import package_dir

_HEADER = re.compile(r"# ?(?:(zh|en|param): ?)?(.*)")


@dataclass(frozen=True, slots=True)
class Question:
    """A ready question; ``parameters`` gives an example value for each parameter name."""

    name: str
    title_zh: str
    title_en: str
    description: str
    parameters: dict[str, str]
    sparql: str


@cache
def load_questions() -> dict[str, Question]:
    """Read all ready questions, by name."""
    return {path.stem: _read(path) for path in sorted(package_dir("queries").glob("*.rq"))}


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    said: dict[str, list[str]] = {"zh": [], "en": [], "param": [], "": []}
    for line in text.splitlines():
        if not (header := _HEADER.fullmatch(line)):
            break
        said[header[1] or ""].append(header[2].strip())
    parameters = dict(item.split(" ", 1) for item in said["param"])
    return Question(path.stem, said["zh"][0], said["en"][0], " ".join(said[""]), parameters, text)


def choose(store: Store, name: str | None, values: Mapping[str, str], sparql: str | None) -> str:
    """Return the SPARQL that the user means: their own, or a ready question filled in.

    Raises:
        QueryError: both or neither are given, or there is no such question or parameter.
        NotFound: a name is not in the graph.
    """
    if (name is None) == (sparql is None) or (values and name is None):
        raise QueryError(
            "请给出 SPARQL 或 --name 之一，--param 随 --name 使用 give either SPARQL or --name; "
            "--param goes with --name"
        )
    return sparql if sparql is not None else fill(question(str(name)), values, store)


def question(name: str) -> Question:
    """Return the ready question of that name.

    Raises:
        QueryError: there is none; the message says which there are.
    """
    known = load_questions()
    if name not in known:
        near = get_close_matches(name, known, 3, 0.4) or list(known)
        raise QueryError(
            f"{name}: 没有这个问题 no such question; 是否指 did you mean {', '.join(near)}? "
            "全部见 all of them: kg query --list"
        )
    return known[name]


def fill(asked: Question, values: Mapping[str, str], store: Store) -> str:
    """Return the question's SPARQL with names put in; a parameter without a value stands for all.

    Raises:
        QueryError: the question has no such parameter.
        NotFound: a name is not in the graph.
    """
    sparql = asked.sparql
    for parameter, value in values.items():
        if parameter not in asked.parameters:
            known = ", ".join(asked.parameters) or "无 none"
            raise QueryError(f"{asked.name}: 没有参数 no parameter '{parameter}'; 可用 it has: {known}")
        terms = " ".join(str(Literal(name, language="zh")) for name in matching_names(store, value))
        place = f"VALUES ?{parameter} {{ UNDEF }}"
        sparql = sparql.replace(place, f"VALUES ?{parameter} {{ {terms} }}")
    return sparql
