"""The baselines of the stance, and how labels are counted."""

from __future__ import annotations

import pytest

from analyzer.quotation import Role, StanceLabel
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from eval.bootstrap import macro_f1, paired_macro_f1
from eval.metrics import Counts
from eval.stance_systems import count_labels, stance_systems

RUSSIAN = Role(text=None, spans=(), title=None, affiliation=None, country="RUS", category="official")


def article(content: str, label: StanceLabel) -> AnnotatedArticle:
    text = f"Lind said {content}."
    quotation = AnnotatedQuotation(
        id=0,
        content=((10, len(text) - 1),),
        cue=((5, 9),),
        source=((0, 4),),
        speaker=0,
        role=RUSSIAN,
        stances=(AnnotatedStance(label=label),),
    )
    bare = AnnotatedQuotation(id=1, content=((0, 4),))
    lind = Entity(id=0, name="Lind", kind="person", mentions=((0, 4),))
    return AnnotatedArticle(id=content, text=text, quotations=(quotation, bare), entities=(lind,))


TRAIN = [article("we condemn Japan", "hostile")] * 3 + [article("we welcome Japan", "conciliatory")] * 2


def test_each_system_labels_the_quotations_that_have_a_stance() -> None:
    systems = dict(stance_systems(TRAIN, None))
    assert list(systems) == ["majority", "lexicons", "bag of words"]
    friendly = article("we welcome Japan", "conciliatory")
    assert list(systems["majority"](friendly)) == ["hostile"]
    assert list(systems["lexicons"](friendly)) == ["conciliatory"]
    assert list(systems["bag of words"](friendly)) == ["conciliatory"]
    assert list(systems["lexicons"](article("the bridge is old", "none"))) == ["none"]


def test_labels_are_counted_and_averaged_over_the_labels() -> None:
    right = count_labels(TRAIN[0], ["hostile"])
    wrong = count_labels(TRAIN[3], ["hostile"])
    assert right["hostile"] == Counts(1, 1, 1, 1)
    assert wrong["hostile"] == Counts(0, 0, 0, 1)
    assert wrong["conciliatory"] == Counts(0, 1, 0, 0)
    value, interval = macro_f1([right, wrong], resamples=20)
    # Hostile: precision a half, recall one; the other three labels 0.
    assert value == pytest.approx(2 / 3 / 4)
    assert interval.low == 0.0
    assert interval.high == 0.25


def test_systems_are_compared_on_the_same_resamples() -> None:
    better = [count_labels(TRAIN[0], ["hostile"]), count_labels(TRAIN[3], ["conciliatory"])]
    worse = [count_labels(TRAIN[0], ["hostile"]), count_labels(TRAIN[3], ["hostile"])]
    difference = paired_macro_f1(better, worse, resamples=50)
    assert difference.value == pytest.approx(2 / 4 - 2 / 3 / 4)
    assert difference.interval.low == 0.0
    assert paired_macro_f1(better, better, resamples=10).p == 1.0
