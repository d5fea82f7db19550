"""Where words can begin: no place is left out, so that what is found there is all there is."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.openings import Openings
from kg.lexicon import Matcher

# Few characters, so that words are met; some beyond 16 bits and some that are no text at all.
signs = st.sampled_from("高新区合肥党委𠮷a。\ud800")
words = st.lists(st.text(signs, max_size=4), max_size=9)
texts = st.text(signs | st.characters(), max_size=40)
places = st.integers(0, 41)


@given(words, texts, places, places)
@example(["高新区"], "合肥高新区", 2, 4)
@example(["高", "新区"], "高新区", 0, 3)
@example(["区"], "合肥高新区", 0, 5)
@example(["𠮷"], "𠮷", 0, 1)
def test_a_stretch_holds_the_words_that_it_holds_by_itself(
    vocabulary: list[str], text: str, one: int, other: int
) -> None:
    low, high = sorted((min(one, len(text)), min(other, len(text))))
    matcher = Matcher(vocabulary)

    found = matcher.among(text, Openings(text).between(matcher, low, high), high)

    assert list(found) == [(low + a, low + b) for a, b in Matcher(vocabulary).find(text[low:high])]


def test_most_places_of_a_text_begin_no_word() -> None:
    text = "本报讯 近日，合肥高新区管委会与中国科学技术大学签约，共建量子信息创新中心。" * 20
    matcher = Matcher(["合肥高新区", "中国科学技术大学", "共建"])

    assert len(Openings(text).between(matcher, 0, len(text))) < len(text) / 8
