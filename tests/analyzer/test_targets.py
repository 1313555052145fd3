"""Whom a quotation is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.quotation import QuotationSpans, Role, SpeakerReference, Target, covered_text
from analyzer.targets import Targets

SPEAKER = SpeakerReference(id=0, name="Ana Lind", kind="person", resolved_by="name")
ROLE = Role(text=None, spans=(), title=None, affiliation=None, country="RUS", category="official")
STATED = replace(ROLE, text="Russian envoy", affiliation="Russia")
TEXT_OF_PAIR = "Japan and Poland met in May. Japan left, Poland stayed. "


def find(
    text: str, evidence: str | None = None, role: Role = ROLE, source: str = "", speaker: str = "Ana Lind"
) -> Target | None:
    """The target in *text*, whose content stands in braces and whose *source* is named *speaker*."""
    place = None if evidence is None else text.index(evidence)
    spans = QuotationSpans(
        content=((text.index("{") + 1, text.index("}")),),
        source=((text.index(source), text.index(source) + len(source)),) if source else (),
    )
    return Targets(text).find(spans, replace(SPEAKER, name=speaker), role, place)


def target_of(text: str, evidence: str | None = None, role: Role = ROLE) -> str | None:
    """The target's words in *text*."""
    found = find(text, evidence, role)
    return None if found is None else covered_text(text, found.spans)


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("Lind said {Japan must wait, and Poland is welcome}.", None, "Japan"),
        ("Lind said {Japan must wait, and Poland is welcome}.", "welcome", "Poland"),
        ("Lind said {Russia will never trust Tokyo}.", None, "Tokyo"),
        ("At the talks with Japan Lind said {no}. Poland left.", None, "Japan"),
        ("Japan met. Japan left. Poland left. Lind said {no}.", None, "Japan"),
        ("Russia met. Lind said {no to Moscow}.", None, None),
    ],
)
def test_the_target_is_the_likeliest_other_actor(
    text: str, evidence: str | None, expected: str | None
) -> None:
    assert target_of(text, evidence) == expected


def test_a_stated_side_is_no_target_even_where_it_alone_is_named() -> None:
    text = "Japan wrote in May. Lind, the Russian envoy, said {Russia and Moscow will remember it}."

    assert target_of(text, role=STATED) == "Japan"


def test_an_official_stands_for_the_state() -> None:
    text = "Japanese Foreign Minister Kenji Morita left Warsaw. Lind said {Morita knows nothing of trade}."
    found = find(text, role=STATED)

    assert found
    assert (found.name, found.country) == ("Japan", "JPN")
    assert covered_text(text, found.spans) == "Morita"


def test_several_actors_are_one_target() -> None:
    found = find(TEXT_OF_PAIR + "Lind warned {Japan and Poland not to wait}.", role=STATED)

    assert found
    assert (found.name, found.country) == ("Japan and Poland", None)


def test_sides_that_are_not_named_are_a_target() -> None:
    found = find(TEXT_OF_PAIR + "Lind urged {both governments to talk}.", role=STATED)

    assert found
    assert found.name == "both governments"


def test_those_who_speak_together_are_each_others_target() -> None:
    text = TEXT_OF_PAIR + "Both sides agreed {to talk}."
    role = replace(ROLE, country=None, category="institution")
    found = find(text, role=role, source="Both sides", speaker="Both sides")

    assert found
    assert found.name == "Both sides"


def test_whose_sanctions_they_are_is_not_the_target() -> None:
    assert target_of("Lind said {UN sanctions against Iran must stay}.", role=STATED) == "Iran"


def test_a_movement_has_the_fullest_name_of_the_article() -> None:
    found = find("The Taliban movement met in May. Lind said {the Taliban must go}.", role=STATED)

    assert found
    assert found.name == "Taliban movement"


def test_a_state_that_its_president_is_known_to_lead_is_not_his_target() -> None:
    president = replace(
        ROLE, text="President", affiliation="United States", country="USA", category="head_of_state"
    )
    text = "NATO met. Since then Clinton has called {the American share in NATO’s budget a farce}."
    found = find(text, "American", president, "Clinton", "Bill Clinton")
    assert found is not None
    assert found.name == "NATO"


def test_a_country_that_is_no_state_of_the_tables_is_no_error() -> None:
    faroese = replace(ROLE, text=None, affiliation="Faroe Islands", country="FRO")
    assert target_of("Lind said {Japan must wait}.", None, faroese) == "Japan"
