"""``communique contrast``: pairs of passages that differ in few words and in the stance or its target.

After Gardner et al., Evaluating Models' Local Decision Boundaries via Contrast Sets (Findings of EMNLP 2020).
``contrast.tsv`` holds them. They are for judging only: nothing is trained or chosen on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from analyzer import Analyzer, ModelError
from analyzer.countries import find_actor
from analyzer.quotation import STANCE_LABELS, QuotationSpans, Stance
from analyzer.tables import read_table
from corpus.marked import read_marked
from eval.metrics import Counts
from eval.options import JsonPath, Model, check_json_path, usage_error, write_result
from eval.report.tables import percent

CONTRAST = Path(__file__).parent / "contrast.tsv"

COMMAND = "contrast"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

Classifier = Callable[[str, QuotationSpans], Stance]
"""From a text and its quotation to the stance in it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One passage of a *pair*: its *text*, the *quotation* in it, and the *label* and *target* that are right."""

    pair: int
    kind: str
    label: str
    target: str
    text: str
    quotation: QuotationSpans


def load_contrast(path: Path = CONTRAST) -> list[tuple[Member, Member]]:
    """The pairs of the table *path*. Raises ValueError for a line or a pair that is none."""
    members: dict[int, list[Member]] = {}
    for row in read_table(path):
        member = _read_member(row)
        members.setdefault(member.pair, []).append(member)
    pairs = []
    for number, found in members.items():
        if len(found) != 2:
            raise ValueError(f"{path.name}: pair {number} has {len(found)} members")
        pairs.append((found[0], found[1]))
    return pairs


def measure_contrast(pairs: Sequence[tuple[Member, Member]], classify: Classifier) -> dict[str, Counts]:
    """By kind of pair, and for ``all``, the pairs in both of whose members *classify* is right.

    The label decides (of a condition not its consequence); where both members have the same one, the target must be
    right too.
    """
    counts: dict[str, list[bool]] = {}
    for pair in pairs:
        by_target = pair[0].label == pair[1].label
        right = all(_is_right(member, classify(member.text, member.quotation), by_target) for member in pair)
        for group in ("all", pair[0].kind):
            counts.setdefault(group, []).append(right)
    return {group: Counts(sum(right), len(right), sum(right), len(right)) for group, right in counts.items()}


@app.command("contrast")
def contrast(
    model: Model = None,
    json_path: JsonPath = None,
) -> None:
    """Judge the stance on contrast pairs: a pair is right if both of its members are.

    Exit code 2 if the model or the place for the result is not there.
    """
    check_json_path(COMMAND, json_path)
    try:
        analyzer = Analyzer(model)
    except ModelError as error:
        raise usage_error(COMMAND, str(error)) from error
    if not analyzer.has_stances:
        raise usage_error(COMMAND, f"--model {model}: the model was not trained on stances")

    def classify(text: str, quotation: QuotationSpans) -> Stance:
        return analyzer.analyze(text, quotations=[quotation]).quotations[0].stance

    counts = measure_contrast(load_contrast(), classify)
    table = Table("kind", "pairs", "both right", title=f"Contrast pairs, {analyzer.model_name}")
    for kind, count in counts.items():
        table.add_row(kind, str(count.gold), f"{percent(count.matched_gold / count.gold)} %")
    Console().print(table)
    result: dict[str, Any] = {
        kind: {"pairs": count.gold, "right": count.matched_gold} for kind, count in counts.items()
    }
    write_result(COMMAND, {"model": analyzer.model_name} | result, json_path)


def _is_right(member: Member, stance: Stance, by_target: bool) -> bool:
    if stance.label != member.label:
        return False
    return not by_target or (stance.target is not None and stance.target.name == member.target)


def _read_member(row: Sequence[str]) -> Member:
    if len(row) != 5 or not row[0].isdigit():
        raise ValueError(f"contrast pairs: not five fields with a number first: {row!r}")
    pair, kind, label, target, marked = row
    if label.split()[:1] not in [[known] for known in STANCE_LABELS]:
        raise ValueError(f"contrast pairs: {label!r} is no stance in pair {pair}")
    try:
        text, quotation = read_marked(marked)
    except ValueError as error:
        raise ValueError(f"contrast pairs: {error}") from error
    known = find_actor(target)
    return Member(int(pair), kind, label.split()[0], known.actor.name if known else target, text, quotation)
