"""Agreement of two annotators: what counts as the same, and the command's table."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score
from typer.testing import CliRunner

from analyzer.quotation import Role, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from eval.agreement import LABEL_MEASURES, SPAN_MEASURES, agreement, compare, kappa
from eval.agreement_cli import app

TEXT = "Lind said the talks had failed. She called Sudria a liar. Orr praised Norland."
LIND = Entity(id=1, name="Ana Lind", kind="person")
SUDRIA = Entity(id=2, name="Sudria", kind="country", country="SDN")
ENVOY = Role(text=None, spans=(), title="envoy", affiliation=None, country=None, category="diplomat")


def quotation(content: str, cue: str, source: str, **changes: object) -> AnnotatedQuotation:
    places = {name: ((TEXT.index(piece), TEXT.index(piece) + len(piece)),) for name, piece in
              (("content", content), ("cue", cue), ("source", source))}  # fmt: skip
    hostile = AnnotatedStance(label="hostile", target=Target(name="Sudria", country="SDN", spans=()))
    plain = AnnotatedQuotation(id=0, **places, kind="indirect", speaker=1, role=ENVOY, stances=(hostile,))
    return replace(plain, **changes)  # type: ignore[arg-type]


FAILED = quotation("the talks had failed", "said", "Lind", stances=(AnnotatedStance(label="none"),))
LIAR = quotation("Sudria a liar", "called", "She")
PRAISE = quotation("Norland", "praised", "Orr")


def article(*quotations: AnnotatedQuotation) -> AnnotatedArticle:
    return AnnotatedArticle(id="a", text=TEXT, quotations=quotations, entities=(LIND, SUDRIA))


def test_the_same_annotations_agree_wholly() -> None:
    same = article(FAILED, LIAR)
    values = agreement([compare(same, same)], resamples=5)
    assert {measure: values[measure].value for measure in (*SPAN_MEASURES, *LABEL_MEASURES)} == dict.fromkeys(
        (*SPAN_MEASURES, *LABEL_MEASURES), 1.0
    )


def test_a_quotation_of_one_alone_costs_spans_and_no_labels() -> None:
    values = agreement([compare(article(FAILED, LIAR), article(FAILED, LIAR, PRAISE))], resamples=5)
    assert values["content overlap"].value == pytest.approx(0.8)
    assert values["linked"].value == pytest.approx(0.8)
    assert values["stance"].value == 1.0


def test_another_source_costs_the_link_and_not_the_content() -> None:
    other = replace(LIAR, source=FAILED.source)
    values = agreement([compare(article(FAILED, LIAR), article(FAILED, other))], resamples=5)
    assert values["content overlap"].value == 1.0
    assert values["linked"].value == 0.5
    # The source that both quotations share counts once.
    assert values["source"].value == pytest.approx(2 / 3)


def test_speakers_are_told_apart_by_name_and_not_by_number() -> None:
    renumbered = replace(
        article(replace(FAILED, speaker=9)), entities=(replace(LIND, id=9), replace(SUDRIA, id=1))
    )
    compared = compare(article(FAILED), renumbered)
    assert compared.labels["speaker"] == [("ana lind", "ana lind")]


def test_kappa_by_hand() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    # Agreement 35 of 50; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
    assert kappa(pairs) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


def test_kappa_is_that_of_scikit_learn() -> None:
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("c", "a")]
    assert kappa(pairs) == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))
    assert kappa([]) is None
    assert kappa([("a", "a")]) == 1.0


def test_different_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="a: the two annotations are of different texts"):
        compare(article(FAILED), replace(article(FAILED), text=TEXT + " "))


def test_command_stores_what_it_prints(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--resamples", "2", "--json", str(tmp_path / "agreement.json")])
    assert result.exit_code == 0
    stored = json.loads((tmp_path / "agreement.json").read_text(encoding="utf-8"))
    assert stored["groups"]["all"]["articles"] == stored["groups"]["own"]["articles"] >= 60
    assert set(stored["groups"]["all"]["values"]) == {*SPAN_MEASURES, *LABEL_MEASURES}
    assert stored["signature"]["resamples"] == 2


@pytest.mark.parametrize("option", ["--texts", "--json"])
def test_place_that_is_not_there_gives_exit_code_2(tmp_path: Path, option: str) -> None:
    result = CliRunner().invoke(app, [option, str(tmp_path / "no" / "such")])
    assert result.exit_code == 2
    assert result.stderr.startswith("communique agreement: ")
