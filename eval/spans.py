"""Arithmetic on spans: how much they cover, how much they share, and when two contents are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analyzer.quotation import Span


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The characters of *spans*, each once: disjoint spans in text order; empty spans vanish."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def length(spans: Sequence[Span]) -> int:
    """The number of characters in *spans*, which must be disjoint (see ``union``)."""
    return sum(end - start for start, end in spans)


def shared_length(left: Sequence[Span], right: Sequence[Span]) -> int:
    """The number of characters that lie in both; each side disjoint and in text order (see ``union``)."""
    shared = i = j = 0
    while i < len(left) and j < len(right):
        shared += max(0, min(left[i][1], right[j][1]) - max(left[i][0], right[j][0]))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return shared


def intersection_over_union(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Shared characters over covered characters, in [0, 1], of all spans of either; 0 if both are empty."""
    left, right = union(left), union(right)
    shared = shared_length(left, right)
    covered = length(left) + length(right) - shared
    return shared / covered if covered else 0.0


def exact_key(text: str, spans: Sequence[Span]) -> tuple[int, int, int] | None:
    """What two contents must share to be an exact match, or None if there is no alphanumeric character.

    The offsets of the first and of the last alphanumeric character, and the length: the number of
    alphanumeric characters on the union of the spans. Marks and spaces at the ends or at an interruption
    make no difference; words that are left out in the middle do.
    """
    offsets = [
        offset for start, end in union(spans) for offset in range(start, end) if text[offset].isalnum()
    ]
    return (offsets[0], offsets[-1], len(offsets)) if offsets else None
