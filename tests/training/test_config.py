"""A configuration file: what it gives, and what it is told when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import training
from training.config import ConfigurationError, TrainingConfiguration, load_configuration


def load(folder: Path, content: str) -> TrainingConfiguration:
    path = folder / "run.toml"
    path.write_text(content)
    return load_configuration(path)


def test_keys_that_are_left_out_have_their_defaults(tmp_path: Path) -> None:
    loaded = load(tmp_path, "epochs = 2\nclip = 1")
    assert loaded == TrainingConfiguration(epochs=2, clip=1.0)


@pytest.mark.parametrize(
    "path", sorted(Path(training.__path__[0]).glob("*.toml")), ids=lambda path: path.name
)
def test_the_configurations_of_the_package_are_good(path: Path) -> None:
    assert load_configuration(path).name


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("epochs = 'six'", "epochs is 'six'; expected int"),
        ("epochs = true", "epochs is True; expected int"),
        ("clip = true", "clip is True; expected float"),
        ("epochs = 2.5", "epochs is 2.5; expected int"),
        ("epoch = 6", "unknown key 'epoch'; known are averaging, batch,"),
        ("epochs =", "not a TOML file"),
        ("epochs = 0", "epochs is 0; expected at least 1"),
        ("batch = 0", "batch is 0; expected at least 1"),
        ("seed = -1", "seed is -1; expected at least 0"),
        ("link_weight = -0.5", "link_weight is -0.5; expected at least 0"),
        ("word_weight = nan", "word_weight is nan; expected at least 0"),
        ("head_rate = 0.0", "head_rate is 0.0; expected a number above 0"),
        ("clip = inf", "clip is inf; expected a number above 0"),
        ("restyle = 1.5", "restyle is 1.5; expected a share from 0 to 1"),
        ("mask_pieces = -0.1", "mask_pieces is -0.1; expected a share from 0 to 1"),
        ("averaging = nan", "averaging is nan; expected a share from 0 to 1"),
        ("window = 114", "window is 114; expected at least 115, for an overlap of 96"),
        ("precision = 'float16'", "precision is 'float16'; expected float32 or bfloat16"),
    ],
)
def test_a_bad_configuration_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load(tmp_path, content)
    assert str(raised.value).startswith(f"{tmp_path / 'run.toml'}: {message}")


def test_the_smallest_window_that_the_overlap_allows_is_good(tmp_path: Path) -> None:
    assert load(tmp_path, "window = 115").window == 115


def test_a_missing_configuration_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml: cannot be read"):
        load_configuration(tmp_path / "none.toml")
