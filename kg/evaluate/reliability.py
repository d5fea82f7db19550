"""What a confidence is worth: how many facts of each confidence are right, and what a threshold costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.score import Judged

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts whose confidence lies in ``[low, high)``: how many, how sure on average, how many right."""

    low: float
    high: float
    count: int
    confidence: float
    right: int

    @property
    def share(self) -> float:
        """Share of the facts that are right."""
        return self.right / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """What remains at a threshold: facts kept, false ones per thousand kept, share of right ones kept."""

    threshold: float
    kept: int
    false_per_thousand: float
    right_kept: float


def bins(judged: Iterable[Judged], what: str) -> list[Bin]:
    """The facts of one kind (``relation``, ``observation``) in ten equal steps of confidence."""
    steps: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        if one.what == what:
            steps[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [
        Bin(
            i / BINS, (i + 1) / BINS, len(step),
            round(sum(one.confidence for one in step) / len(step), 3) if step else 0.0,
            sum(one.right for one in step),
        )
        for i, step in enumerate(steps)
    ]  # fmt: skip


def expected_error(steps: Sequence[Bin]) -> float:
    """Mean distance between confidence and share of right facts (expected calibration error), 0 to 1."""
    total = sum(step.count for step in steps)
    return sum(step.count * abs(step.confidence - step.share) for step in steps) / total if total else 0.0


def cuts(judged: Iterable[Judged], what: str) -> list[Cut]:
    """What each threshold from 0 to 0.9 keeps."""
    ours = [one for one in judged if one.what == what]
    right = sum(one.right for one in ours)
    found = []
    for i in range(BINS):
        kept = [one for one in ours if one.confidence >= i / BINS]
        true = sum(one.right for one in kept)
        false = 1000 * (len(kept) - true) / len(kept) if kept else 0.0
        found.append(Cut(i / BINS, len(kept), round(false, 1), round(true / right, 3) if right else 0.0))
    return found
