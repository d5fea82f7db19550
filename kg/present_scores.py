"""Lay out what an evaluation found, for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from kg import console
from kg.evaluate import Report, Score
from kg.evaluate.reliability import bins, cuts, expected_error

WORST = 10
KINDS = {"relation": "关系 relations", "observation": "数据 figures"}


def show_scores(report: Report, format: str) -> None:
    """Print scores, confusion, what each confidence is worth, the worst articles and every error."""
    if format == "json":
        console.show_json(_plain(report))
        return
    rows = ((name, *_score(score).values()) for name, score in sorted(report.scores.items()))
    console.show_table(("分数 score", "right", "wrong", "missed", "precision", "recall", "F1"), rows)
    _show_confusion(report)
    for what in KINDS:
        _show_reliability(report, what)
    worst = [(s.name, len(s.errors)) for s in report.worst(WORST) if s.errors]
    console.show_table(("错误最多的文章 worst articles", "错误 errors"), worst)
    for error in report.errors:
        console.show_text(f"{error['article']} {error['error']} {error['what']}: {error['text']}")


def _plain(report: Report) -> dict[str, object]:
    confused = sorted((*pair, n) for pair, n in report.confusion.items())
    return {
        "articles": report.articles,
        "scores": {name: _score(score) for name, score in sorted(report.scores.items())},
        "confusion": [{"gold": gold, "graph": found, "count": n} for gold, found, n in confused],
        "reliability": {what: _reliability(report, what) for what in KINDS},
        "worst": [{"article": s.name, "errors": len(s.errors)} for s in report.worst(WORST)],
        "errors": report.errors,
    }


def _reliability(report: Report, what: str) -> dict[str, object]:
    steps = bins(report.judged, what)
    return {
        "bins": [{**asdict(step), "share": round(step.share, 4)} for step in steps],
        "cuts": [asdict(cut) for cut in cuts(report.judged, what)],
        "expected_calibration_error": round(expected_error(steps), 4),
    }


def _score(score: Score) -> dict[str, float]:
    return {
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _show_confusion(report: Report) -> None:
    console.show_table(("标注 gold", "图谱 graph", "次数 count"), report.confused[: 2 * WORST])


def _show_reliability(report: Report, what: str) -> None:
    steps = bins(report.judged, what)
    rows = [
        (f"{s.low:.1f}–{s.high:.1f}", s.count, s.confidence, f"{s.share:.3f}", c.kept, c.false_per_thousand)
        for s, c in zip(steps, cuts(report.judged, what), strict=True)
    ]
    heads = (
        "把握 confidence",
        "条数 facts",
        "平均 mean",
        "正确率 right",
        "不低于此 kept",
        "每千条误 false ‰",
    )
    console.show_table((f"{KINDS[what]}：{heads[0]}", *heads[1:]), rows)
    console.show_text(f"校准误差 expected calibration error {expected_error(steps):.3f}\n")


def show_shortfalls(report: Report, least: Mapping[str, float | None]) -> bool:
    """Say which scores are below what is asked for; tell whether any is."""
    short = {name: wanted for name, wanted in least.items() if report.scores[name].f1 < (wanted or 0)}
    for name, wanted in short.items():
        console.say(f"✗ {name}: F1 {report.scores[name].f1:.4f} < {wanted}")
    return bool(short)
