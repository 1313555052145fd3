"""Stances and stated probabilities of an evaluation as tables of text."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.quotation import STANCE_LABELS
from eval.calibration import BINS
from eval.evaluation import Evaluation, Matrix, Reliability, RiskCoverage
from eval.report.tables import Table, bounds, cases_of, f1_cell, percent, systems_with


def labels(evaluation: Evaluation, group: str) -> Iterator[Table]:
    """F1 of each stance, of annotated quotations and end to end."""
    for kind, title in (
        ("given stance", "Stances of annotated quotations"),
        ("stance", "Stances end to end"),
    ):
        measures = [f"{kind} {label}" for label in STANCE_LABELS]
        systems = systems_with(evaluation, group, measures)
        rows = []
        for label, measure in zip(STANCE_LABELS, measures, strict=True):
            cells = [f1_cell(evaluation.figure(group, name, measure)) for name in systems]
            rows.append((label, *cells, str(cases_of(evaluation, group, measure) or 0)))
        if systems:
            yield Table(
                title, "F1 of each label, with 95 % intervals.", ("label", *systems, "cases"), tuple(rows)
            )


def confusion(matrix: Matrix) -> Table:
    """The matrix with its row sums; shaded by each row's shares."""
    sums = [sum(row) for row in matrix.counts]
    titles = {
        "given stance": "Which label for which: annotated quotations",
        "stance": "Which label for which: end to end",
    }
    return Table(
        titles[matrix.measure],
        "Rows: what was annotated; columns: what the model says. Shaded by the share of the row.",
        ("annotated", *matrix.columns, "all"),
        tuple(
            (name, *map(str, row), str(total))
            for name, row, total in zip(matrix.rows, matrix.counts, sums, strict=True)
        ),
        heat=tuple(
            tuple(number / total if total else 0.0 for number in row)
            for row, total in zip(matrix.counts, sums, strict=True)
        ),
    )


def reliability_table(item: Reliability) -> Table:
    """The bins with their cases, mean stated probability and share right."""
    rows = [
        (
            f"{number / BINS:.1f}–{(number + 1) / BINS:.1f}",
            str(of_bin.cases),
            percent(of_bin.stated / of_bin.cases),
            percent(of_bin.right / of_bin.cases),
        )
        for number, of_bin in enumerate(item.bins)
        if of_bin.cases
    ]
    title = {"quotation": "Is a quotation one?", "stance": "Is the stance right?"}[item.of]
    judged = {
        "quotation": "A quotation is right if it matches an annotated one by overlap.",
        "stance": "Labels of the annotated quotations.",
    }[item.of]
    note = f"{judged} Expected calibration error {percent(item.error)}."
    return Table(title, note, ("stated", "cases", "stated, mean", "right"), tuple(rows))


def risk_table(item: RiskCoverage) -> Table:
    """The risk at each tenth of coverage."""
    rows = []
    for tenth in range(1, 11):
        # The first threshold that answers so many.
        point = next((p for p in item.points if p.coverage >= tenth / 10 - 1e-9), item.points[-1])
        rows.append(
            (f"{10 * tenth} %", f"{point.threshold:.2f}", percent(point.coverage), percent(point.risk))
        )
    note = (
        "How many stances are wrong if only the surest are given. "
        f"Area under the curve {percent(item.area)}{bounds(item.interval)}."
    )
    head = ("at least", "threshold", "answered", "wrong")
    return Table("Risk and coverage of the stance", note, head, tuple(rows))
