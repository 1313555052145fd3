"""From what was counted on each article to figures with intervals and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.quotation import STANCE_LABELS, StanceLabel
from eval.article_statistics import END_TO_END, GIVEN, ArticleStatistics
from eval.bootstrap import (
    Difference,
    Interval,
    Intervals,
    bootstrap,
    macro_f1,
    paired_bootstrap,
    paired_macro_f1,
)
from eval.calibration import add_bins, calibration_error, count_bins
from eval.confusion import NO_QUOTATION, NOT_FOUND, add_confusions, label_counts, matrix
from eval.evaluation import Comparison, Figure, Matrix, Reliability, RiskCoverage
from eval.metrics import Counts, Score, add_counts, score
from eval.parts import ALL, Part
from eval.risk_coverage import add_steps, area, area_interval, count_steps, curve
from eval.signature import signature

MACROS: dict[str, tuple[StanceLabel, ...]] = {
    "macro-F1 of four": STANCE_LABELS,
    "macro-F1 of three": tuple(label for label in STANCE_LABELS if label != "none"),
}
"""The means over labels, with and without ``none``."""

_NO_INTERVAL = Interval(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What one *system* got on each article of one *group*, and all else that signatures need.

    *signed* is the system as signatures name it, *data* the articles' hash.
    """

    group: str
    system: str
    signed: str
    data: str
    split: str
    statistics: Sequence[ArticleStatistics]
    seed: int
    resamples: int

    def signature(self, measure: str, part: Part = ALL, *, model: str | None = None) -> str:
        """The signature of *measure* on *part*, of this system or of a pair of systems called *model*."""
        return signature(
            measure,
            data=self.data,
            split=self.split,
            group=self.group,
            part="=".join(part),
            articles=len(self.statistics),
            model=model or self.signed,
            seed=self.seed,
            resamples=self.resamples,
        )

    def counts(self, measure: str, part: Part) -> list[Counts]:
        """The counts of each article in which *measure* could be judged."""
        return [of[measure, part] for article in self.statistics if (measure, part) in (of := article.counts)]

    def labels(self, kind: str, labels: Sequence[str]) -> list[dict[str, Counts]]:
        """The counts by label of each article whose stances could be judged."""
        confusions = [article.confusions[kind] for article in self.statistics if kind in article.confusions]
        return [label_counts(confusion, labels) for confusion in confusions]


def figures(scored: Scored) -> Iterator[Figure]:
    """Every figure of *scored*: of counts, of stances by label, and the means over labels."""
    keys = dict.fromkeys(key for article in scored.statistics for key in article.counts)
    for measure, part in keys:
        yield _figure(scored, measure, part, scored.counts(measure, part))
    for kind in (END_TO_END, GIVEN):
        by_label = scored.labels(kind, STANCE_LABELS)
        if not by_label:
            continue
        for label in STANCE_LABELS:
            yield _figure(scored, f"{kind} {label}", ALL, [counts[label] for counts in by_label])
        for name in MACROS:
            yield _macro(scored, kind, name)


def figures_of_part(
    scored: Scored, part: Part, numbers: Sequence[int], measures: Sequence[str]
) -> Iterator[Figure]:
    """The figures of *measures* on the articles with these *numbers*, which make up *part*."""
    for measure in measures:
        chosen = [scored.statistics[number].counts.get((measure, ALL)) for number in numbers]
        if counts := [item for item in chosen if item is not None]:
            yield _figure(scored, measure, part, counts)


def comparisons(model: Scored, baseline: Scored, measures: Sequence[str]) -> Iterator[Comparison]:
    """How much better *model* is than *baseline*, of the same articles, by *measures* and means over labels."""
    drawn = {"seed": model.seed, "resamples": model.resamples}
    for measure in measures:
        first, second = model.counts(measure, ALL), baseline.counts(measure, ALL)
        if first and second and add_counts(first + second).gold:
            yield _comparison(model, baseline, measure, paired_bootstrap(first, second, **drawn))
    for name, labels in MACROS.items():
        one, other = (scored.labels(GIVEN, labels) for scored in (model, baseline))
        if one and other:
            difference = paired_macro_f1(one, other, **drawn)
            yield _comparison(model, baseline, f"{GIVEN} {name}", difference)


def matrices(scored: Scored) -> Iterator[Matrix]:
    """The confusion matrices of given stances and of those end to end."""
    for kind, row, column in ((GIVEN, (), ()), (END_TO_END, (NO_QUOTATION,), (NOT_FOUND,))):
        confusions = [article.confusions[kind] for article in scored.statistics if kind in article.confusions]
        if confusions:
            rows, columns = (*STANCE_LABELS, *row), (*STANCE_LABELS, *column)
            yield Matrix(
                group=scored.group,
                measure=kind,
                rows=rows,
                columns=columns,
                counts=matrix(add_confusions(confusions), rows, columns),
                signature=scored.signature(f"{kind} confusion"),
            )


def reliability(scored: Scored, of: str) -> Reliability | None:
    """Whether the probabilities stated *of* quotations or stances hold, if there are any."""
    articles = [count_bins(article.answers[of]) for article in scored.statistics if of in article.answers]
    bins = add_bins(articles)
    error = calibration_error(bins)
    if error is None:
        return None
    return Reliability(
        group=scored.group,
        of=of,
        bins=bins,
        error=error,
        signature=scored.signature(f"{of} calibration error"),
    )


def risk_coverage(scored: Scored, of: str) -> RiskCoverage | None:
    """The risk of answers *of* stances by their coverage, if there are any."""
    articles = [count_steps(article.answers[of]) for article in scored.statistics if of in article.answers]
    steps = add_steps(articles)
    under = area(steps)
    if under is None:
        return None
    return RiskCoverage(
        group=scored.group,
        points=curve(steps),
        area=under,
        interval=area_interval(articles, seed=scored.seed, resamples=scored.resamples),
        signature=scored.signature(f"{of} risk"),
    )


def _figure(scored: Scored, measure: str, part: Part, counts: Sequence[Counts]) -> Figure:
    total = add_counts(counts)
    return Figure(
        group=scored.group,
        part=part,
        system=scored.system,
        measure=measure,
        score=score(total),
        intervals=bootstrap(counts, seed=scored.seed, resamples=scored.resamples),
        gold=total.gold,
        predicted=total.predicted,
        signature=scored.signature(measure, part),
    )


def _macro(scored: Scored, kind: str, name: str) -> Figure:
    by_label = scored.labels(kind, MACROS[name])
    value, interval = macro_f1(by_label, seed=scored.seed, resamples=scored.resamples)
    total = add_counts(counts for article in by_label for counts in article.values())
    return Figure(
        group=scored.group,
        part=ALL,
        system=scored.system,
        measure=f"{kind} {name}",
        score=Score(None, None, value),
        intervals=Intervals(_NO_INTERVAL, _NO_INTERVAL, interval),
        gold=total.gold,
        predicted=total.predicted,
        signature=scored.signature(f"{kind} {name}"),
    )


def _comparison(model: Scored, baseline: Scored, measure: str, difference: Difference) -> Comparison:
    return Comparison(
        group=model.group,
        measure=measure,
        baseline=baseline.system,
        value=difference.value,
        interval=difference.interval,
        p=difference.p,
        signature=model.signature(measure, model=f"{model.signed} − {baseline.signed}"),
    )
