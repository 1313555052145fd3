"""Training on a model too small to learn much: it learns, it resumes, it leaves a folder that loads."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from analyzer.analyzer import Analyzer
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from tests.tiny import tiny_model, tiny_tokenizer
from training.batches import TrainingBatch
from training.card import model_card
from training.config import ConfigurationError, TrainingConfiguration
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
    card = model_card([asdict(CONFIGURATION)], articles=4, held_out=0)
    save_model(trainer.average, trainer.tokenizer, card, tmp_path)
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


def test_after_an_interruption_the_log_has_every_step_once_and_true_means(tmp_path: Path) -> None:
    short = replace(CONFIGURATION, epochs=15)
    run = make_trainer(tmp_path, short).run()
    first = next(run)
    assert next(run)["step"] == 40
    resumed = make_trainer(tmp_path, short)
    resumed.resume()
    # The checkpoints are five steps apart, so that step 40 was logged and not yet saved.
    assert resumed.step == 35
    step, losses = resumed._train_step, []

    def recording_step(batch: TrainingBatch) -> dict[str, float]:
        losses.append(step(batch))
        return losses[-1]

    resumed._train_step = recording_step  # type: ignore[method-assign]
    list(resumed.run())
    mean = sum(loss["tag"] for loss in losses[:5]) / 5
    assert steps_and_losses(tmp_path) == [(20, first["tag"]), (40, pytest.approx(mean, abs=1e-4))]


def steps_and_losses(folder: Path) -> list[tuple[int, float]]:
    records = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return [(record["step"], record["tag"]) for record in records]


def test_a_checkpoint_of_another_configuration_is_refused(tmp_path: Path) -> None:
    next(make_trainer(tmp_path).run())
    other = make_trainer(tmp_path, replace(CONFIGURATION, epochs=81, clip=2.0))
    with pytest.raises(ConfigurationError, match=f"{tmp_path}: .* with another clip, epochs; .* delete"):
        other.resume()


def test_checkpoints_may_be_closer_after_an_interruption(tmp_path: Path) -> None:
    next(make_trainer(tmp_path).run())
    assert make_trainer(tmp_path, replace(CONFIGURATION, checkpoint_steps=2)).resume()
