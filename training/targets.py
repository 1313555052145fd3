"""Fit the weights by which `analyzer.targets` ranks candidates: ``python -m training.targets TEXTS``.

On the corpus's training split, own and real articles, whose texts are in the folder TEXTS: for each annotated quotation
with a stance, the speakers and roles as the program resolves them, the evidence once as annotated and once unknown.
A conditional logit with an L2 penalty; a quotation whose target is no candidate teaches nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from analyzer.quotation import QuotationSpans
from analyzer.roles import find_roles
from analyzer.speakers import resolve_speakers
from analyzer.tables import DATA
from analyzer.targets import Targets
from corpus.annotated import AnnotatedArticle
from corpus.load import load
from eval.layers import first_stance, is_same_target

PENALTY = 2.0
LEAST = 0.05
"""Smaller weights are left out of the table."""

HEADER = """\
# How much each feature of a candidate counts for its being the target (see analyzer/targets/features.py).
# Fitted by training/targets.py on the training split of the corpus of this project, own and real articles.
# feature	weight
"""

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """The features of each candidate of a quotation, and which of them are the annotated target."""

    candidates: Sequence[Mapping[str, float]]
    is_right: Sequence[bool]


def cases_of(article: AnnotatedArticle) -> Iterator[Case]:
    """The cases of *article*, two for each quotation that has evidence."""
    quotations = [QuotationSpans(content=q.content, cue=q.cue, source=q.source) for q in article.quotations]
    resolved = resolve_speakers(article.text, quotations)
    roles = find_roles(article.text, resolved.speakers)
    by_speaker = {speaker.id: role for speaker, role in zip(resolved.speakers, roles, strict=True)}
    targets = Targets(article.text)
    for annotated, quotation, speaker in zip(
        article.quotations, quotations, resolved.references, strict=True
    ):
        stance = first_stance(annotated)
        if stance.label == "none":
            continue
        for evidence in {None, *(start for start, _ in stance.evidence[:1])}:
            found = targets.candidates(quotation, speaker, by_speaker[speaker.id], evidence)
            right = [is_same_target(stance.target, targets.target(c, quotation)) for c in found]
            yield Case(list(found.values()), right)


def fit(cases: Iterable[Case], penalty: float = PENALTY) -> Weights:
    """The weights that make the right candidates of *cases* likeliest."""
    taught = [case for case in cases if any(case.is_right)]
    names = sorted({name for case in taught for features in case.candidates for name in features})
    numbers = {name: number for number, name in enumerate(names)}
    shape = (len(taught), max(len(case.candidates) for case in taught))
    values = torch.zeros(*shape, len(names))
    absent = torch.full(shape, float("-inf"))
    wrong = torch.full(shape, float("-inf"))
    for row, case in enumerate(taught):
        for column, (features, is_right) in enumerate(zip(case.candidates, case.is_right, strict=True)):
            absent[row, column] = 0.0
            if is_right:
                wrong[row, column] = 0.0
            for name, value in features.items():
                values[row, column, numbers[name]] = value
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=150, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = values @ weights
        misses = torch.logsumexp(scores + absent, dim=1) - torch.logsumexp(scores + wrong, dim=1)
        total = misses.sum() + penalty * (weights**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return dict(zip(names, weights.detach().tolist(), strict=True))


def write(weights: Weights, path: Path) -> None:
    """Write *weights* as the table that the analyzer reads."""
    rows = [f"{name}\t{weight:.2f}\n" for name, weight in sorted(weights.items()) if abs(weight) >= LEAST]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    articles = load("train", texts=Path(sys.argv[1]))
    write(fit(case for article in articles for case in cases_of(article)), DATA / "target_weights.tsv")
