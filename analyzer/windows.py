"""Word pieces of an article and the windows in which the encoder sees them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from analyzer.words import Words

MAX_PIECES_PER_WORD = 8
"""Longer words (addresses, hashes) are cut for the encoder; their offsets stay whole."""

_LONGEST_WORD = 64
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of an article: *ids* of shape (pieces,) and, for each word, where its pieces start.

    *starts* has shape (words + 1,); the pieces of word i are ``ids[starts[i]:starts[i + 1]]``, one at least.
    """

    ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``[first, last)`` are seen together; of these, ``[own_first, own_last)`` are read off here."""

    first: int
    last: int
    own_first: int
    own_last: int


def tokenize(words: Words, tokenizer: PreTrainedTokenizerBase) -> Pieces:
    """The word pieces of *words*, without the encoder's special pieces."""
    strings = words.strings()
    if not strings:
        return Pieces(np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64))
    # No piece beyond MAX_PIECES_PER_WORD is used, and lone surrogates are no text to the tokenizer.
    cut = [_SURROGATE.sub("\ufffd", word[:_LONGEST_WORD]) for word in strings]
    encoded = tokenizer(cut, add_special_tokens=False)["input_ids"]
    unknown = [tokenizer.unk_token_id]
    lists = [pieces[:MAX_PIECES_PER_WORD] or unknown for pieces in encoded]
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(pieces) for pieces in lists], out=starts[1:])
    return Pieces(np.fromiter((piece for pieces in lists for piece in pieces), dtype=np.int64), starts)


def cut_windows(starts: npt.NDArray[np.int64], *, length: int, overlap: int) -> tuple[Window, ...]:
    """Cut an article into windows of at most *length* pieces, as even as can be, that share *overlap* pieces.

    Every word is read off in exactly one window: the one in which it has more context around it.
    *starts* is that of ``Pieces``.
    """
    words, pieces = len(starts) - 1, int(starts[-1])
    if words <= 0:
        return ()
    if pieces <= length:
        return (Window(0, words, 0, words),)
    # Windows end at word boundaries, so leave room for the longest word at either side.
    room = length - 2 * MAX_PIECES_PER_WORD
    count = math.ceil((pieces - overlap) / (room - overlap))
    stride = (pieces - overlap) / count
    bounds = []
    for number in range(count):
        first = 0 if number == 0 else int(np.searchsorted(starts, number * stride))
        last = (
            words if number == count - 1 else int(np.searchsorted(starts, number * stride + stride + overlap))
        )
        bounds.append((first, min(last, words)))
    windows = []
    own_first = 0
    for number, (first, last) in enumerate(bounds):
        own_last = words if number == count - 1 else (bounds[number + 1][0] + last + 1) // 2
        windows.append(Window(first, last, own_first, own_last))
        own_first = own_last
    return tuple(windows)


@dataclass(frozen=True, slots=True)
class WindowBatch:
    """Windows as the encoder takes them; all int64 arrays.

    *ids*, *shape*, *quoting*, *position*, *mask*: (windows, pieces). *heads*: (windows, words), the index of
    each word's first piece, 0 where there is no word; *word_mask*: (windows, words), 1 for a word.
    """

    ids: npt.NDArray[np.int64]
    shape: npt.NDArray[np.int64]
    quoting: npt.NDArray[np.int64]
    position: npt.NDArray[np.int64]
    mask: npt.NDArray[np.int64]
    heads: npt.NDArray[np.int64]
    word_mask: npt.NDArray[np.int64]

    def tensors(self) -> dict[str, Tensor]:
        """The arguments of ``CommuniqueModel.encode``."""
        names = ("ids", "shape", "quoting", "position", "mask", "heads")
        return {name: torch.from_numpy(getattr(self, name)) for name in names}


def batch_windows(
    items: Sequence[tuple[Words, Pieces, Window]],
    tokenizer: PreTrainedTokenizerBase,
    width: int | None = None,
) -> WindowBatch:
    """Pad *items* to one batch, each window between the tokenizer's classifier and separator pieces.

    *width* is how many pieces a row has, by default as many as the longest window needs.
    """
    widths = [int(pieces.starts[window.last] - pieces.starts[window.first]) for _, pieces, window in items]
    shape = (len(items), width or max(widths) + 2)
    ids = np.full(shape, tokenizer.pad_token_id, dtype=np.int64)
    mask = np.zeros(shape, dtype=np.int64)
    features = {name: np.zeros(shape, dtype=np.int64) for name in ("shape", "quoting", "position")}
    word_shape = (len(items), max(window.last - window.first for _, _, window in items))
    heads = np.zeros(word_shape, dtype=np.int64)
    word_mask = np.zeros(word_shape, dtype=np.int64)
    for row, ((words, pieces, window), own) in enumerate(zip(items, widths, strict=True)):
        starts = pieces.starts[window.first : window.last + 1]
        ids[row, 0] = tokenizer.cls_token_id
        ids[row, 1 : own + 1] = pieces.ids[starts[0] : starts[-1]]
        ids[row, own + 1] = tokenizer.sep_token_id
        mask[row, : own + 2] = 1
        count = window.last - window.first
        heads[row, :count] = starts[:-1] - starts[0] + 1
        word_mask[row, :count] = 1
        lengths = np.diff(starts)
        for name, feature in features.items():
            values = getattr(words, name)[window.first : window.last]
            feature[row, 1 : own + 1] = np.repeat(values, lengths)
    return WindowBatch(ids=ids, mask=mask, heads=heads, word_mask=word_mask, **features)
