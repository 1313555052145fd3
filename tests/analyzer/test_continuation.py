"""Pieces put together: neighbours, and paragraphs under one pair of marks."""

from __future__ import annotations

from analyzer.continuation import join_pieces
from analyzer.marks import find_quoted
from analyzer.quotation import QuotationSpans, Span


def at(text: str, piece: str) -> Span:
    return text.index(piece), text.index(piece) + len(piece)


def joined(text: str, *quotations: QuotationSpans) -> list[list[str]]:
    found = join_pieces(text, quotations, find_quoted(text))
    return [[text[start:end] for start, end in quotation.content] for quotation in found]


def test_pieces_with_only_space_between_become_one() -> None:
    text = "“We wait. We hope,” Lind said."
    quotation = QuotationSpans(
        content=(at(text, "“We wait."), at(text, "We hope,”")), cue=(at(text, "said"),)
    )
    assert joined(text, quotation) == [["“We wait. We hope,”"]]


def test_pieces_around_the_cue_stay_two() -> None:
    text = "“We wait,” Lind said, “and hope.”"
    quotation = QuotationSpans(
        content=(at(text, "“We wait,”"), at(text, "“and hope.”")), cue=(at(text, "said"),)
    )
    assert joined(text, quotation) == [["“We wait,”", "“and hope.”"]]


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = "“We wait,” Lind said. “We hope.\n\n“We pray,\n\n“And that is all.”\n\nThe talks ended."
    first = QuotationSpans(content=(at(text, "“We wait,”"), at(text, "“We hope.")), cue=(at(text, "said"),))
    stray = QuotationSpans(content=(at(text, "“And that is all.”"),))
    assert joined(text, first, stray) == [["“We wait,”", "“We hope.\n\n“We pray,\n\n“And that is all.”"]]


def test_a_paragraph_with_its_own_cue_is_another_quotation() -> None:
    text = "“We wait,” Lind said. “We hope.\n\n“We do not,” Maslov said."
    first = QuotationSpans(
        content=(at(text, "“We wait,”"), at(text, "“We hope.")), cue=(at(text, "Lind said"),)
    )
    second = QuotationSpans(content=(at(text, "“We do not,”"),), cue=(at(text, "Maslov said"),))
    assert joined(text, first, second) == [["“We wait,”", "“We hope."], ["“We do not,”"]]
