"""From a configuration and PolNeAR to a model folder."""

from __future__ import annotations

import copy
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from analyzer.analyzer import Analyzer
from analyzer.model import CommuniqueConfig, CommuniqueModel
from analyzer.pretrained import load_model
from corpus.annotated import AnnotatedArticle
from corpus.load import load
from corpus.polnear import load_polnear
from training.calibration import fit_calibration, fit_temperature
from training.card import model_card
from training.config import ConfigurationError, TrainingConfiguration
from training.encoders import load_encoder
from training.examples import make_example
from training.passages import load_passages
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
    configuration names a model to go on from.

    ``config.training`` of the model holds the configurations of all runs that it comes from, this one last.
    Raises ConfigurationError, ModelError.
    """
    torch.manual_seed(configuration.seed)
    if configuration.start:
        return _go_on_from(Path(configuration.start), configuration)
    try:
        encoder, tokenizer = load_encoder(configuration)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"encoder {configuration.encoder!r} cannot be loaded: {error}") from error
    model_configuration = CommuniqueConfig(
        encoder=encoder.config.to_dict(),
        window=configuration.window,
        overlap=configuration.overlap,
        link_size=configuration.link_size,
        head_dropout=configuration.head_dropout,
        name=configuration.name,
        version=configuration.version,
        training=[asdict(configuration)],
    )
    return CommuniqueModel(model_configuration, encoder=encoder), tokenizer


def _go_on_from(
    folder: Path, configuration: TrainingConfiguration
) -> tuple[CommuniqueModel, PreTrainedTokenizerBase]:
    started, tokenizer = load_model(folder)
    settings = cast(CommuniqueConfig, started.config)
    for key in ("window", "overlap", "link_size"):
        own, given = getattr(settings, key), getattr(configuration, key)
        if own != given:
            raise ConfigurationError(
                f"{key} is {given}, but the model in {folder} to go on from has {own}: say {key} = {own}"
            )
    settings.name, settings.version = configuration.name, configuration.version
    settings.head_dropout = configuration.head_dropout
    settings.encoder["hidden_dropout_prob"] = configuration.dropout
    # What is fitted on the model's own probabilities must find them uncorrected.
    settings.calibration = {}
    settings.training = [*getattr(settings, "training", []), asdict(configuration)]
    # Made anew, since a model takes its dropout from its configuration when it is made.
    model = CommuniqueModel(settings)
    model.load_state_dict(started.state_dict())
    return model, tokenizer


def train(
    configuration: TrainingConfiguration,
    polnear: Path,
    folder: Path,
    report: Callable[[dict[str, Any]], None],
    *,
    texts: Path | None = None,
) -> None:
    """Train on PolNeAR's train split under *polnear*; write the finished model to *folder*.

    If the configuration asks for the corpus, its train articles are added: the real ones too where *texts* holds
    their texts (see ``corpus.load``). Checkpoints and the log go to ``folder/run``, and an interrupted run goes on
    from there. *report* is called with each record of progress. Raises PolnearError, CorpusError,
    ConfigurationError, ModelError.
    """
    articles, held_out = split_held_out(list(load_polnear(polnear, "train")))
    chosen = _share(articles, configuration.polnear_share, configuration.seed)
    corpus_articles = load("train", texts=texts) if configuration.corpus_times else []
    passages = load_passages() if configuration.passages_times else []
    further = corpus_articles * configuration.corpus_times + passages * configuration.passages_times
    model, tokenizer = build_model(configuration)
    if further and configuration.stance_weight:
        model.config.has_stances = True
    start = copy.deepcopy(model.state_dict())
    examples = [make_example(article, tokenizer) for article in chosen + further]
    trainer = Trainer(model, tokenizer, examples, configuration, folder / "run")
    trainer.resume()
    for record in trainer.run():
        report(record)
    finished = trainer.average
    _keep_start(finished, start, configuration.keep_start)
    card = model_card(
        finished.config.training,
        articles=len(articles),
        corpus_articles=len(corpus_articles),
        passages=len(passages),
        has_stances=bool(finished.config.has_stances),
        held_out=len(held_out),
    )
    # Calibrated in a place of its own: whoever finds a model in the folder finds all of it.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as place:
        unfinished = Path(place)
        save_model(finished, tokenizer, card, unfinished)
        analyzer = Analyzer(unfinished)
        calibration = fit_calibration(analyzer, held_out)
        if finished.config.has_stances:
            temperature = fit_temperature(analyzer, load("dev", texts=texts))
            calibration = replace(calibration, stance_temperature=temperature)
        finished.config.calibration = asdict(calibration)
        save_model(finished, tokenizer, card, unfinished)
        _move_model(unfinished, folder)


def _share(articles: Sequence[AnnotatedArticle], share: float, seed: int) -> list[AnnotatedArticle]:
    chosen = np.random.default_rng(seed).permutation(len(articles))[: round(share * len(articles))]
    return [articles[number] for number in sorted(chosen.tolist())]


def _keep_start(model: CommuniqueModel, start: dict[str, Tensor], share: float) -> None:
    """Move *model* back to where it started by *share* of the way.

    Between two ends of fine-tuning lie weights that do better than either (Wortsman et al., CVPR 2022).
    """
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.lerp_(start[name], share)


def save_model(model: CommuniqueModel, tokenizer: PreTrainedTokenizerBase, card: str, folder: Path) -> None:
    """Write the model folder, with the weights in float16: half the size, for no difference in the spans."""
    saved = copy.deepcopy(model).half()
    # Where the encoder was on this machine is nobody else's concern.
    saved.config.encoder.pop("_name_or_path", None)
    saved.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "README.md").write_text(card, encoding="utf-8")


def _move_model(source: Path, folder: Path) -> None:
    """Move the files of *source* to *folder*. Without ``config.json`` a folder is no model, so that comes last."""
    (folder / "config.json").unlink(missing_ok=True)
    for path in sorted(source.iterdir(), key=lambda path: path.name == "config.json"):
        path.replace(folder / path.name)
