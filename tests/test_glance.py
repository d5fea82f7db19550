"""The first glance at pairs: it leaves out what says nothing, and never what a rule claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from newsroom import laid_out

from kg.extract import extract, rule_claims
from kg.extract.models import load_models
from kg.extract.pairs import Pairing
from kg.extract.weights import Weights
from kg.ingest import find_inputs, read_document
from kg.repair import repair
from kg.trust import LEAST

TEXT = "合肥高新区成立量子信息产业链党委。安徽讯声科技有限公司与中国科学技术大学合作。园区位于合肥市。"
SEEDS = Path(__file__).parent.parent / "seeds" / "pages"


class Sure(Weights):
    """A model that gives every pair the same probability."""

    def __init__(self, probability: float):
        super().__init__({})
        self._same = probability

    def probability(self, features: Sequence[str], label: str) -> float:
        """The one that was given."""
        assert features
        return self._same


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_a_glance_that_sees_nothing_leaves_what_rules_claim_and_one_that_sees_all_leaves_all(
    probability: float,
) -> None:
    layout, zone, _ = laid_out(TEXT)
    pairing = Pairing(layout, zone, rule_claims(layout, zone))

    everything = {(p.subject, p.object) for p in pairing.pairs()}
    kept = {(p.subject, p.object) for p in pairing.pairs(Sure(probability))}

    assert 0 < len(pairing.rules.keys() & everything) < len(everything)
    assert kept == (everything if probability else pairing.rules.keys() & everything)


def test_of_a_hundred_claims_that_a_graph_shows_the_glance_leaves_out_less_than_one() -> None:
    glancing = load_models()
    assert glancing.pairs is not None
    staring = replace(glancing, pairs=None)
    documents = [read_document(path, source) for path, source in find_inputs([SEEDS], pytest.fail)]
    articles = [article for document in documents[:12] for article in repair(document)]
    shown = [
        {
            (article.id, c.subject, c.relation, c.object)
            for article in articles
            for c in extract(article, models=models).claims
            if c.confidence >= LEAST
        }
        for models in (glancing, staring)
    ]

    assert shown[0] <= shown[1]
    assert len(shown[0]) > 0.99 * len(shown[1]) > 99
