"""An article's claims as one whole: a thing is in its nearest container, unless a farther one is surer."""

from __future__ import annotations

import pytest

from kg import trust
from kg.extract.settle import _LIKELY, settle
from kg.model import Claim, Referent
from kg.schema import Schema

FIRM, PARK, ZONE, CITY = range(4)
THINGS = (
    Referent("Enterprise", ("合肥衡枢量子科技有限公司",)),
    Referent("Zone", ("中国声谷",)),
    Referent("HighTechZone", ("合肥高新区",)),
    Referent("Place", ("合肥市",)),
)


def located(schema: Schema, *said: tuple[int, int, float]) -> set[tuple[int, int]]:
    """Which of some claims of place stay, each given with its confidence."""
    claims = [
        Claim(subject, "locatedIn", object, 10 * i, 10 * i + 9, "model", confidence, None)
        for i, (subject, object, confidence) in enumerate(said)
    ]
    settled = settle(claims, {i: i for i in range(4)}, THINGS, schema)
    return {(c.subject, c.object) for c in settled}


@pytest.mark.parametrize("order", [1, -1])
def test_a_thing_is_in_its_nearest_container(schema: Schema, order: int) -> None:
    said = ((FIRM, PARK, 0.9), (PARK, ZONE, 0.8), (FIRM, ZONE, 0.7))

    assert located(schema, *said[::order]) == {(FIRM, PARK), (PARK, ZONE)}


def test_of_a_row_of_containers_each_is_in_the_next(schema: Schema) -> None:
    said = ((FIRM, PARK, 0.9), (PARK, ZONE, 0.85), (ZONE, CITY, 0.8), (FIRM, ZONE, 0.7), (PARK, CITY, 0.6))

    assert located(schema, *said) == {(FIRM, PARK), (PARK, ZONE), (ZONE, CITY)}


@pytest.mark.parametrize(
    "said",
    [
        ((FIRM, PARK, 0.7), (PARK, ZONE, 0.8), (FIRM, ZONE, 0.9)),  # the farther one is surer
        ((FIRM, PARK, 0.9), (PARK, ZONE, 0.3), (FIRM, ZONE, 0.7)),  # the park is hardly in the zone
        ((FIRM, PARK, 0.9), (FIRM, ZONE, 0.7)),  # nothing is said of park and zone
    ],
)
def test_a_farther_container_stays_where_it_is_surer_or_not_around_the_nearer_one(
    schema: Schema, said: tuple[tuple[int, int, float], ...]
) -> None:
    assert located(schema, *said) == {(subject, object) for subject, object, _ in said}


def test_a_place_around_is_likely_from_where_a_graph_shows_it() -> None:
    assert _LIKELY == trust.LEAST
