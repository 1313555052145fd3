"""From a configuration and PolNeAR to a model folder."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transformers import PreTrainedTokenizerBase

from analyzer.analyzer import Analyzer
from analyzer.model import CommuniqueConfig, CommuniqueModel
from analyzer.pretrained import load_model
from corpus.annotated import AnnotatedArticle
from corpus.polnear import load_polnear
from training.calibration import fit_calibration
from training.card import model_card
from training.config import TrainingConfiguration
from training.encoders import load_encoder
from training.examples import make_example
from training.trainer import Trainer

HELD_OUT_SHARE = 20


def split_held_out(
    articles: Sequence[AnnotatedArticle],
) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """Part *articles* into those to train on and every twentieth or so, by its name's hash, to choose and
    calibrate on: dev stays untouched for reports."""
    train: list[AnnotatedArticle] = []
    held_out: list[AnnotatedArticle] = []
    for article in articles:
        digest = int(hashlib.sha256(article.id.encode()).hexdigest(), 16)
        (train if digest % HELD_OUT_SHARE else held_out).append(article)
    return train, held_out


def build_model(configuration: TrainingConfiguration) -> tuple[CommuniqueModel, PreTrainedTokenizerBase]:
    """The model that training starts from, and its tokenizer: untrained heads on a pretrained encoder, unless the
    configuration names a model to go on from. Raises ConfigurationError, ModelError.
    """
    if configuration.start:
        model, tokenizer = load_model(Path(configuration.start))
        model.config.version = configuration.version
        return model, tokenizer
    encoder, tokenizer = load_encoder(configuration)
    model_configuration = CommuniqueConfig(
        encoder=encoder.config.to_dict(),
        window=configuration.window,
        overlap=configuration.overlap,
        link_size=configuration.link_size,
        head_dropout=configuration.head_dropout,
        name=configuration.name,
        version=configuration.version,
    )
    return CommuniqueModel(model_configuration, encoder=encoder), tokenizer


def train(
    configuration: TrainingConfiguration,
    polnear: Path,
    folder: Path,
    report: Callable[[dict[str, Any]], None],
) -> None:
    """Train on PolNeAR's train split under *polnear*; write the finished model to *folder*.

    Checkpoints and the log go to ``folder/run``, and an interrupted run goes on from there. *report* is called
    with each record of progress. Raises PolnearError, ConfigurationError.
    """
    articles, held_out = split_held_out(list(load_polnear(polnear, "train")))
    model, tokenizer = build_model(configuration)
    examples = [make_example(article, tokenizer) for article in articles]
    trainer = Trainer(model, tokenizer, examples, configuration, folder / "run")
    trainer.resume()
    for record in trainer.run():
        report(record)
    card = model_card(configuration, articles=len(articles), held_out=len(held_out))
    save_model(trainer.average, tokenizer, card, folder)
    trainer.average.config.calibration = asdict(fit_calibration(Analyzer(folder), held_out))
    save_model(trainer.average, tokenizer, card, folder)


def save_model(model: CommuniqueModel, tokenizer: PreTrainedTokenizerBase, card: str, folder: Path) -> None:
    """Write the model folder, with the weights in float16: half the size, for no difference in the spans."""
    copy.deepcopy(model).half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "README.md").write_text(card, encoding="utf-8")
