"""Evaluation: gold against graph, cross-validation, what each confidence is worth, errors to look at."""

from __future__ import annotations

from kg.evaluate.gold import Gold, load_gold
from kg.evaluate.score import Judged, Report, Score, evaluate

__all__ = ["Gold", "Judged", "Report", "Score", "evaluate", "load_gold"]
