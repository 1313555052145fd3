"""Contrast pairs: how they are read, and when a pair is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.quotation import STANCE_LABELS, QuotationSpans, Stance, StanceLabel, Target, covered_text
from eval.contrast import load_contrast, measure_contrast

PAIR = (
    "1\tcondition\thostile\tJapan\t[Lind] <said> {“no”} <and> {“never”}.\n"
    "1\tcondition\tconditional cooperative\tJapan\t[Lind] <said> {“not until Japan pays”}.\n"
)


def stance(label: StanceLabel, target: str = "Japan") -> Stance:
    return Stance(
        label=label,
        consequence=None,
        probabilities={},
        target=Target(name=target, country=None, spans=()),
        evidence=(),
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

    def classify(text: str, quotation: QuotationSpans) -> Stance:
        return stance("conditional" if "until" in text else "hostile")

    assert {kind: count.matched_gold for kind, count in measure_contrast(pairs, classify).items()} == {
        "all": 2,
        "condition": 1,
        "negation": 1,
    }
    assert measure_contrast(pairs, lambda text, quotation: stance("hostile"))["all"].matched_gold == 0


def test_members_of_the_same_label_must_have_their_own_targets(tmp_path: Path) -> None:
    lines = [
        f"1\tactors\thostile\t{target}\tLind said {{no to {target}}}.\n" for target in ("Japan", "China")
    ]
    pairs = load_contrast(table(tmp_path, "".join(lines)))

    def classify(text: str, quotation: QuotationSpans) -> Stance:
        return stance("hostile", "Japan" if "Japan" in text else "China")

    assert measure_contrast(pairs, classify)["actors"].matched_gold == 1
    assert (
        measure_contrast(pairs, lambda text, quotation: stance("hostile", "Japan"))["actors"].matched_gold
        == 0
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PAIR.splitlines()[0], "pair 1 has 1 members"),
        ("one\tcondition", "not five fields"),
        ("1\tcondition\tnone\t-\tLind said no.", "with one {content} at least"),
        ("1\tcondition\tnone\t-\tLind said {no]. {Yes}", "with one {content} at least"),
        ("1\tcondition\tlukewarm\t-\tLind said {no}.", "'lukewarm' is no stance in pair 1"),
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
