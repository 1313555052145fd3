"""The report's outline: which tables and plots of an evaluation stand under which heading, in every form of it."""

from __future__ import annotations

from dataclasses import dataclass

from eval.evaluation import Evaluation, Reliability, RiskCoverage
from eval.report.stance_tables import confusion, labels, reliability_table, risk_table
from eval.report.tables import Headline, Table, breakdowns, differences, headlines, summary


@dataclass(frozen=True, slots=True)
class Block:
    """A table, and what may be plotted beside it."""

    table: Table
    plotted: Reliability | RiskCoverage | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """All blocks of one section that are of one group of articles, called *name*."""

    name: str
    blocks: tuple[Block, ...]
    headlines: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with a heading. *anchor* is its name in links."""

    title: str
    anchor: str
    chapters: tuple[Chapter, ...]


def sections(evaluation: Evaluation) -> list[Section]:
    """The sections that have anything to show; errors and signatures follow them in every form."""
    names = [group.name for group in evaluation.groups]
    made = [
        Section("Main figures", "main", tuple(_main(evaluation, name) for name in names)),
        _section(
            "Breakdowns",
            "breakdowns",
            [(name, [*map(Block, breakdowns(evaluation, name))]) for name in names],
        ),
        _section("Stances", "stances", [(name, _stances(evaluation, name)) for name in names]),
        _section("Probabilities", "probabilities", [(name, _plotted(evaluation, name)) for name in names]),
    ]
    return [section for section in made if section.chapters]


def group_title(evaluation: Evaluation, name: str) -> str:
    """How a group of articles is called in headings: its name and how many there are."""
    group = next(group for group in evaluation.groups if group.name == name)
    return f"{name}: {group.articles:,} articles, {group.quotations:,} quotations"


def _section(title: str, anchor: str, chapters: list[tuple[str, list[Block]]]) -> Section:
    return Section(title, anchor, tuple(Chapter(name, tuple(blocks)) for name, blocks in chapters if blocks))


def _main(evaluation: Evaluation, name: str) -> Chapter:
    tables = [*summary(evaluation, name)]
    if (compared := differences(evaluation, name)) is not None:
        tables.append(compared)
    return Chapter(name, tuple(map(Block, tables)), tuple(headlines(evaluation, name)))


def _stances(evaluation: Evaluation, name: str) -> list[Block]:
    matrices = [confusion(matrix) for matrix in evaluation.matrices if matrix.group == name]
    return [Block(table) for table in (*labels(evaluation, name), *matrices)]


def _plotted(evaluation: Evaluation, name: str) -> list[Block]:
    return [
        *(Block(reliability_table(i), i) for i in evaluation.reliabilities if i.group == name),
        *(Block(risk_table(risk), risk) for risk in evaluation.risks if risk.group == name),
    ]
