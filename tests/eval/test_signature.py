"""Signatures and data hashes: the same for the same thing, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.quotation import Role, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from eval.signature import data_hash, signature

TEXT = "Lind said that talks failed."
QUOTATION = AnnotatedQuotation(
    id=0, content=((10, 27),), source=((0, 4),), speaker=0, stances=(AnnotatedStance(label="hostile"),)
)
LIND = Entity(id=0, name="Lind", kind="person", mentions=((0, 4),))
ARTICLE = AnnotatedArticle(id="a", text=TEXT, quotations=(QUOTATION,), entities=(LIND,))
ENVOY = Role(text="envoy", spans=(), title="envoy", affiliation=None, country=None, category="diplomat")
JAPAN = Target(name="Japan", country="JPN", spans=())


def test_signature_names_all_that_a_score_depends_on() -> None:
    signed = signature("linked", data="0123abcd", split="dev", part="kind=direct", model="rules", seed=7)
    parts = dict(part.split(":", 1) for part in signed.split("|"))
    assert parts.pop("version")
    assert len(parts.pop("code")) == 8
    assert parts == {
        "measure": "linked",
        "matching": "one-to-one iou>=0.5 source-iou>=0.5",
        "data": "0123abcd",
        "split": "dev",
        "part": "kind=direct",
        "model": "rules",
        "seed": "7",
    }


@pytest.mark.parametrize(
    ("measure", "matching"),
    [
        ("given stance hostile", "given-quotations same-label"),
        ("given stance macro-F1 of three", "given-quotations same-label"),
        ("stance hostile", "one-to-one iou>=0.5 same-label"),
        ("stance calibration error", "given-quotations bins:10"),
        ("quotation calibration error", "one-to-one iou>=0.5 bins:10"),
    ],
)
def test_signature_says_how_a_measure_matches(measure: str, matching: str) -> None:
    assert f"|matching:{matching}|" in signature(measure, data="0")


def test_a_name_cannot_pass_for_another_part_of_a_signature() -> None:
    assert signature("linked", model="a|seed:1") != signature("linked", model="a", seed=1)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, id="b"),
        replace(ARTICLE, text=TEXT + " ", sha256=""),
        replace(ARTICLE, entities=(replace(LIND, name="Ana Lind"),)),
        replace(ARTICLE, quotations=(replace(QUOTATION, content=((15, 27),)),)),
        replace(ARTICLE, quotations=(replace(QUOTATION, source=()),)),
        replace(ARTICLE, quotations=(replace(QUOTATION, speaker=None),)),
        replace(ARTICLE, quotations=(replace(QUOTATION, role=ENVOY),)),
        replace(ARTICLE, quotations=(replace(QUOTATION, stances=(AnnotatedStance(label="none"),)),)),
        replace(
            ARTICLE,
            quotations=(replace(QUOTATION, stances=(AnnotatedStance(label="hostile", target=JAPAN),)),),
        ),
        replace(ARTICLE, quotations=()),
    ],
)
def test_data_hash_changes_with_the_data(changed: AnnotatedArticle) -> None:
    assert data_hash([changed]) != data_hash([ARTICLE])


def test_data_hash_does_not_change_with_the_order() -> None:
    other = replace(ARTICLE, id="b")
    assert data_hash([ARTICLE, other]) == data_hash([other, ARTICLE])
    assert data_hash([ARTICLE, other]) != data_hash([ARTICLE])
