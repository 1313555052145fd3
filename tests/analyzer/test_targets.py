"""Whom a quotation is about."""

from __future__ import annotations

import pytest

from analyzer.quotation import QuotationSpans, Role, SpeakerReference, covered_text
from analyzer.targets import Targets

SPEAKER = SpeakerReference(id=0, name="Ana Lind", kind="person", resolved_by="name")
ROLE = Role(text=None, spans=(), title=None, affiliation=None, country="RUS", category="official")


def target_of(text: str, evidence: str | None = None) -> str | None:
    """The target's words in *text*, whose content stands in braces."""
    content = (text.index("{") + 1, text.index("}"))
    place = None if evidence is None else text.index(evidence)
    found = Targets(text).find(QuotationSpans(content=(content,)), SPEAKER, ROLE, place)
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
def test_the_target_is_the_nearest_other_actor(text: str, evidence: str | None, expected: str | None) -> None:
    assert target_of(text, evidence) == expected
