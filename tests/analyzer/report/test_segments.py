"""The text cut into what is shown alike."""

from __future__ import annotations

from analyzer.report import segments
from tests.hand_made import TEXT, make_quotation, strait_analysis


def test_the_segments_together_are_the_text() -> None:
    assert "".join(segment.text for segment in segments(TEXT, strait_analysis().quotations)) == TEXT


def test_a_nested_quotation_stands_apart() -> None:
    text = "He said “they told us ‘never’ twice”."
    outer = make_quotation(text, "“they told us ‘never’ twice”")
    inner = make_quotation(text, "‘never’", id=1, stance="hostile")
    shown = [
        (segment.text, segment.quotation and segment.quotation.id)
        for segment in segments(text, [outer, inner])
    ]
    assert shown == [("He said ", None), ("“they told us ", 0), ("‘never’", 1), (" twice”", 0), (".", None)]
