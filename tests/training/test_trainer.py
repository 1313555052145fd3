"""Training on a model too small to learn much: it learns, it resumes, it leaves a folder that loads."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from analyzer.analyzer import Analyzer
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from tests.tiny import tiny_model, tiny_tokenizer
from training.card import model_card
from training.config import ConfigurationError, TrainingConfiguration, load_configuration
from training.examples import make_example
from training.train import save_model
from training.trainer import Trainer

CONFIGURATION = TrainingConfiguration(
    window=32, epochs=80, batch=4, encoder_rate=3e-3, head_rate=1e-2, precision="float32", checkpoint_steps=5
)
NAMES = ("Ana Lind", "Per Holm", "Eva Maslova", "Jan Sund")


def articles() -> list[AnnotatedArticle]:
    made = []
    for name in NAMES:
        text = f"The bridge is old. {name} said that talks end. The river is long and wide."
        spans = {piece: ((text.index(piece), text.index(piece) + len(piece)),) for piece in (name, "said")}
        content = text.index("that talks end")
        quotation = AnnotatedQuotation(
            id=0, content=((content, content + 14),), cue=spans["said"], source=spans[name]
        )
        made.append(AnnotatedArticle(id=name, text=text, quotations=(quotation,)))
    return made


def make_trainer(folder: Path, configuration: TrainingConfiguration = CONFIGURATION) -> Trainer:
    tokenizer = tiny_tokenizer(["said", "that", "talks", "end", "the", "river", "bridge", "is"])
    examples = [make_example(article, tokenizer) for article in articles()]
    return Trainer(tiny_model(), tokenizer, examples, configuration, folder)


def test_training_lowers_the_loss_and_the_model_can_be_used(tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path / "run")
    records = list(trainer.run())
    assert records[-1]["tag"] < records[0]["tag"] / 3
    save_model(
        trainer.average, trainer.tokenizer, model_card(CONFIGURATION, articles=4, held_out=0), tmp_path
    )
    text = articles()[0].text
    (quotation,) = Analyzer(tmp_path, precision="float32").extract(text)
    assert text[slice(*quotation.content[0])] == "that talks end"
    assert text[slice(*quotation.source[0])] == "Ana Lind"
    assert "window = 32" in (tmp_path / "README.md").read_text()


def test_an_interrupted_run_ends_like_an_unbroken_one(tmp_path: Path) -> None:
    whole = make_trainer(tmp_path / "whole")
    list(whole.run())
    broken = make_trainer(tmp_path / "broken")
    next(broken.run())
    resumed = make_trainer(tmp_path / "broken")
    assert resumed.resume()
    assert 0 < resumed.step <= 20
    list(resumed.run())
    for one, other in zip(whole.average.parameters(), resumed.average.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("epochs = 'six'", "epochs is 'six'; expected int"),
        ("epoch = 6", "unknown key 'epoch'"),
        ("epochs =", "not a TOML file"),
    ],
)
def test_a_bad_configuration_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=message):
        load_configuration(path)


def test_a_missing_configuration_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml: cannot be read"):
        load_configuration(tmp_path / "none.toml")
