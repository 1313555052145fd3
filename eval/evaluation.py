"""The data of an evaluation, from which every form of its report is made: text, Markdown, HTML, JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from analyzer.quotation import Span
from eval.bootstrap import Interval, Intervals
from eval.calibration import Bins
from eval.metrics import Score
from eval.parts import Part
from eval.risk_coverage import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles that are reported together: all of them, or the corpus's constructed and real ones apart."""

    name: str
    articles: int
    quotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One score of one system on one *part* of one *group*.

    *score* and *intervals* (95 %, over articles) are in [0, 1]; a mean over labels has no precision or recall. *gold*
    and *predicted* are how many cases there were: characters, quotations, or answers that could be judged.
    """

    group: str
    part: Part
    system: str
    measure: str
    score: Score
    intervals: Intervals
    gold: int
    predicted: int
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How much better the model is than *baseline* in F1 on the same articles: see ``eval.bootstrap.Difference``."""

    group: str
    measure: str
    baseline: str
    value: float
    interval: Interval
    p: float
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """How often the model gave each label (columns) where another was right (rows), by *measure*."""

    group: str
    measure: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Whether the model's stated probabilities *of* quotations or stances hold; *error* is the expected one."""

    group: str
    of: str
    bins: Bins
    error: float
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskCoverage:
    """What share of stances is wrong if only the surest are given; *area* is the mean risk over all coverages."""

    group: str
    points: tuple[Point, ...]
    area: float
    interval: Interval
    signature: str


class Piece(NamedTuple):
    """A stretch of an excerpt, within the annotated spans, the predicted ones, both or neither."""

    text: str
    is_gold: bool
    is_predicted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One error. *gold* and *predicted* are the spans at issue, empty on a side that has none.

    *right* and *given* are labels or words, if it is about these. They and the *excerpt* are there only if the
    article's words may be shown; labels that are no words of the article always are.
    """

    article: str
    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]
    right: str | None = None
    given: str | None = None
    excerpt: tuple[Piece, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorType:
    """A way to be wrong: how often by group, out of how many that were judged, and some *examples*."""

    name: str
    meaning: str
    counts: dict[str, tuple[int, int]]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that is known after an evaluation.

    *data* names the articles, *systems* maps each system's name to the name that signatures give it. *not_measured*
    are layers that nobody annotated. *made_with* holds versions, hashes and settings by name.
    """

    command: str
    data: str
    systems: dict[str, str]
    groups: tuple[Group, ...]
    not_measured: tuple[str, ...]
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    comparisons: tuple[Comparison, ...]
    matrices: tuple[Matrix, ...]
    reliabilities: tuple[Reliability, ...]
    risks: tuple[RiskCoverage, ...]
    errors: tuple[ErrorType, ...]
    made_with: dict[str, str]

    def figure(self, group: str, system: str, measure: str, part: Part = ("all", "all")) -> Figure | None:
        """The one figure with these properties, if there is one."""
        wanted = (group, system, measure, part)
        found = (f for f in self.figures if (f.group, f.system, f.measure, f.part) == wanted)
        return next(found, None)

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as JSON's types; named tuples become objects, what has no value ``null``."""
        plain: dict[str, Any] = _plain(self)
        return {"schema": 1, **plain}


def _plain(value: Any) -> Any:
    if isinstance(value, Interval):
        return list(value)
    if hasattr(value, "_asdict"):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
