"""The baselines of the stance."""

from __future__ import annotations

from analyzer.quotation import Role, StanceLabel
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from eval.stance_systems import signed_baselines, stance_baselines

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


def test_each_baseline_labels_the_quotations_that_have_a_stance() -> None:
    systems = stance_baselines(TRAIN)
    assert list(systems) == ["majority", "lexicons", "bag of words"]
    friendly = article("we welcome Japan", "conciliatory")
    assert list(systems["majority"](friendly)) == ["hostile"]
    assert list(systems["lexicons"](friendly)) == ["conciliatory"]
    assert list(systems["bag of words"](friendly)) == ["conciliatory"]
    assert list(systems["lexicons"](article("the bridge is old", "none"))) == ["none"]


def test_baselines_that_learn_are_signed_with_what_they_learnt_from() -> None:
    names = {name: signed for name, (signed, _) in signed_baselines(TRAIN).items()}
    others = {name: signed for name, (signed, _) in signed_baselines(TRAIN[1:]).items()}
    assert names["lexicons"] == others["lexicons"]
    assert names["majority"] != others["majority"]
    assert names["bag of words"] != others["bag of words"]
