"""What stands more than once in an article."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.repeats import repeated
from kg.model import Sentence

WORDS = st.sampled_from(["合肥高新区", "高新区", "科学城", "，", "在", "。", "A1", " ", "\U00020bb7"])


@given(st.lists(st.lists(WORDS, max_size=6).map("".join), max_size=4))
@example(["高新区在高新区", "", "新区"])
@example(["aaaa", "aaaab"])
@example([])
def test_a_stretch_is_of_what_stands_more_than_once_and_none_is_left_out(lines: list[str]) -> None:
    text, sentences = "", []
    for line in lines:
        sentences.append(Sentence(len(text), len(text) + len(line), "paragraph", 0))
        text += line
    threes = Counter(text[at : at + 3] for s in sentences for at in range(s.start, s.end - 2))
    often = {three for three, count in threes.items() if count > 1 and three.isalnum()}

    found = list(repeated(text, sentences))

    at = 0
    for start, end in found:
        assert start >= at
        assert any(s.start <= start and end <= s.end for s in sentences)
        assert end - start >= 3
        assert all(text[i : i + 3] in often for i in range(start, end - 2))
        at = end
    covered = {i for start, end in found for i in range(start, end)}
    for s in sentences:
        for i in range(s.start, s.end - 2):
            assert text[i : i + 3] not in often or i in covered
