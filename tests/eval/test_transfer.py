"""The bag of words that asks whether the own articles teach something about others."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance
from eval.transfer import app, train_bag_of_words


def article(number: int, words: str, label: str) -> AnnotatedArticle:
    stance = AnnotatedStance(label=label)  # type: ignore[arg-type]
    quotation = AnnotatedQuotation(id=0, content=((0, len(words)),), stances=(stance,))
    return AnnotatedArticle(id=str(number), text=words, quotations=(quotation,))


def test_words_that_tell_a_label_are_learnt() -> None:
    articles = [article(n, f"we condemn act number{n}", "hostile") for n in range(4)]
    articles += [article(n, f"we welcome step number{n}", "conciliatory") for n in range(4, 8)]
    model = train_bag_of_words(articles)
    assert list(model.predict(["they condemn it", "they welcome it"])) == ["hostile", "conciliatory"]


def test_texts_that_are_not_there_give_exit_code_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--texts", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr.startswith("communique transfer: ")
