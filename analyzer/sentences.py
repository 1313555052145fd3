"""Where sentences begin: a rule that is good enough for counting the distance between two mentions."""

from __future__ import annotations

import re

_END = re.compile(r"(?P<mark>[.!?\u2026])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\W_a-z])|\n\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Brig|Cmdr|St|No|vs)|\b[A-Z])\.$"
)


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences begin, in order, beginning with 0. A line break ends a sentence."""
    starts = [0]
    for match in _END.finditer(text):
        mark = match.end("mark")
        is_abbreviation = mark > 0 and _ABBREVIATION.search(text, max(0, mark - 6), mark)
        if not is_abbreviation and match.end() < len(text):
            starts.append(match.end())
    return starts
