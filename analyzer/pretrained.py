"""Model folders: loading the shipped model or the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import SafetensorError
from transformers import PreTrainedTokenizerBase, PreTrainedTokenizerFast
from transformers.utils import logging

from analyzer.errors import ModelError
from analyzer.model import CommuniqueModel
from analyzer.tables import DEFAULT_MODEL

Precision = Literal["bfloat16", "float32"]
_NATIVE_BFLOAT16 = ("avx512_bf16", "amx_bf16", "bf16")


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
        loaded: Any = CommuniqueModel.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, output_loading_info=True
        )
        tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder}: the model cannot be loaded: {error}") from error
    model: CommuniqueModel = loaded[0]
    if missing := loaded[1]["missing_keys"]:
        raise ModelError(
            f"{folder}: the model lacks {len(missing)} weights, {min(missing)} among them: it was made by another "
            "version of communique; train it with this one"
        )
    return model.eval(), tokenizer


def fastest_precision() -> Precision:
    """bfloat16 where the processor computes with it natively, twice as fast for the same spans, else float32."""
    # Older versions of torch cannot tell.
    capabilities: Mapping[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    return "bfloat16" if any(capabilities.get(name) for name in _NATIVE_BFLOAT16) else "float32"


def set_precision(model: CommuniqueModel, precision: Precision) -> None:
    """Let the encoder of *model* compute in *precision*; the heads are small and stay in float32."""
    model.encoder.to(getattr(torch, precision))
