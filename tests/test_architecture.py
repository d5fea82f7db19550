"""The house keeps its plan: imports point one way, rooms stay small, nothing heavy stands at the door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent / "kg"
MODULES = sorted(ROOT.rglob("*.py"))

FLOORS = (
    ("model", "errors", "__init__", "queries", "models"),
    ("resources", "iri", "parallel", "output", "divisions"),
    ("terms", "statements", "vocabularies"),
    ("axioms",),
    ("schema", "lexicon", "turtle", "mistakes"),
    ("ingest", "corpus"),
    ("segment", "repair"),
    ("extract",),
    ("reference", "quarantine", "reason", "handbook", "learner"),
    ("graph", "resolve", "train", "trust"),
    ("store", "manifest"),
    ("recall", "lookup"),
    ("query", "questions", "validate", "analyse"),
    ("export", "explore", "evaluate"),
    ("pipeline",),
    ("assess",),
    ("console", "options"),
    ("present", "present_scores"),
    ("ontology_commands",),
    ("cli",),
)
"""From the ground up. A module imports from its own floor and those below."""

HEAVY = ("rdflib", "networkx", "jieba", "pyvis", "pyshacl", "IPython")


def name_of(path: Path) -> str:
    """The module's dotted name below ``kg``; a package goes by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def at_start(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if not typing_only and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from at_start(child)


def imported(nodes: Iterator[ast.AST]) -> set[str]:
    """The modules of ours that are imported, by their names below ``kg``."""
    known = {name_of(path) for path in MODULES}
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "kg":
            base = (node.module or "").removeprefix("kg").removeprefix(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".removeprefix(".")
                found.add(inner if inner in known else base or "__init__")
    return found


def floor(module: str) -> int:
    room = module.partition(".")[0]
    return next((number for number, rooms in enumerate(FLOORS) if room in rooms), -1)


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each function with its length in lines, decorators and docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            docstring = (first.end_lineno or 0) - first.lineno + 1 if text else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - docstring


LENGTHS = [(name_of(path), *item) for path in MODULES for item in functions(tree_of(path))]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_its_floor_and_imports_only_from_there_and_below(path: Path) -> None:
    module = name_of(path)

    assert floor(module) >= 0, f"{module}: give it a floor in FLOORS"
    above = {other for other in imported(ast.walk(tree_of(path))) if floor(other) > floor(module)}
    assert above == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name_of(path): imported(at_start(tree_of(path))) - {name_of(path)} for path in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"{error.args[1]}")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_functions_are_short() -> None:
    lengths = sorted(length for _, _, length in LENGTHS)

    assert [item for item in LENGTHS if item[2] > 60] == []
    assert median(lengths) <= 10
    assert lengths[int(len(lengths) * 0.95)] <= 30


def test_a_command_parses_calls_and_prints() -> None:
    for node in tree_of(ROOT / "cli.py").body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            body = (node.end_lineno or 0) - node.body[1].lineno + 1 if len(node.body) > 1 else 0
            assert body <= 15, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_names_have_docstrings_and_types(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            bare = [a.arg for a in node.args.args if a.annotation is None and a.arg not in ("self", "cls")]
            assert not bare, node.name
            assert node.returns is not None or node.name == "__init__", node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_bare_except_and_a_broad_one_says_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            if ast.unparse(node.type) == "Exception":
                assert "noqa: BLE001 -" in lines[node.lineno - 1]


def test_no_room_is_called_after_nothing() -> None:
    names = {part for path in MODULES for part in name_of(path).split(".")}

    assert names.isdisjoint({"utils", "util", "common", "helpers", "helper", "manager", "misc"})


def test_the_command_line_starts_without_anything_heavy() -> None:
    code = f"import sys, kg.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_only_one_module_imports_jieba() -> None:
    importing = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "jieba" for alias in node.names)
    ]

    assert set(importing) <= {"segment"}


def test_the_package_is_typed_and_has_one_version() -> None:
    texts = [path.read_text(encoding="utf-8") for path in MODULES]

    assert (ROOT / "py.typed").is_file()
    assert sum("__version__ =" in text for text in texts) == 1
