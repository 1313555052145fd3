"""From offsets in a text that was rewritten to offsets in the text as it was."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from analyzer.quotation import Span

_SAME_MARKS = str.maketrans({**dict.fromkeys("“”〝〞«»", '"'), **dict.fromkeys("‘’`", "'")})
"""How many letters are shown around the first that differs."""


class AlignmentError(ValueError):
    """A rewritten text whose letters and digits are not those of the original; the message shows where."""


class Alignment:
    """Where the characters of *rewritten* stand in *original*.

    Spaces and marks may have been added, removed and replaced, and letters and digits replaced one for one (an accent
    taken off): these must be as many as before, since they hold the two texts together. Raises AlignmentError.
    """

    def __init__(self, original: str, rewritten: str) -> None:
        letters = [
            [i for i, character in enumerate(text) if character.isalnum()] for text in (original, rewritten)
        ]
        if len(letters[0]) != len(letters[1]):
            raise AlignmentError(_difference(original, rewritten))
        # The offset of each character of *rewritten*; None for spaces and for what was added.
        self._offsets: list[int | None] = [None] * len(rewritten)
        for old, new in zip(*letters, strict=True):
            self._offsets[new] = old
        bounds = [[-1, *at, len(text)] for at, text in zip(letters, (original, rewritten), strict=True)]
        for (old, old_end), (new, new_end) in zip(pairwise(bounds[0]), pairwise(bounds[1]), strict=True):
            if new + 1 < new_end:
                self._align_marks(_marks(original, old + 1, old_end), _marks(rewritten, new + 1, new_end))

    def _align_marks(self, before: Sequence[tuple[int, str]], after: Sequence[tuple[int, str]]) -> None:
        """Align the marks between two letters, each with its offset."""
        signs = SequenceMatcher(
            None, [sign for _, sign in before], [sign for _, sign in after], autojunk=False
        )
        for tag, i, i_end, j, j_end in signs.get_opcodes():
            if tag in ("equal", "replace"):
                for step in range(j_end - j):
                    # What became longer ends in several characters that stand for its last one.
                    self._offsets[after[j + step][0]] = before[min(i + step, i_end - 1)][0]

    def span(self, start: int, end: int) -> Span | None:
        """Where ``[start, end)`` of the rewritten text stands in the original, without spaces at its ends.

        None if nothing of it but spaces is there.
        """
        found = [offset for offset in self._offsets[start:end] if offset is not None]
        return (found[0], found[-1] + 1) if found else None


def _marks(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """What is no space in ``[start, end)``, with its offset; marks of one kind as the same sign."""
    signs = enumerate(text[start:end].translate(_SAME_MARKS), start)
    return [(offset, sign) for offset, sign in signs if not sign.isspace()]


def _difference(original: str, rewritten: str) -> str:
    """Where the letters begin to differ, as a message without any of them: the text may not be published."""
    letters = ["".join(filter(str.isalnum, text)) for text in (original, rewritten)]
    pairs = enumerate(zip(*letters, strict=False))
    at = next((i for i, (left, right) in pairs if left != right), min(map(len, letters)))
    return f"the texts differ from letter or digit {at + 1} on"
