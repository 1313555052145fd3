"""Speakers, roles, stances and targets of an analysis against an annotation, on an article made for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.quotation import (
    STANCE_LABELS,
    Analysis,
    Confidence,
    Quotation,
    Role,
    Span,
    Speaker,
    SpeakerReference,
    Stance,
    Target,
)
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from eval.confusion import NOT_FOUND
from eval.layers import (
    confuse_stances,
    count_layers,
    is_same_role_text,
    is_same_speaker,
    is_same_target,
    match_speakers,
    source_form,
)
from eval.metrics import Counts

TEXT = (
    "Envoy Ana Lind said the talks with Japan failed. She said Japan must pay. The ministry said no talks follow. "
    "Tokyo called it absurd."
)


def at(piece: str, start: int = 0) -> Span:
    found = TEXT.index(piece, start)
    return found, found + len(piece)


ENVOY = Role(
    text="Envoy", spans=(at("Envoy"),), title="envoy", affiliation=None, country="RUS", category="diplomat"
)
INSTITUTION = Role(text=None, spans=(), title=None, affiliation=None, country="RUS", category="institution")
JAPAN = Target(name="Japan", country="JPN", spans=(at("Japan"),))
LIND = Entity(id=0, name="Ana Lind", kind="person", mentions=(at("Ana Lind"), at("She")), roles=(ENVOY,))
MINISTRY = Entity(id=1, name="ministry", kind="organization", mentions=(at("The ministry"),))
TOKYO = Entity(id=2, name="Japan", kind="country", country="JPN", mentions=(at("Japan"), at("Tokyo")))
AMERICA = Entity(id=3, name="United States", kind="country", country="USA")
HOSTILE = AnnotatedStance(label="hostile", target=JAPAN, evidence=(at("must pay"),))
NONE = AnnotatedStance(label="none")


def annotated(
    number: int, content: str, source: str, speaker: Entity, role: Role, stance: AnnotatedStance
) -> AnnotatedQuotation:
    return AnnotatedQuotation(
        id=number,
        content=(at(content),),
        source=(at(source),),
        speaker=speaker.id,
        role=role,
        stances=(stance,),
    )


GOLD = AnnotatedArticle(
    id="a",
    text=TEXT,
    entities=(LIND, MINISTRY, TOKYO),
    quotations=(
        annotated(0, "the talks with Japan failed", "Envoy Ana Lind", LIND, ENVOY, NONE),
        annotated(1, "Japan must pay", "She", LIND, ENVOY, HOSTILE),
        annotated(2, "no talks follow", "The ministry", MINISTRY, INSTITUTION, NONE),
    ),
)


def analysis() -> Analysis:
    """What agrees with ``GOLD`` in everything."""
    speakers = (
        Speaker(id=0, name="Ana Lind", kind="person", mentions=LIND.mentions),
        Speaker(id=1, name="ministry", kind="organization", mentions=MINISTRY.mentions),
    )
    quotations = []
    for gold in GOLD.quotations:
        assert gold.stances
        assert gold.role
        assert gold.speaker is not None
        (stance,) = gold.stances
        speaker = speakers[gold.speaker]
        quotations.append(
            Quotation(
                id=gold.id,
                kind="indirect",
                spans=gold.content,
                text="",
                cue=gold.cue,
                source=gold.source,
                speaker=SpeakerReference(
                    id=speaker.id, name=speaker.name, kind=speaker.kind, resolved_by="name"
                ),
                role=gold.role,
                stance=Stance(
                    label=stance.label,
                    consequence=None,
                    probabilities={label: float(label == stance.label) for label in STANCE_LABELS},
                    target=stance.target,
                    evidence=stance.evidence,
                ),
                confidence=Confidence(quotation=1.0, source=1.0, speaker=1.0, stance=1.0),
            )
        )
    return Analysis(id="a", text=TEXT, quotations=tuple(quotations), speakers=speakers, model="by hand")


def change(number: int, **values: object) -> Analysis:
    """``analysis`` with other *values* in one of its quotations."""
    made = analysis()
    quotations = list(made.quotations)
    quotations[number] = replace(quotations[number], **values)  # type: ignore[arg-type]
    return replace(made, quotations=tuple(quotations))


def test_an_analysis_that_agrees_is_right_in_everything() -> None:
    counts = count_layers(GOLD, analysis())
    assert counts["resolved"] == counts["role category"] == counts["role country"] == Counts(3, 3, 3, 3)
    assert counts["speaker of a name"] == counts["speaker of a pronoun"] == Counts(1, 1, 1, 1)
    assert counts["speaker of a description"] == Counts(1, 1, 1, 1)
    # The institution's role has no text.
    assert counts["role text"] == Counts(2, 2, 2, 2)
    assert counts["target"] == counts["evidence"] == Counts(1, 1, 1, 1)
    assert confuse_stances(GOLD, analysis()) == {("none", "none"): 2, ("hostile", "hostile"): 1}
    assert match_speakers(GOLD, analysis()) == ((0, 0), (1, 1), (2, 2))


def test_a_wrong_speaker_is_counted_where_the_source_is_right() -> None:
    made = analysis()
    counts = count_layers(GOLD, change(1, speaker=replace(made.quotations[1].speaker, id=1)))
    assert counts["resolved"] == Counts(2, 3, 2, 3)
    assert counts["speaker of a pronoun"] == Counts(0, 1, 0, 1)
    # Roles' texts are judged where the speaker is right.
    assert counts["role text"] == Counts(1, 1, 1, 1)
    wrong_source = count_layers(GOLD, change(1, speaker=replace(made.quotations[1].speaker, id=1), source=()))
    assert wrong_source["speaker of a pronoun"] == Counts(0, 0, 0, 0)


def test_a_missed_quotation_is_missed_in_every_measure_end_to_end() -> None:
    made = analysis()
    counts = count_layers(GOLD, replace(made, quotations=made.quotations[:1]))
    assert counts["resolved"] == Counts(1, 3, 1, 1)
    assert counts["role category"] == Counts(1, 1, 1, 1)
    confusion = confuse_stances(GOLD, replace(made, quotations=made.quotations[:1]))
    assert confusion == {("none", "none"): 1, ("hostile", NOT_FOUND): 1, ("none", NOT_FOUND): 1}


def test_target_and_evidence_are_judged_where_the_label_is_right() -> None:
    stance = analysis().quotations[1].stance
    elsewhere = replace(stance, target=Target(name="China", country="CHN", spans=()), evidence=(at("Japan"),))
    counts = count_layers(GOLD, change(1, stance=elsewhere))
    assert counts["target"] == counts["evidence"] == Counts(0, 1, 0, 1)
    counts = count_layers(GOLD, change(1, stance=replace(elsewhere, label="conciliatory")))
    assert counts["target"] == Counts(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("gold", "name", "kind", "mention", "same"),
    [
        (LIND, "Ana Lind", "person", "Ana Lind", True),
        (LIND, "Lind", "person", "Ana Lind", False),
        (TOKYO, "Japan", "country", "Tokyo", True),
        (TOKYO, "Tokyo", "country", "Tokyo", True),
        (TOKYO, "Russia", "country", "Tokyo", False),
        (MINISTRY, "whatever", "organization", "The ministry", True),
        (MINISTRY, "ministry", "organization", "Tokyo", False),
        (None, None, "unknown", "Tokyo", True),
        (None, "Ana Lind", "person", "Ana Lind", False),
        (LIND, None, "unknown", "Ana Lind", False),
    ],
)
def test_who_is_the_same_speaker(
    gold: Entity | None, name: str | None, kind: str, mention: str, same: bool
) -> None:
    speaker = Speaker(id=0, name=name, kind=kind, mentions=(at(mention),))  # type: ignore[arg-type]
    assert is_same_speaker(TEXT, gold, speaker) == same


def test_a_body_may_be_called_by_any_form_of_its_name() -> None:
    council = Entity(
        id=0, name="UN Security Council", kind="organization", mentions=((0, 16), (17, 28), (29, 31))
    )
    text = "Security Council the council it"
    for name, same in (("the Security Council", True), ("UN Security Council", True), ("council", False)):
        assert is_same_speaker(text, council, Speaker(id=0, name=name, kind="organization")) == same


@pytest.mark.parametrize(
    ("words", "gold", "form"),
    [
        ("Envoy Ana Lind", LIND, "name"),
        ("Ms Lind", LIND, "name"),
        ("She", LIND, "pronoun"),
        ("the envoy", LIND, "description"),
        ("The ministry", MINISTRY, "description"),
        ("officials", None, "description"),
        ("U.S.", AMERICA, "name"),
        ("US", AMERICA, "name"),
        ("Washington", AMERICA, "name"),
        ("the US side of it", None, "description"),
        ("us", TOKYO, "pronoun"),
    ],
)
def test_the_form_of_a_source(words: str, gold: Entity | None, form: str) -> None:
    assert source_form(words, gold) == form


def test_states_are_the_same_by_code_and_others_by_name() -> None:
    tokyo = Target(name="Tokyo", country="JPN", spans=())
    nato, alliance = (Target(name=name, country=None, spans=()) for name in ("the NATO", "NATO"))
    assert is_same_target(JAPAN, tokyo)
    assert is_same_target(nato, alliance)
    assert not is_same_target(JAPAN, replace(tokyo, country=None))
    assert not is_same_target(JAPAN, None)


def test_roles_are_the_same_by_half_of_their_words() -> None:
    assert is_same_role_text("the Russian deputy foreign minister", "deputy foreign minister")
    assert not is_same_role_text("Russian deputy foreign minister", "minister")
