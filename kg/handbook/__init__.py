"""Document an ontology for people who do not program: one web page, and the README's table of relations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.handbook.facts import examples
from kg.handbook.page import render
from kg.handbook.table import renewed
from kg.output import write_file
from kg.resources import ontology_dir
from kg.schema import load_schema
from kg.terms import shipped


def write(
    page: Path, ontology: Path | None = None, articles: Path | None = None, readmes: Sequence[Path] = ()
) -> list[Path]:
    """Write the page, and renew the table of relations in each README; return what was written.

    ``articles`` is a folder of annotated articles (``kg.corpus``), whose sentences become examples;
    for the shipped ontology in a checkout it is by default that of the seeds.

    Raises:
        OntologyError: the ontology has a mistake.
        InputError: an article cannot be read, or a README has no place for the table.
        OutputError: a file cannot be written.
    """
    path = ontology or shipped()
    schema = load_schema(path)
    articles = articles or (_seeds() if ontology is None else None)
    texts = {readme: renewed(_read(readme), schema) for readme in readmes}
    texts[page] = render(path, examples(articles, schema) if articles else {})
    for target, text in texts.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, partial(_put, text))
    return list(texts)


def _put(text: str, file: BinaryIO) -> None:
    file.write(text.encode())


def _seeds() -> Path | None:
    folder = ontology_dir().parent / "seeds" / "corpus"
    return folder if folder.is_dir() else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: 无法读取 cannot be read: {error}") from error
