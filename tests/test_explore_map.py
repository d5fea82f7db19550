"""The map: the same graph has the same places, a grown graph keeps them, communities stand together."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.explore import GraphData, collect, earlier_places, render
from kg.explore.communities import communities
from kg.explore.container import pack, unpack
from kg.explore.islands import islands
from kg.explore.pinyin import readings
from kg.explore.places import Places, place, radii
from kg.model import Entity, Fact


def chain_of_crowds(crowds: int, size: int) -> np.ndarray:
    """Links of complete crowds, each joined to the next by one link."""
    links = []
    for crowd in range(crowds):
        links += [(crowd * size + a, crowd * size + b) for a, b in combinations(range(size), 2)]
        links += [(crowd * size, crowd * size + size)] if crowd + 1 < crowds else []
    return np.array(links)


def made_graph(count: int, links: list[tuple[int, int]]) -> GraphData:
    """A graph of companies with these cooperations."""
    entities = tuple(Entity(f"公司{n:05}", "Enterprise", f"公司{n:05}") for n in range(count))
    facts = tuple(Fact(entities[a].key, "cooperatesWith", entities[b].key, 1.0, ()) for a, b in sorted(links))
    return GraphData(entities, facts, (), (), ())


def same(one: Places, other: Places) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("x", "y", "community"))


# ---------------------------------------------------------------- communities


def test_each_crowd_is_a_community() -> None:
    found = communities(40, chain_of_crowds(5, 8))
    assert len(set(found.tolist())) == 5
    assert all(len(set(found[crowd * 8 : crowd * 8 + 8].tolist())) == 1 for crowd in range(5))


def test_communities_are_numbered_from_the_largest() -> None:
    links = np.concatenate([chain_of_crowds(1, 3), chain_of_crowds(1, 6) + 3])
    assert communities(9, links).tolist() == [1] * 3 + [0] * 6


@pytest.mark.parametrize("count", [0, 1, 3])
def test_without_links_everyone_is_alone(count: int) -> None:
    assert communities(count, np.empty((0, 2), dtype=np.int64)).tolist() == list(range(count))


@given(st.integers(2, 30), st.data())
def test_a_community_never_joins_what_nothing_links(count: int, draw: st.DataObject) -> None:
    numbers = st.integers(0, count - 1)
    links = draw.draw(st.lists(st.tuples(numbers, numbers), max_size=60))
    found = communities(count, np.array(links, dtype=np.int64).reshape(-1, 2))
    piece = list(range(count))
    for a, b in links * count:
        piece[a] = piece[b] = min(piece[a], piece[b])
    for a, b in combinations(range(count), 2):
        if found[a] == found[b]:
            assert piece[a] == piece[b]


# ---------------------------------------------------------------- places


@pytest.mark.parametrize("count", [0, 1, 2, 59, 400, 700])
def test_places_are_repeatable_and_no_two_are_one(count: int) -> None:
    draw = random.Random(count)
    data = made_graph(count, [(draw.randrange(n), n) for n in range(1, count)])
    places = place(data)
    assert same(places, place(data))
    assert len(set(zip(places.x.tolist(), places.y.tolist(), strict=True))) == count


def test_members_of_a_community_stand_nearer_to_each_other_than_to_others() -> None:
    places = place(made_graph(120, [tuple(link) for link in chain_of_crowds(6, 20).tolist()]))
    at = np.stack([places.x, places.y], axis=1).astype(float)
    gaps = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    together = places.community[:, None] == places.community[None, :]
    assert np.median(gaps[together]) < 0.5 * np.median(gaps[~together])


def test_what_was_there_stays_and_what_is_new_comes_beside_it() -> None:
    draw = random.Random(5)
    links = [(draw.randrange(n), n) for n in range(1, 90)]
    before = place(made_graph(80, [link for link in links if max(link) < 80]))
    earlier = {f"公司{n:05}": (float(before.x[n]), float(before.y[n])) for n in range(80)}
    after = place(made_graph(90, links), earlier)
    assert after.x[:80].tolist() == before.x.tolist()
    assert after.y[:80].tolist() == before.y.tolist()
    for one, other in [link for link in links if max(link) >= 80]:
        assert np.hypot(after.x[one] - after.x[other], after.y[one] - after.y[other]) < 400
    assert len(set(zip(after.x.tolist(), after.y.tolist(), strict=True))) == 90


def test_a_graph_placed_over_its_own_map_is_the_same_map() -> None:
    data = made_graph(60, [(0, n) for n in range(1, 60)])
    first = place(data)
    again = place(data, {e.key: (float(first.x[n]), float(first.y[n])) for n, e in enumerate(data.entities)})
    assert same(first, again)


def test_an_old_map_that_knows_too_little_is_left(store: Store) -> None:
    data = collect(store)
    assert same(place(data, {data.entities[0].key: (5000.0, 5000.0)}), place(data))


def test_the_places_of_a_page_are_read_back(store: Store, tmp_path: Path) -> None:
    data = collect(store)
    page = tmp_path / "graph.html"
    page.write_text(render(data), encoding="utf-8")
    places, found = place(data), earlier_places(page)
    assert found == {e.key: (float(places.x[n]), float(places.y[n])) for n, e in enumerate(data.entities)}
    assert render(data, earlier=found) == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "<html>", '<script type="text/plain" id="map-data">AAAA</script>'])
def test_a_page_of_another_kind_has_no_places(text: str, tmp_path: Path) -> None:
    page = tmp_path / "graph.html"
    page.write_text(text, encoding="utf-8")
    assert earlier_places(page) == {}
    assert earlier_places(tmp_path / "nothing.html") == {}


def test_islands_do_not_lie_on_each_other() -> None:
    draw = np.random.default_rng(3)
    group = np.repeat(np.arange(12), draw.integers(5, 60, 12))
    placed = islands(draw.normal(size=(len(group), 2)), group, np.full((len(group), 2), 30.0))
    middles = np.array([placed[group == one].mean(axis=0) for one in range(12)])
    reach = np.array([np.sqrt(1.7 * 900 * (group == one).sum() / np.pi) for one in range(12)])
    for one, other in combinations(range(12), 2):
        assert np.hypot(*(middles[one] - middles[other])) > 0.7 * (reach[one] + reach[other])


def test_a_size_grows_with_facts_within_bounds() -> None:
    sizes = radii(np.array([0, 1, 5, 20, 10_000])).tolist()
    assert sizes == sorted(sizes)
    assert 5 <= sizes[0] < sizes[-1] <= 26


# ---------------------------------------------------------------- columns


@given(
    st.lists(st.integers(0, 2**32 - 1)),
    st.lists(st.integers(-(2**15), 2**15 - 1)),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
)
def test_what_is_packed_is_unpacked(numbers: list[int], places: list[int], words: list[str]) -> None:
    arrays = {"plain": ("u4", numbers), "steps": ("u4d", numbers), "signed": ("i2", places)}
    values, found = unpack(pack({"words": words}, arrays))
    assert values == {"words": words}
    assert {name: array.tolist() for name, array in found.items()} == {
        "plain": numbers,
        "steps": numbers,
        "signed": places,
    }


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit into u2"):
        pack({}, {"many": ("u2", [70000])})


def test_every_reading_of_a_character_is_given() -> None:
    found = readings(["重庆", "单位", "AI绿"])
    assert {"zhong", "chong"} <= set(found["重"].split())
    assert {"dan", "shan"} <= set(found["单"].split())
    assert found["绿"].split()[0] == "lv"
    assert "A" not in found
