"""Passages for the stance: how they are read, and that those of the package are sound."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from analyzer.tables import read_table
from eval.contrast import load_contrast
from training.passages import PASSAGES, load_passages

LINE = "1\tconditional adverse\tJapan\tif it lands\t[Lind] <warned> {“We act if it lands,”} and left for Tokyo.\n"


def table(place: Path, content: str) -> Path:
    path = place / "passages.tsv"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_passage_is_an_article_with_one_quotation(tmp_path: Path) -> None:
    (article,) = load_passages(table(tmp_path, LINE))
    assert article.text == "Lind warned “We act if it lands,” and left for Tokyo."
    (quotation,) = article.quotations
    assert quotation.stances is not None
    (stance,) = quotation.stances
    assert (stance.label, stance.consequence) == ("conditional", "adverse")
    assert [article.text[start:end] for start, end in stance.evidence] == ["if it lands"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (LINE.replace("adverse", ""), "passage 1: 'conditional' is no stance"),
        (LINE.replace("conditional adverse", "friendly"), "passage 1: 'friendly' is no stance"),
        (
            LINE.replace("\tif it lands", "\tif it sinks"),
            "passage 1: the evidence 'if it sinks' is not in the content",
        ),
        (LINE.replace("{", ""), "passage 1: not \\[source\\]"),
        ("1\tnone\t-\t-\n", "passage 1: not enough values"),
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_passages(table(tmp_path, line))


def test_groups_of_the_package_differ_in_stance_or_target() -> None:
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, label, target, _, _ in read_table(PASSAGES):
        groups.setdefault(group, []).append((label, target))
    several = [members for members in groups.values() if len(members) > 1]
    assert len(several) > 0.9 * len(groups)
    assert all(len(set(members)) > 1 for members in several)


def test_no_passage_is_in_the_contrast_pairs() -> None:
    texts = Counter(article.text for article in load_passages())
    assert max(texts.values()) == 1
    assert not any(member.text in texts for pair in load_contrast() for member in pair)
