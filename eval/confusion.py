"""Which label was given for which: counts per article that add up, from which the scores of labels follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eval.matching import Pairs
from eval.metrics import Counts

Confusion = Mapping[tuple[str, str], int]
"""How often each ``(right label, given label)`` occurs."""

NOT_FOUND, NO_QUOTATION = "not found", "no quotation"
"""What stands in a label's place where a gold quotation was not found, or a predicted one is none."""


def confuse(pairs: Iterable[tuple[str, str]]) -> Confusion:
    """Count pairs of the right and the given label."""
    return Counter(pairs)


def confuse_found(gold: Sequence[str], predicted: Sequence[str], matched: Pairs) -> Confusion:
    """Count the labels of *gold* and *predicted* quotations, of which those in *matched* are the same."""
    missed = set(range(len(gold))) - {i for i, _ in matched}
    spurious = set(range(len(predicted))) - {j for _, j in matched}
    return confuse(
        [(gold[i], predicted[j]) for i, j in matched]
        + [(gold[i], NOT_FOUND) for i in missed]
        + [(NO_QUOTATION, predicted[j]) for j in spurious]
    )


def add_confusions(confusions: Iterable[Confusion]) -> Confusion:
    """The sum, pair by pair."""
    total: Counter[tuple[str, str]] = Counter()
    for confusion in confusions:
        total.update(confusion)
    return total


def label_counts(confusion: Confusion, labels: Sequence[str]) -> dict[str, Counts]:
    """The counts of each of *labels*: right where it is both the right and the given one."""
    counts = {}
    for label in labels:
        right = confusion.get((label, label), 0)
        gold = sum(number for (first, _), number in confusion.items() if first == label)
        given = sum(number for (_, second), number in confusion.items() if second == label)
        counts[label] = Counts(right, gold, right, given)
    return counts


def right_counts(confusion: Confusion) -> Counts:
    """The share of right labels, as counts of which F1 is the share."""
    right = sum(number for (first, second), number in confusion.items() if first == second)
    cases = sum(confusion.values())
    return Counts(right, cases, right, cases)


def matrix(confusion: Confusion, gold: Sequence[str], given: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The counts as rows of the labels *gold* and columns of the labels *given*."""
    return tuple(tuple(confusion.get((first, second), 0) for second in given) for first in gold)
