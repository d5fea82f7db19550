"""Confidence means the share that is right, and a graph shows what is sure enough."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.reliability import bins, cuts, expected_error
from kg.evaluate.score import Judged
from kg.extract.calibration import Calibration, fit, load_calibration, save_calibration
from kg.extract.weights import Weights, choice, load_weights
from kg.learner import Choice, learn_choices, learn_decisions
from kg.model import Fact, Knowledge, Observation
from kg.trust import LEAST, trusted

SHARES = st.floats(0, 1)


def test_a_boastful_model_is_bent_to_what_it_is_worth() -> None:
    """Said 0.9, right six times in ten; said 0.2, right once in ten."""
    judged = [(0.9, i % 10 < 6) for i in range(1000)] + [(0.2, i % 10 < 1) for i in range(1000)]
    line = fit(judged)

    assert line(0.9) == pytest.approx(0.6, abs=0.01)
    assert line(0.2) == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("judged", [[], [(0.7, True)], [(0.7, False), (0.1, False)]])
def test_without_right_and_wrong_examples_nothing_is_bent(judged: list[tuple[float, bool]]) -> None:
    assert fit(judged) == Calibration()


@given(SHARES, SHARES, st.floats(0.1, 3), st.floats(-3, 3))
def test_bending_keeps_the_order_and_stays_a_probability(
    a: float, b: float, slope: float, shift: float
) -> None:
    line = Calibration(slope, shift)

    assert 0 <= line(a) <= 1
    assert (line(a) <= line(b)) == (a <= b) or line(a) == pytest.approx(line(b))


def test_a_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    lines = {"claims": Calibration(0.8123, -0.2), "figures": Calibration()}
    save_calibration(lines, tmp_path / "calibration.json")

    assert load_calibration(tmp_path / "calibration.json") == lines
    assert load_calibration(tmp_path / "none.json") == {}


def test_learned_weights_tell_what_they_were_taught_line_breaks_and_all(tmp_path: Path) -> None:
    rows = [("leads", ["动词=牵头", "后\n"], True), ("leads", ["动词=参观", "后\n"], False)] * 500
    learn_decisions(rows, tmp_path / "claims.json")
    weights = load_weights(tmp_path / "claims.json")

    assert weights is not None
    assert weights.probabilities(["动词=牵头"], ["leads"])["leads"] > 0.9
    assert weights.probabilities(["动词=参观"], ["leads"])["leads"] < 0.1
    assert load_weights(tmp_path / "none.json") is None


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=6), max_size=5))
def test_many_rows_of_features_are_judged_as_each_by_itself(rows: list[list[str]]) -> None:
    weights = Weights({"甲": {"leads": 1.0, "partOf": -1.0}, "乙": {"leads": 0.5}, "丙": {"": 900.0}})

    found = weights.chances(rows)

    assert len(found) == len(rows)
    for features, chances in zip(rows, found, strict=True):
        assert chances == pytest.approx(list(weights.probabilities(features, weights.labels).values()))


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=6))
def test_a_label_is_judged_by_the_sum_of_its_own_weights(features: list[str]) -> None:
    table = {"甲": {"leads": 1.0, "partOf": -1.0}, "乙": {"leads": 0.5}}
    weights = Weights(table)
    found = weights.probabilities(features, ["leads", "partOf", "produces"])
    total = sum(table.get(f, {}).get("leads", 0.0) for f in features)

    assert found["leads"] == pytest.approx(
        Weights({"x": {"leads": total}}).probabilities(["x"], ["leads"])["leads"]
    )
    assert found["produces"] == 0.5


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [("leads", [f"w={i % 7}", f"v={i % 3}"], i % 2 == 1) for i in range(200)]
    for name in ("one.json", "two.json"):
        learn_decisions(rows, tmp_path / name)

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


OWNERS = [
    (["元"], [(["前", "园区"], True), (["后", "企业"], False)]),
    (["元"], [(["前", "企业"], True), (["后", "园区"], False), (["远"], False)]),
    (["月"], [(["前", "园区"], False), (["后", "企业"], False)]),
    (["家"], []),
] * 100


def chances(weights: Weights, common: list[str], *options: list[str]) -> list[float]:
    """What learned weights make of some options."""
    return choice([weights.score([*common, *option], "") for option in options])


def test_a_choice_is_learned_and_so_is_that_none_is_right(tmp_path: Path) -> None:
    learn_choices(OWNERS, "", tmp_path / "figures.json")
    weights = load_weights(tmp_path / "figures.json")

    assert weights is not None
    first, second = chances(weights, ["元"], ["后", "园区"], ["前", "企业"])
    assert second > 0.9 > 0.1 > first
    assert max(chances(weights, ["月"], ["前", "园区"], ["后", "企业"])) < 0.2


def test_of_several_right_options_each_is_as_good(tmp_path: Path) -> None:
    learn_choices([([], [(["甲"], True), (["乙"], True), (["丙"], False)])] * 200, "", tmp_path / "two.json")
    weights = load_weights(tmp_path / "two.json")

    assert weights is not None
    assert chances(weights, [], ["甲"], ["乙"], ["丙"]) == pytest.approx([0.5, 0.5, 0.0], abs=0.05)


@pytest.mark.parametrize("rows", [[], [(["元"], [])], [(["元"], [(["前"], True)])]])
def test_from_nothing_that_repeats_nothing_is_learned(tmp_path: Path, rows: list[Choice]) -> None:
    learn_choices(rows, "", tmp_path / "none.json")

    assert load_weights(tmp_path / "none.json") is not None
    assert (tmp_path / "none.json").read_text(encoding="utf-8").split() == ["{", "}"]


def test_the_same_choices_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [
        ([f"u={i % 3}"], [([f"w={i % 7}"], i % 2 == 1), ([f"v={i % 5}"], i % 4 == 0)]) for i in range(200)
    ]
    for name in ("one.json", "two.json"):
        learn_choices(rows, "", tmp_path / name)

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=9))
def test_options_share_what_none_of_them_leaves(sums: list[float]) -> None:
    found = choice(sums)

    assert all(0 <= p <= 1 for p in found)
    assert math.fsum(found) <= 1 + 1e-9
    assert [p for _, p in sorted(zip(sums, found, strict=True))] == sorted(found)


JUDGED = (
    [Judged("relation", 0.95, True)] * 9
    + [Judged("relation", 0.95, False)]
    + [Judged("relation", 0.35, False)]
)


def test_a_bin_counts_its_own_kind_only() -> None:
    steps = bins([*JUDGED, Judged("observation", 0.95, False)], "relation")

    assert [(s.count, s.right) for s in steps if s.count] == [(1, 0), (10, 9)]
    assert steps[9].share == 0.9
    assert expected_error(steps) == pytest.approx((10 * 0.05 + 1 * 0.35) / 11)
    assert expected_error(bins([], "relation")) == 0


def test_false_facts_per_thousand_are_those_of_the_kept_ones() -> None:
    kept = {cut.threshold: cut for cut in cuts(JUDGED, "relation")}

    assert (kept[0.0].kept, kept[0.0].false_per_thousand) == (11, pytest.approx(181.8))
    assert (kept[0.5].kept, kept[0.5].false_per_thousand, kept[0.5].right_kept) == (10, 100.0, 1.0)


@given(st.lists(SHARES, max_size=30))
def test_every_confidence_falls_into_one_bin(confidences: list[float]) -> None:
    steps = bins([Judged("relation", c, True) for c in confidences], "relation")

    assert sum(step.count for step in steps) == len(confidences)


def knowledge(*confidences: float) -> Knowledge:
    facts = tuple(Fact(f"甲{i}", "leads", "乙", c, ()) for i, c in enumerate(confidences))
    figures = tuple(
        Observation("甲", f"数{i}", Decimal(1), "家", None, c, ()) for i, c in enumerate(confidences)
    )
    return Knowledge((), (), facts, figures, ())


@given(st.lists(SHARES, max_size=10), st.none() | SHARES)
def test_what_is_shown_is_sure_enough_and_nothing_sure_is_lost(
    confidences: list[float], least: float | None
) -> None:
    shown = trusted(knowledge(*confidences), least)

    sure = sum(c >= (LEAST if least is None else least) for c in confidences)
    assert len(shown.facts) == sure
    assert len(shown.observations) == sure
