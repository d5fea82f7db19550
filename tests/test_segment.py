"""Text to sentences and words: nothing lost, nothing twice, every place as it was."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import write

from kg.segment import _dictionary, _plain_cut, engine, fold, sentences, tokens

lawful = settings(deadline=None, derandomize=True, max_examples=200)
prose = st.text(alphabet="高新区党委成立于合肥。！？；…，、：”“’‘（）(); 　\t03Ａa", max_size=80)
anything = st.text(max_size=80)
PAGES = sorted((Path(__file__).parent.parent / "seeds" / "pages").glob("*.txt"))
pages = st.lists(prose.filter(lambda line: line.strip() and "\n" not in line), min_size=1, max_size=4)


def cut(text: str) -> list[str]:
    article = write(text)
    return [article.text[s.start : s.end] for s in sentences(article)]


# Folding


@lawful
@given(anything)
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)

    assert len(folded) == len(text)
    assert fold(folded) == folded
    for before, after in zip(text, folded, strict=True):
        assert after in (before, unicodedata.normalize("NFKC", before))


def test_folding_makes_full_width_forms_half_width_and_leaves_quotation_marks() -> None:
    assert (
        fold("ＡＢ－７０％（重庆），：；！？　“智谷”‘链’《办法》。、")
        == "AB-70%(重庆),:;!? “智谷”‘链’《办法》。、"
    )


# Sentences


@lawful
@given(pages)
def test_sentences_cover_the_text_in_order_without_overlap(lines: list[str]) -> None:
    article = write("\n".join(lines))
    spans = list(sentences(article))
    left = set(range(len(article.text)))
    for before, after in pairwise(spans):
        assert before.end <= after.start
    for sentence in spans:
        block = article.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert sentence.kind == block.kind
        left -= set(range(sentence.start, sentence.end))
    assert all(article.text[i].isspace() for i in left)


def test_a_sentence_ends_behind_the_marks_that_close_it() -> None:
    assert cut("他说：“园区好！”大家笑了。真的吗？……走吧") == [
        "他说：“园区好！”",
        "大家笑了。",
        "真的吗？……",
        "走吧",
    ]


def test_a_semicolon_parts_and_a_comma_does_not() -> None:
    assert cut("一是强组织，二是抓项目；三是优服务。") == ["一是强组织，二是抓项目；", "三是优服务。"]


def test_a_decimal_point_is_no_end() -> None:
    assert cut("投资150.5亿元，增长8.5%。") == ["投资150.5亿元，增长8.5%。"]


def test_a_heading_is_a_sentence_of_its_kind() -> None:
    article = write("航空产业链党委日前成立。", headline="链上党建聚合力", kicker="景德镇高新区")

    assert [(article.text[s.start : s.end], s.kind, s.block) for s in sentences(article)] == [
        ("景德镇高新区", "kicker", 0),
        ("链上党建聚合力", "headline", 1),
        ("航空产业链党委日前成立。", "paragraph", 2),
    ]


# Words


@lawful
@given(anything | prose, st.integers(0, 1000))
def test_words_put_together_are_the_text(text: str, start: int) -> None:
    found = tokens(text, start)

    assert "".join(token.word for token in found) == text
    at = start
    for token in found:
        assert (token.start, token.end) == (at, at + len(token.word))
        assert token.word
        assert token.tag
        at = token.end


@pytest.mark.parametrize("word", ["产业链", "联合党委", "党工委", "高新区", "科学城", "低空经济", "落户"])
def test_words_that_such_news_is_made_of_stay_whole(word: str) -> None:
    assert word in [token.word for token in tokens(f"近日，{word}。")]


def test_a_known_place_is_tagged_as_one() -> None:
    assert [t.tag for t in tokens("景德镇市") if t.word == "景德镇市"] == ["ns"]


def test_unknown_words_are_not_guessed() -> None:
    assert next(iter(tokens("与昌飞"))).word == "与"


def test_the_same_text_is_cut_the_same_way() -> None:
    text = "合肥高新区量子信息产业链党委与中国科学技术大学共建实验室。"

    assert tokens(text) == tokens(text)


def test_the_word_cutter_is_named_with_its_version() -> None:
    name, version = engine().split(" ")

    assert name in ("jieba", "rjieba")
    assert version[0].isdigit()


def test_cutting_writes_no_word_to_the_screen() -> None:
    code = "from kg.segment import tokens; tokens('合肥高新区')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("", "")


@cache
def dictionary() -> tuple[dict[str, int], int]:
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None
    counts, _, total = _dictionary(Path(spec.origin).parent / "dict.txt")
    return counts, total


@lawful
@given(
    st.one_of(
        prose, anything, st.sampled_from([page.read_bytes().decode("utf-8", "ignore") for page in PAGES])
    )
)
def test_words_are_cut_just_as_jieba_cuts_them(text: str) -> None:
    counts, total = dictionary()
    ours = _plain_cut(counts, total)
    import jieba

    theirs = jieba.Tokenizer()
    theirs.FREQ, theirs.total, theirs.initialized = counts, total, True

    assert list(theirs.cut(text, HMM=False)) == list(ours(text))
