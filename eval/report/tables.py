"""An evaluation as tables of text, which every form of its report shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.quotation import KINDS
from eval.bootstrap import Interval
from eval.evaluation import Comparison, Evaluation, Figure
from eval.metrics import MEASURES
from eval.parts import ALL, SOURCE_FORMS, Part
from eval.scoring import MACROS
from eval.systems import MODEL, PEOPLE, RULES

SPEAKERS = (
    "resolved",
    "speaker of a name",
    "speaker of a pronoun",
    "speaker of a description",
    "role text",
    "role category",
    "role country",
)
STANCES = (*(f"given stance {name}" for name in (*MACROS, "right")), *(f"stance {name}" for name in MACROS))
HEADLINES = (
    "content overlap",
    "linked",
    "resolved",
    "given stance macro-F1 of four",
    "stance macro-F1 of four",
)
"""What is shown in large figures, as far as it is measured."""

MEANINGS = {
    "content characters": "characters of contents, each counted once",
    "content overlap": "contents matched one to one that share at least half of their characters",
    "content exact": "from the same first to the same last letter or digit",
    "linked": "overlap, and the sources overlap by half as well (or both have none)",
    "resolved": "overlap, and the same speaker, called by the fullest name",
    "speaker of a name": "right speakers, where the source is right and a name",
    "speaker of a pronoun": "right speakers, where the source is right and a pronoun",
    "speaker of a description": "right speakers, where the source is right and a description",
    "role text": "the role's words, where the speaker is right",
    "role category": "right categories, where the quotation is found",
    "role country": "right countries, where the quotation is found",
    "given stance macro-F1 of four": "labels of the annotated quotations, mean F1 over the four",
    "given stance macro-F1 of three": "the same, without “none”",
    "given stance right": "labels of the annotated quotations, share that is right",
    "stance macro-F1 of four": "end to end: found and the label, mean F1 over the four",
    "stance macro-F1 of three": "the same, without “none”",
    "target": "right targets, where the label is right",
    "evidence": "right evidence, where the label is right",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text. *note* says how to read it; the first column names the rows, as ``name`` or ``name: system``.

    *meanings* say what each row's name means, if that must be said. *heat* are shares in [0, 1] of its cells behind the
    first column, if it is a matrix to be shaded.
    """

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    meanings: tuple[str, ...] = ()
    heat: tuple[tuple[float, ...], ...] | None = None


def percent(value: float | None) -> str:
    """*value* of 1 as hundredths with one decimal, a dash for ``None``."""
    return "–" if value is None else f"{100 * value:.1f}"


def bounds(interval: Interval) -> str:
    """An interval as it stands behind its value; nothing where there is none."""
    return "" if interval.low is None else f" ({percent(interval.low)}–{percent(interval.high)})"


def f1_cell(figure: Figure | None) -> str:
    """F1 with its interval, a dash for none."""
    return "–" if figure is None else percent(figure.score.f1) + bounds(figure.intervals.f1)


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure to be shown large: its *value* with its interval, and what is to be seen *beside* it."""

    measure: str
    meaning: str
    value: str
    beside: tuple[str, ...]


def headlines(evaluation: Evaluation, group: str) -> Iterator[Headline]:
    """The model's main figures (without a model those of the rules), each with baselines and human ceiling."""
    main = MODEL if MODEL in evaluation.systems else RULES
    for measure in HEADLINES:
        if (figure := evaluation.figure(group, main, measure)) is not None:
            beside = [
                f"{name} {f1_cell(other)}"
                for name in evaluation.systems
                if name != main and (other := evaluation.figure(group, name, measure)) is not None
            ]
            yield Headline(measure, MEANINGS[measure], f1_cell(figure), tuple(beside))


def summary(evaluation: Evaluation, group: str) -> Iterator[Table]:
    """The main figures of *group*, the baselines and the human ceiling beside the model's."""
    yield from _score_tables(evaluation, group)
    for title, measures in (
        ("Speakers and roles", SPEAKERS),
        ("Stances", STANCES),
        ("Targets and evidence", ("target", "evidence")),
    ):
        systems = systems_with(evaluation, group, measures)
        cases = {m: n for m in measures if (n := cases_of(evaluation, group, m)) is not None}
        rows = [
            (m, *(f1_cell(evaluation.figure(group, name, m)) for name in systems), str(number))
            for m, number in cases.items()
        ]
        if rows:
            note = "F1 or the share that is right, with 95 % intervals over articles; cases as annotated."
            head = ("measure", *systems, "cases")
            yield Table(title, note, head, tuple(rows), tuple(MEANINGS[m] for m in cases))


def _score_tables(evaluation: Evaluation, group: str) -> Iterator[Table]:
    measures = [measure for measure in MEASURES if cases_of(evaluation, group, measure) is not None]
    rows = [
        (f"{measure}: {name}", *_scores(figure), str(figure.gold), str(figure.predicted))
        for measure in measures
        for name in (RULES, MODEL, PEOPLE)
        if (figure := evaluation.figure(group, name, measure)) is not None
    ]
    note = "; ".join(f"{measure}: {MEANINGS[measure]}" for measure in measures)
    head = ("measure", "precision", "recall", "F1", "annotated", "found")
    yield Table(
        "Quotations and their sources", f"With 95 % intervals over articles. {note}.", head, tuple(rows)
    )


