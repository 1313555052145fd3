"""Short passages, written for the training of stances: groups that differ in few words and in the stance.

After Gardner et al. (Findings of EMNLP 2020) and Kaushik et al., Learning the Difference That Makes a Difference (ICLR
2020): a classifier that sees both members of a pair cannot go by the words that they share.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from analyzer.quotation import STANCE_LABELS, Consequence, StanceLabel
from analyzer.tables import read_table
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance
from corpus.marked import read_marked

PASSAGES = Path(__file__).parent / "passages.tsv"


def load_passages(path: Path = PASSAGES) -> list[AnnotatedArticle]:
    """The passages of the table *path*, each as an article with one quotation and its stance (without the target).

    Raises ValueError, which names the row, for a line that is none.
    """
    return [_read_passage(number, row) for number, row in enumerate(read_table(path), start=1)]


def _read_passage(number: int, row: Sequence[str]) -> AnnotatedArticle:
    try:
        _, label, _, evidence, marked = row
        text, quotation = read_marked(marked)
        stance = _read_stance(label.split(), evidence, text, quotation.content)
    except ValueError as error:
        raise ValueError(f"passage {number}: {error}") from error
    annotated = AnnotatedQuotation(
        id=0, content=quotation.content, cue=quotation.cue, source=quotation.source, stances=(stance,)
    )
    return AnnotatedArticle(id=f"passage-{number}", text=text, quotations=(annotated,))


def _read_stance(
    label: list[str], evidence: str, text: str, content: Sequence[tuple[int, int]]
) -> AnnotatedStance:
    if label[0] not in STANCE_LABELS or (label[0] == "conditional") != (len(label) == 2):
        raise ValueError(f"{' '.join(label)!r} is no stance")
    if label[0] == "none":
        return AnnotatedStance(label="none")
    start = next((at for first, last in content if (at := text.find(evidence, first, last)) >= 0), None)
    if start is None:
        raise ValueError(f"the evidence {evidence!r} is not in the content")
    return AnnotatedStance(
        label=cast(StanceLabel, label[0]),
        evidence=((start, start + len(evidence)),),
        consequence=cast(Consequence, label[1]) if len(label) == 2 else None,
    )
