"""Contrast pairs: how they are read, and when a pair is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.quotation import STANCE_LABELS, QuotationSpans, covered_text
from eval.contrast import load_contrast, measure_contrast

PAIR = (
    "1\tcondition\thostile\tJapan\t[Lind] <said> {“no”} <and> {“never”}.\n"
    "1\tcondition\tconditional cooperative\tJapan\t[Lind] <said> {“not until Japan pays”}.\n"
)


def table(place: Path, content: str) -> Path:
    path = place / "pairs.tsv"
    path.write_text(content, encoding="utf-8")
    return path


def test_marks_become_spans(tmp_path: Path) -> None:
    ((first, second),) = load_contrast(table(tmp_path, PAIR))
    assert first.text == "Lind said “no” and “never”."
    assert covered_text(first.text, first.quotation.content) == "“no” “never”"
    assert covered_text(first.text, first.quotation.source) == "Lind"
    assert (first.label, second.label) == ("hostile", "conditional")


def test_a_pair_is_right_if_both_members_are(tmp_path: Path) -> None:
    pairs = load_contrast(table(tmp_path, PAIR + PAIR.replace("1\tcondition", "2\tnegation")))

    def label(text: str, quotation: QuotationSpans) -> str:
        return "conditional" if "until" in text else "hostile"

    assert {kind: count.matched_gold for kind, count in measure_contrast(pairs, label).items()} == {
        "all": 2,
        "condition": 1,
        "negation": 1,
    }
    assert measure_contrast(pairs, lambda text, quotation: "hostile")["all"].matched_gold == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PAIR.splitlines()[0], "pair 1 has 1 members"),
        ("one\tcondition", "not five fields"),
        ("1\tcondition\tnone\t-\tLind said no.", "no {content}"),
    ],
)
def test_what_is_no_pair_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_contrast(table(tmp_path, content))


def test_the_pairs_that_come_with_it_can_be_read() -> None:
    pairs = load_contrast()
    assert len(pairs) >= 120
    for member in (member for pair in pairs for member in pair):
        assert member.label in STANCE_LABELS
        assert all(member.text[start:end].strip() for start, end in member.quotation.content)
