"""Model folders: loading the shipped model or the user's own."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerBase, PreTrainedTokenizerFast
from transformers.utils import logging

from analyzer.errors import ModelError
from analyzer.model import CommuniqueModel

DEFAULT_MODEL = Path(__file__).parent / "data" / "model"


def load_model(folder: Path | None = None) -> tuple[CommuniqueModel, PreTrainedTokenizerBase]:
    """Load the model and tokenizer of *folder*, by default the one in the package, in float32.

    Raises ModelError if there is none or it cannot be read. Nothing is fetched.
    """
    folder = DEFAULT_MODEL if folder is None else Path(folder)
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"{folder}: no model there: expected a folder with config.json and model.safetensors"
        )
    logging.disable_progress_bar()
    try:
        model = CommuniqueModel.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"{folder}: the model cannot be loaded: {error}") from error
    return model.eval(), tokenizer


def quantize(model: CommuniqueModel) -> CommuniqueModel:
    """The encoder's linear layers in int8, quantized as they run: faster on a CPU, for a little accuracy."""
    with warnings.catch_warnings():
        # torch announces that this function will move; what it does is what we want.
        warnings.simplefilter("ignore")
        model.encoder = torch.ao.quantization.quantize_dynamic(
            model.encoder, {torch.nn.Linear}, dtype=torch.qint8
        )
    return model
