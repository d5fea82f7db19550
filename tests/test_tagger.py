"""The model of names: how far it believes in what the rules propose."""

from __future__ import annotations

import pytest
from newsroom import write

from kg.extract import guesses
from kg.extract.decode import agree
from kg.extract.models import load_models
from kg.extract.reading import Candidate, Reading, common_knowhow
from kg.extract.tagger import Tagging

TEXT = "合肥高新区成立量子信息产业链党委，由合肥高新区党工委牵头，中国科学技术大学、合肥市科技局参加。"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(write(TEXT), common_knowhow())


def test_a_rules_name_that_the_model_finds_too_is_believed_as_far_as_it_is_sure(reading: Reading) -> None:
    model = load_models().mentions
    found = guesses(reading)
    tagging = Tagging(reading, found, model)
    sure = {(c.start, c.end, c.cls): c.confidence for c in tagging.names}
    both = {c: sure[key] for c in found if (key := (c.start, c.end, reading.schema.base(c.cls))) in sure}

    assert len(both) >= 3
    for guess, trust in both.items():
        assert 0 < tagging.belief(guess) <= trust + 0.001


def test_a_name_that_cuts_a_word_or_of_a_class_the_model_lacks_is_not_believed(
    reading: Reading,
) -> None:
    (zone, *_) = guesses(reading)
    cut, other = zone._replace(start=zone.start + 1), zone._replace(cls="Weather")
    tagging = Tagging(reading, [zone, cut, other], load_models().mentions)

    assert tagging.belief(zone) > 0.5
    assert tagging.belief(cut) == tagging.belief(other) == 0.0


def test_half_a_name_is_believed_less_than_the_whole(reading: Reading) -> None:
    whole = next(c for c in guesses(reading) if TEXT[c.start : c.end] == "量子信息产业链党委")
    half = whole._replace(end=whole.end - 2)
    tagging = Tagging(reading, [whole, half], load_models().mentions)

    assert tagging.belief(half) < 0.5 < tagging.belief(whole)


@pytest.mark.parametrize(("held", "kept"), [("水质稳定监测系统", True), ("水质类别优于考核标准", False)])
def test_no_name_holds_a_word_that_compares(held: str, kept: bool) -> None:
    reading = Reading(write(f"梁滩河{held}。"), common_knowhow())
    tagging = Tagging(reading, [], load_models().mentions)
    seen = Candidate(3, 3 + len(held), "Achievement", "model", 9.0, (), 0.95)
    tagging.names = [seen]

    chosen = agree(reading, [], tagging, load_models().knows)
    assert [(c.start, c.end, c.cls) for c in chosen] == [(seen.start, seen.end, seen.cls)] * kept
