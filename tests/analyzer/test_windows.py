"""Windows: every word is read off once, with context, whatever the article's length."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from analyzer.windows import MAX_PIECES_PER_WORD, batch_windows, cut_windows, tokenize
from analyzer.words import split_words
from tests.tiny import tiny_tokenizer


@pytest.mark.parametrize("words", [1, 5, 40, 41, 100, 1000])
def test_windows_cover_every_word_once_and_fit(words: int) -> None:
    generator = np.random.default_rng(words)
    starts = np.concatenate([[0], generator.integers(1, MAX_PIECES_PER_WORD + 1, words).cumsum()])
    windows = cut_windows(starts, length=96, overlap=24)
    read_off = [word for window in windows for word in range(window.own_first, window.own_last)]
    assert read_off == list(range(words))
    for window in windows:
        assert window.first <= window.own_first < window.own_last <= window.last
        assert starts[window.last] - starts[window.first] <= 96


def test_inner_windows_show_words_on_both_sides_of_what_is_read_off() -> None:
    windows = cut_windows(np.arange(501), length=96, overlap=24)
    for before, after in itertools.pairwise(windows):
        assert before.last - before.own_last >= 8
        assert after.own_first - after.first >= 8


def test_an_empty_article_has_no_windows() -> None:
    assert cut_windows(np.zeros(1, dtype=np.int64), length=96, overlap=24) == ()


def test_pieces_belong_to_words_and_long_words_are_cut() -> None:
    words = split_words("talks " + "x" * 50 + " \ud800")
    pieces = tokenize(words, tiny_tokenizer(["talks"]))
    assert np.diff(pieces.starts).tolist() == [1, MAX_PIECES_PER_WORD, 1]


def test_a_batch_marks_words_by_their_first_piece() -> None:
    tokenizer = tiny_tokenizer(["talks"])
    words = split_words("talks ab\ntalks")
    pieces = tokenize(words, tokenizer)
    (window,) = cut_windows(pieces.starts, length=30, overlap=8)
    batch = batch_windows([(words, pieces, window)], tokenizer)
    assert batch.heads.tolist() == [[1, 2, 4]]
    assert batch.ids[0, 1] == batch.ids[0, 4]
    assert batch.ids[0, [0, -1]].tolist() == [tokenizer.cls_token_id, tokenizer.sep_token_id]
    assert batch.position[0, 1:5].tolist() == [3, 2, 2, 1]
