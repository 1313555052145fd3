"""Near-duplicates: articles that share so much of their wording that they must not be in two splits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.annotated import AnnotatedArticle

SHINGLE = 5
"""The length of the word sequences that are compared (Broder, 1997)."""
CONTAINED = 0.2
"""From this share of the shorter article's sequences on, two articles are near-duplicates."""


class Duplicate(NamedTuple):
    """Two articles' ids and the share of the shorter one's word sequences that the other has too."""

    first: str
    second: str
    share: float


def near_duplicates(articles: Sequence[AnnotatedArticle]) -> list[Duplicate]:
    """Every pair of *articles* that share at least ``CONTAINED`` of their word sequences, by share."""
    shingles = [_shingles(article.text) for article in articles]
    found = []
    for i, own in enumerate(shingles):
        for j in range(i):
            least = min(len(own), len(shingles[j]))
            share = len(own & shingles[j]) / least if least else 0.0
            if share >= CONTAINED:
                found.append(Duplicate(articles[j].id, articles[i].id, share))
    return sorted(found, key=lambda duplicate: -duplicate.share)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
