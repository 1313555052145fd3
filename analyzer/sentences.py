"""Where sentences begin: a rule that is good enough for counting the distance between two mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from analyzer.quotation import Span

_LONGEST = 600
_END = re.compile(r"(?P<mark>[.!?\u2026])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\W_a-z])|\n\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Brig|Cmdr|St|vs)|\b[A-Z])\.$"
)
_NUMBER = re.compile(r"\bNo\.\s+\d")


class Sentences:
    """The sentences of a *text*, all positions in it; the first begins at 0."""

    def __init__(self, text: str) -> None:
        self._starts = sentence_starts(text)
        self._length = len(text)

    def start(self, position: int) -> int:
        """Where the sentence around *position* begins, at most 600 characters before."""
        return max(self._starts[bisect_right(self._starts, position) - 1], position - _LONGEST)

    def around(self, position: int) -> Span:
        """The sentence around *position*, at most 600 characters of it on either side."""
        index = bisect_right(self._starts, position)
        end = self._starts[index] if index < len(self._starts) else self._length
        return self.start(position), min(end, position + _LONGEST)

    def distance(self, earlier: int, later: int) -> int:
        """How many sentences begin after *earlier* up to *later*: 0 within one sentence."""
        return bisect_right(self._starts, later) - bisect_right(self._starts, earlier)


@lru_cache(maxsize=1)
def find_sentences(text: str) -> Sentences:
    """The sentences of *text*; those of the last text are kept, since every stage asks for them."""
    return Sentences(text)


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences begin, in order, beginning with 0. A line break ends a sentence."""
    starts = [0]
    for match in _END.finditer(text):
        mark = match.end("mark")
        is_abbreviation = mark > 0 and (
            _ABBREVIATION.search(text, max(0, mark - 6), mark) or _NUMBER.match(text, max(0, mark - 3))
        )
        if not is_abbreviation and match.end() < len(text):
            starts.append(match.end())
    return starts
