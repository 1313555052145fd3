"""The bag of words that asks whether the own articles teach something about others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance
from eval.transfer import app, measure, train_bag_of_words

HOSTILE, FRIENDLY = "we condemn their act", "we welcome their step"


def article(words: str, label: str, group: str) -> AnnotatedArticle:
    stance = AnnotatedStance(label=label)  # type: ignore[arg-type]
    quotation = AnnotatedQuotation(id=0, content=((0, len(words)),), stances=(stance,))
    origin, split = group.split()
    return AnnotatedArticle(
        id=words, text=words, quotations=(quotation,), metadata={"origin": origin, "split": split}
    )


def test_words_that_tell_a_label_are_learnt() -> None:
    model = train_bag_of_words([([HOSTILE, FRIENDLY], ["hostile", "conciliatory"])] * 4)
    assert list(model.predict(["they condemn it", "they welcome it"])) == ["hostile", "conciliatory"]


def test_a_formula_scores_on_its_own_kind_and_not_on_the_other() -> None:
    labels = {HOSTILE: "hostile", FRIENDLY: "conciliatory"}
    articles = [
        article(words, label, f"own {split}") for words, label in labels.items() for split in ("train", "dev")
    ] * 3
    # In the real articles of this world the words mean the opposite.
    articles += [
        article(words, label, f"real {split}")
        for words, label in zip(labels, reversed(labels.values()), strict=True)
        for split in ("train", "dev")
    ] * 3
    scores = {(s.trained_on, s.scored_on): s for s in measure(articles, resamples=5) if not s.weighted}
    # Two of four labels occur, so that all right is a half.
    assert scores["own train", "own dev"].macro_f1 == scores["real train", "real dev"].macro_f1 == 0.5
    assert scores["own train", "real dev"].macro_f1 == scores["real train", "own dev"].macro_f1 == 0.0
    assert scores["own train", "own dev"].articles == scores["own train", "own dev"].quotations == 6


def test_weights_make_the_labels_as_frequent_as_in_real_dev() -> None:
    articles = [article(HOSTILE, "hostile", "own train"), article(FRIENDLY, "conciliatory", "own train")] * 3
    articles += [
        article(HOSTILE, "hostile", "real train"),
        article(FRIENDLY, "conciliatory", "real train"),
    ] * 3
    # Half of what is said in hostile words on own dev is conciliatory there, on real dev only hostile words occur.
    first, second = (article(HOSTILE, label, "own dev") for label in ("hostile", "conciliatory"))
    articles += [replace(first, quotations=first.quotations + second.quotations)]
    articles += [article(HOSTILE, "hostile", "real dev")]
    plain, weighted = measure(articles, resamples=2)[:2]
    assert plain.macro_f1 == pytest.approx(2 / 3 / 4)
    assert weighted.macro_f1 == pytest.approx(1 / 4)


def test_texts_that_are_not_there_give_exit_code_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--texts", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr.startswith("communique transfer: ")
