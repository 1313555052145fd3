"""Copied words are found where an annotator means them."""

from __future__ import annotations

import pytest

from corpus.anchors import AnchorError, all_anchors, find_anchor

TEXT = "“They left,” he said.\nThe envoy said that he – not she – had “gone\nhome” since they’d paid."


def words(copied: str, **options: object) -> str:
    start, end = find_anchor(TEXT, copied, **options)  # type: ignore[arg-type]
    return TEXT[start:end]


@pytest.mark.parametrize(
    ("copied", "meant"),
    [
        ("The envoy", "The envoy"),
        ('"They left,"', "“They left,”"),
        ("he - not she - had", "he – not she – had"),
        ('"gone home"', "“gone\nhome”"),
        ("they'd paid", "they’d paid"),
        ("that he <...> paid.", "that he – not she – had “gone\nhome” since they’d paid."),
    ],
)
def test_marks_dashes_and_space_need_not_be_the_same(copied: str, meant: str) -> None:
    assert words(copied) == meant


def test_words_are_whole_words() -> None:
    assert len(all_anchors(TEXT, "he")) == 2
    assert all_anchors(TEXT, "pai") == []


def test_nearest_place_is_taken() -> None:
    first, second = all_anchors(TEXT, "said")
    envoy = find_anchor(TEXT, "The envoy")
    assert find_anchor(TEXT, "said") == first
    assert find_anchor(TEXT, "said", near=[envoy]) == second


def test_place_inside_comes_before_a_nearer_one_outside() -> None:
    text = "Norland said Sudria would pay Norland."
    content = (13, len(text))
    assert find_anchor(text, "Norland", near=[content], within=True) == (30, 37)
    assert find_anchor(text, "Norland", near=[(0, 12)], within=True) == (0, 7)


def test_context_chooses_the_place() -> None:
    assert find_anchor(TEXT, "that [[he]]") == all_anchors(TEXT, "he")[1]
    assert words("[[he]] said") == "he"


@pytest.mark.parametrize(
    ("copied", "message"),
    [
        ("The envoy said nothing", "it is found up to 'The envoy said', but not 'nothing' after it"),
        ("Nobody", "'Nobody' is not in the article"),
        ("that [[he", r"write the span between \[\[ and \]\]"),
        ("that [[ ]] he", r"write the span between \[\[ and \]\]"),
    ],
)
def test_words_that_are_not_there_are_told(copied: str, message: str) -> None:
    with pytest.raises(AnchorError, match=message):
        find_anchor(TEXT, copied)
