"""Confidence that means what it says: of facts with confidence 0.8, eight in ten are right.

A model's own probability is bent to the share of right facts measured on articles that it never
saw (Platt 1999, "Probabilistic outputs for support vector machines"): one line in log-odds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.weights import logistic

CLAIMS, FIGURES = "claims", "figures"
_EDGE = 1e-6
_DIGITS = 4
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a model's probability to the share of right facts: ``logistic(slope · log-odds + intercept)``."""

    slope: float = 1.0
    intercept: float = 0.0

    def __call__(self, probability: float) -> float:
        """Bend one probability; both are between 0 and 1.

        >>> round(Calibration(0.5, 0.0)(0.9), 3)
        0.75
        """
        return logistic(self.slope * _log_odds(probability) + self.intercept)

    def needed(self, confidence: float) -> float:
        """The probability from which on the confidence is reached; 0 where more would not mean surer.

        >>> round(Calibration(0.5, 0.0).needed(0.75), 3)
        0.9
        """
        if self.slope <= 0:
            return 0.0
        return logistic((_log_odds(confidence) - self.intercept) / self.slope)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


def fit(judged: Sequence[tuple[float, bool]]) -> Calibration:
    """Find the line that makes the judged probabilities likeliest, by Newton's method.

    Without at least one right and one wrong example nothing is bent.
    """
    if len({right for _, right in judged}) < 2:
        return Calibration()
    points = [(_log_odds(p), 1.0 if right else 0.0) for p, right in judged]
    slope, intercept = 1.0, 0.0
    for _ in range(_ROUNDS):
        step = _newton(points, slope, intercept)
        slope, intercept = slope - step[0], intercept - step[1]
        if max(map(abs, step)) < 10**-_DIGITS / 10:
            break
    return Calibration(round(slope, _DIGITS), round(intercept, _DIGITS))


def _newton(points: Iterable[tuple[float, float]], slope: float, intercept: float) -> tuple[float, float]:
    g0 = g1 = h00 = h01 = h11 = 0.0
    for x, y in points:
        p = logistic(slope * x + intercept)
        g0, g1 = g0 + (p - y) * x, g1 + (p - y)
        w = max(p * (1 - p), _EDGE)
        h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
    determinant = h00 * h11 - h01 * h01 or _EDGE
    return (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant


def load_calibration(path: Path) -> Mapping[str, Calibration]:
    """Read the lines of a file by what they are for; nothing is bent where there is none."""
    if not path.is_file():
        return {}
    return {name: Calibration(*line) for name, line in json.loads(path.read_text(encoding="utf-8")).items()}


def save_calibration(lines: Mapping[str, Calibration], path: Path) -> None:
    """Write lines as ``{name: [slope, intercept]}``."""
    table = {name: [line.slope, line.intercept] for name, line in sorted(lines.items())}
    path.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")
