"""Pieces put together: neighbours, and paragraphs under one pair of marks."""

from __future__ import annotations

import itertools

import pytest

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


def test_a_piece_that_runs_over_paragraphs_already_is_kept() -> None:
    text = "“We wait.\n\n“We pray,” Lind said."
    quotation = QuotationSpans(content=(at(text, "“We wait.\n\n“We pray,”"),), cue=(at(text, "said"),))
    assert joined(text, quotation) == [["“We wait.\n\n“We pray,”"]]


def test_a_piece_that_ends_amid_the_next_paragraph_goes_on_to_its_end() -> None:
    text = "“We wait.\n\n“We pray, and we hope,” Lind said."
    quotation = QuotationSpans(content=(at(text, "“We wait.\n\n“We pray,"),), cue=(at(text, "said"),))
    assert joined(text, quotation) == [["“We wait.\n\n“We pray, and we hope,”"]]


def test_of_a_piece_across_the_closing_mark_the_rest_is_left() -> None:
    text = "“We wait.\n\n“We pray.” The talks have ended, Maslov said."
    first = QuotationSpans(content=(at(text, "“We wait."),))
    second = QuotationSpans(content=(at(text, "pray.” The talks have ended"),), cue=(at(text, "said"),))
    assert joined(text, first, second) == [["“We wait.\n\n“We pray.”"], ["The talks have ended"]]


def test_a_piece_of_nothing_but_the_end_goes() -> None:
    text = "“We wait.\n\n“We pray.” Then they left."
    first = QuotationSpans(content=(at(text, "“We wait."),))
    second = QuotationSpans(content=(at(text, "We pray.” "),))
    assert joined(text, first, second) == [["“We wait.\n\n“We pray.”"]]


def test_a_quotation_within_the_quotation_stays_nested() -> None:
    text = "“We wait.\n\n“Maslov says he prays,” Lind said."
    first = QuotationSpans(content=(at(text, "“We wait."),), cue=(at(text, "said"),))
    second = QuotationSpans(content=(at(text, "he prays,” Lind"),), cue=(at(text, "says"),))
    assert joined(text, first, second) == [["“We wait.\n\n“Maslov says he prays,”"], ["he prays,”"]]


def test_a_paragraph_with_its_own_cue_stays_with_pieces_beyond_the_marks() -> None:
    text = "“We wait,” Lind said. “We hope.\n\n“We do not,” Maslov said. “We shall leave tomorrow.”"
    first = QuotationSpans(content=(at(text, "“We hope."),), cue=(at(text, "Lind said"),))
    second = QuotationSpans(
        content=(at(text, "“We do not,”"), at(text, "“We shall leave tomorrow.”")),
        cue=(at(text, "Maslov said"),),
    )
    assert joined(text, first, second) == [["“We hope."], ["“We do not,”", "“We shall leave tomorrow.”"]]


_SPLIT_TEXT = "So “we wait. We\n\n“pray and\n\n“hope,” Lind said now."


@pytest.mark.parametrize("cue", [(), ((3, 6),), (at(_SPLIT_TEXT, "said"),)])
def test_contents_never_overlap_but_nest(cue: tuple[Span, ...]) -> None:
    words = [0, 3, 7, 12, 17, 21, 27, 33, 42, 47, 52]
    quoted = find_quoted(_SPLIT_TEXT)
    for bounds in itertools.combinations(words, 4):
        first = QuotationSpans(content=((bounds[0], bounds[1]),))
        second = QuotationSpans(content=((bounds[2], bounds[3]),), cue=cue)
        found = join_pieces(_SPLIT_TEXT, (first, second), quoted)
        for one, other in itertools.combinations(found, 2):
            for a, b in itertools.product(one.content, other.content):
                apart = a[1] <= b[0] or b[1] <= a[0]
                nested = (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])
                assert apart or nested, (bounds, a, b)
