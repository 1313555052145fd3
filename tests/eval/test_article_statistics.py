"""What is counted on one article, as far as it is annotated, and the scores of several."""

from __future__ import annotations

from dataclasses import replace

from analyzer.quotation import Analysis, QuotationSpans
from analyzer.stance import StanceScores
from eval.annotated_layers import ANNOTATED_LAYERS
from eval.article_statistics import GIVEN, QUOTATION, STANCE, count_prediction
from eval.metrics import Counts
from eval.parts import ALL
from eval.systems import Prediction
from tests.eval.test_layers import GOLD, analysis, change

EVERY = frozenset(ANNOTATED_LAYERS)


def prediction(made: Analysis, **more: object) -> Prediction:
    spans = tuple(
        QuotationSpans(content=q.spans, source=q.source, quotation_probability=0.25 * (1 + q.id))
        for q in made.quotations
    )
    return Prediction(spans=spans, analysis=made, is_sure=True, **more)  # type: ignore[arg-type]


def test_every_measure_is_counted_where_every_layer_is_annotated() -> None:
    counted = count_prediction(GOLD, prediction(analysis()), EVERY, has_stances=True)
    assert counted.counts["linked", ALL] == counted.counts["resolved", ALL] == Counts(3, 3, 3, 3)
    assert counted.counts["target", ALL] == Counts(1, 1, 1, 1)
    assert counted.confusions["stance"] == {("none", "none"): 2, ("hostile", "hostile"): 1}


def test_without_a_layer_its_measures_are_not_counted() -> None:
    def measures(*missing: str, has_stances: bool = True) -> set[str]:
        layers = EVERY - set(missing)
        counted = count_prediction(GOLD, prediction(analysis()), layers, has_stances=has_stances)
        return {measure for measure, _ in counted.counts} | set(counted.confusions)

    every = measures()
    assert every - measures("sources") == {
        "linked",
        "speaker of a name",
        "speaker of a pronoun",
        "speaker of a description",
    }
    assert every - measures("roles") == {"role text", "role category", "role country"}
    assert "resolved" not in measures("speakers")
    assert every - measures("stances") == {"stance"}
    assert every - measures("targets", "evidence") == {"target", "evidence"}
    assert every - measures(has_stances=False) == {"stance", "target", "evidence"}


def test_forms_of_sources_are_shares_of_the_annotated_quotations() -> None:
    made = analysis()
    wrong = replace(change(1, source=()), quotations=change(1, source=()).quotations[:2])
    counts = count_prediction(GOLD, prediction(wrong), EVERY).counts
    assert counts["content overlap", ("source", "pronoun")] == Counts(1, 1, 1, 1)
    assert counts["linked", ("source", "pronoun")] == Counts(0, 1, 0, 1)
    assert counts["linked", ("source", "name")] == Counts(1, 1, 1, 1)
    assert counts["content overlap", ("source", "description")] == Counts(0, 1, 0, 1)
    assert counts["content overlap", ("source", "none")] == Counts(0, 0, 0, 0)
    other = change(1, speaker=replace(made.quotations[1].speaker, id=1))
    assert count_prediction(GOLD, prediction(other), EVERY).counts[
        "resolved", ("source", "pronoun")
    ] == Counts(0, 1, 0, 1)


def test_speakers_are_counted_per_kind_as_quotations_are() -> None:
    counts = count_prediction(GOLD, prediction(analysis()), EVERY).counts
    assert counts["resolved", ("kind", "indirect")] == Counts(3, 3, 3, 3)
    assert counts["resolved", ("kind", "direct")] == Counts(0, 0, 0, 0)


def test_a_quotations_probability_is_judged_by_overlap() -> None:
    spurious = change(2, spans=((0, 5),))
    counted = count_prediction(GOLD, prediction(spurious), EVERY)
    assert counted.answers[QUOTATION] == ((0.25, True), (0.5, True), (0.75, False))
    plain = Prediction(spans=prediction(spurious).spans)
    assert count_prediction(GOLD, plain, EVERY).answers == {}


def test_given_stances_are_judged_with_their_probabilities() -> None:
    scores = StanceScores(
        {"hostile": 0.1, "cooperative": 0.3, "adverse": 0.3, "conciliatory": 0.1, "none": 0.2}, (0, 1)
    )
    none = StanceScores(
        {"hostile": 0.1, "cooperative": 0.1, "adverse": 0.1, "conciliatory": 0.1, "none": 0.6}, (0, 1)
    )
    counted = count_prediction(GOLD, prediction(analysis(), given=(none, scores, none)), EVERY)
    assert counted.confusions[GIVEN] == {("none", "none"): 2, ("hostile", "conditional"): 1}
    assert counted.counts["given stance right", ALL] == Counts(2, 3, 2, 3)
    assert counted.answers[STANCE] == ((0.6, True), (0.6, False), (0.6, True))
