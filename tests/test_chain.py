"""The sequence model: it gives what CRFsuite gives, for sentences of any length, alone and together."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pycrfsuite
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsroom import write

from kg.extract import guesses
from kg.extract.chain import Chain, load_chain
from kg.extract.features import SCHEME, Painter, spelled
from kg.extract.reading import Reading, common_knowhow
from kg.extract.telling import Signs
from kg.learner import learn_chain

ZONES = ("合肥高新区", "西部（重庆）科学城", "乐山高新区", "武汉东湖高新区")
FIRMS = ("国盾量子", "科大讯飞", "昌飞公司", "曦澜光电")
TEXT = "".join(
    f"{zone}引进{firm}，成立“{firm}”党支部。{firm}落户{zone}。||{firm}|。园区很忙。"
    for zone in ZONES
    for firm in FIRMS
)


def told(text: str) -> list[Signs]:
    reading = Reading(write(text), common_knowhow())
    painter = Painter(reading, guesses(reading))
    return [painter.signs(sentence) for sentence in reading.sentences]


def labelled(signs: Signs) -> list[str]:
    """A label for each word, by what it is made of."""
    words = signs.columns["word"][2:-2]
    return ["B-Zone" if w.endswith(("区", "城")) else "I-Zone" if w in "“”" else "O" for w in words]


@lru_cache(maxsize=1)
def taught() -> tuple[Chain, pycrfsuite.Tagger]:
    """A small model in our hands and in those of CRFsuite."""
    sentences = [(spelled(signs), labelled(signs)) for signs in told(TEXT)]
    with TemporaryDirectory() as folder:
        learn_chain(sentences, Path(folder) / "ours.json", rounds=20)
        ours = load_chain(Path(folder) / "ours.json", SCHEME)
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params({"c1": 0.5, "c2": 0.2, "max_iterations": 20, "feature.minfreq": 2})
        for features, labels in sentences:
            trainer.append(features, labels)
        trainer.train(str(Path(folder) / "theirs"))
        theirs = pycrfsuite.Tagger()
        theirs.open(str(Path(folder) / "theirs"))
    assert ours is not None
    return ours, theirs


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from([*ZONES, *FIRMS, "引进", "，", "。", "“", "”", "党支部", "甲", "|", "12家"]),
        min_size=1,
    )
)
@example(["合肥高新区"])
@example(["党支部"] * 90)
@example(["|", "|", "国盾量子", "|", "。"])
def test_labels_and_chances_are_those_of_crfsuite(words: list[str]) -> None:
    ours, theirs = taught()
    sentences = told("".join(words))

    for signs, (path, chances) in zip(sentences, ours.label(sentences), strict=True):
        theirs.set(spelled(signs))
        assert [ours.labels[i] for i in path] == theirs.tag()
        expected = [[theirs.marginal(label, at) for label in ours.labels] for at in range(len(chances))]
        assert chances == pytest.approx(np.array(expected), abs=0.002)


def test_a_sign_in_the_text_is_not_taken_for_the_edge_of_a_sentence() -> None:
    (signs,) = told("10^4平方米。")
    (before, *_), *_ = rows = spelled(signs)
    at = signs.columns["word"].index("^") - 2

    assert before == "b"
    assert {"W=^", "K=o", "p1=^"} <= set(rows[at])
    assert "p2=^" not in rows[at]
    assert {"W-=^", "W--=^^"} <= set(rows[0])


def test_a_sentence_is_judged_alone_as_among_others() -> None:
    ours, _ = taught()
    sentences = told(TEXT)

    together = ours.label(sentences)

    for signs, (path, chances) in zip(sentences, together, strict=True):
        (alone,) = ours.label([signs])
        assert alone.path == path
        assert alone.chances == pytest.approx(chances, abs=1e-9)


@pytest.mark.parametrize("most", [0, 5])
def test_what_was_met_may_be_forgotten(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    ours, _ = taught()
    sentences = told(TEXT)
    before = [ours.label([signs])[0] for signs in sentences]
    monkeypatch.setattr("kg.extract.telling._MOST_KEPT", most)
    monkeypatch.setattr("kg.extract.telling._FIRST_ROWS", 1)

    for signs, (path, chances) in zip(sentences, before, strict=True):
        (again,) = ours.label([signs])
        assert again.path == path
        assert again.chances == pytest.approx(chances, abs=1e-9)


def test_a_sentence_of_thousands_of_words_has_chances_that_add_up_to_one() -> None:
    ours, _ = taught()
    words = ["区", "甲", "“"] * 3000
    edges = ["^^", "^", *words, "^", "^^"]
    ((path, chances),) = ours.label([Signs(dict.fromkeys(("word", "tag"), edges), [[]] * len(edges))])

    assert len(chances) == len(path) == len(words)
    assert chances.sum(axis=1) == pytest.approx(1.0)


def test_nothing_is_made_of_no_words() -> None:
    ours, _ = taught()
    empty = Signs({name: ["^^", "^", "^", "^^"] for name in ("word", "tag")}, [[]] * 4)

    assert ours.label([]) == []
    assert [(path, len(chances)) for path, chances in ours.label([empty])] == [([], 0)]