def _scores(figure: Figure) -> list[str]:
    return [
        percent(value) + bounds(interval)
        for value, interval in zip(figure.score, figure.intervals, strict=True)
    ]


def systems_with(evaluation: Evaluation, group: str, measures: Sequence[str]) -> list[str]:
    """The systems that have any of *measures*, the model first."""
    named = [
        name
        for name in evaluation.systems
        if any(evaluation.figure(group, name, measure) for measure in measures)
    ]
    return sorted(named, key=lambda name: name != MODEL)


def cases_of(evaluation: Evaluation, group: str, measure: str) -> int | None:
    """How many cases of *measure* are annotated in *group*; ``None`` where it is not measured."""
    found = [evaluation.figure(group, name, measure) for name in evaluation.systems]
    return next((figure.gold for figure in found if figure is not None), None)


def differences(evaluation: Evaluation, group: str) -> Table | None:
    """What the model gains over each baseline."""
    rows = [
        (
            f"{item.measure}: model − {item.baseline}",
            _difference(item),
            _p(item.p, int(evaluation.made_with["resamples"])),
        )
        for item in evaluation.comparisons
        if item.group == group
    ]
    note = "Points of F1, with 95 % intervals and two-sided p of the paired bootstrap over the same articles."
    return Table("Model against baselines", note, ("", "difference", "p"), tuple(rows)) if rows else None


def _p(p: float, resamples: int) -> str:
    """*p*, which so many resamples cannot tell from anything below one in their number."""
    return f"< {1 / resamples:.3f}" if p < 1 / resamples else f"{p:.3f}"


def _difference(item: Comparison) -> str:
    low, high = item.interval
    around = "" if low is None or high is None else f" ({_signed(low)} to {_signed(high)})"
    return _signed(item.value) + around


def _signed(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "−")


def breakdowns(evaluation: Evaluation, group: str) -> Iterator[Table]:
    """A table for each way to divide *group*."""
    figures = [figure for figure in evaluation.figures if figure.group == group and figure.part != ALL]
    for name in dict.fromkeys(figure.part[0] for figure in figures):
        of_name = [figure for figure in figures if figure.part[0] == name]
        yield _breakdown(name, of_name)


def _breakdown(name: str, figures: Sequence[Figure]) -> Table:
    measures = [
        m for m in (*MEASURES, "resolved", "given stance right") if any(f.measure == m for f in figures)
    ]
    found = {(f.part, f.system, f.measure): f for f in figures}
    rows = []
    for part in sorted(dict.fromkeys(figure.part for figure in figures), key=_order):
        for system in dict.fromkeys(figure.system for figure in figures):
            cells = [found.get((part, system, measure)) for measure in measures]
            if any(cells):
                cases = next((f.gold for f in cells if f and f.measure != "content characters"), 0)
                rows.append((f"{part[1]}: {system}", *map(f1_cell, cells), str(cases)))
    note = (
        "The share of the annotated quotations that is right (recall), by how the annotated source speaks."
        if name == "source"
        else "F1, or the share that is right, with 95 % intervals over articles."
    )
    return Table(f"By {_TITLES.get(name, name)}", note, (name, *measures, "cases"), tuple(rows))


_TITLES = {
    "kind": "kind of quotation",
    "source": "form of the source",
    "length": "length of the article",
    "genre": "genre",
}


def _order(part: Part) -> int:
    """Kinds and forms in the order of the guidelines; the rest stays as it is."""
    known = [*KINDS, *SOURCE_FORMS]
    return known.index(part[1]) if part[1] in known else len(known)


def error_table(evaluation: Evaluation) -> Table | None:
    """How often the model is wrong in each way, by group."""
    groups = [group.name for group in evaluation.groups]
    rows = [(error.name, *(_share(*error.counts[group]) for group in groups)) for error in evaluation.errors]
    note = "How many of those that could be judged; one quotation may be wrong in several ways."
    meanings = tuple(error.meaning for error in evaluation.errors)
    return Table("Errors", note, ("", *groups), tuple(rows), meanings) if rows else None


def _share(wrong: int, judged: int) -> str:
    return f"{wrong} of {judged}" + (f" ({percent(wrong / judged)} %)" if judged else "")


def made_with(evaluation: Evaluation) -> Table:
    """What the evaluation was made with."""
    rows = [("command", evaluation.command), *evaluation.made_with.items()]
    rows += [(f"system: {name}", signed) for name, signed in evaluation.systems.items()]
    return Table("What it was made with", "The command makes it again.", ("", ""), tuple(rows))


def signatures(evaluation: Evaluation) -> list[str]:
    """Every signature once, in the order of the report."""
    return list(
        dict.fromkeys(
            [
                *(figure.signature for figure in evaluation.figures),
                *(comparison.signature for comparison in evaluation.comparisons),
                *(matrix.signature for matrix in evaluation.matrices),
                *(item.signature for item in evaluation.reliabilities),
                *(risk.signature for risk in evaluation.risks),
            ]
        )
    )
