"""Model folders through the classes of transformers that take any model."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import AutoConfig, AutoModel, AutoTokenizer

import analyzer.model
from analyzer.tables import DEFAULT_MODEL
from tests.tiny import tiny_model, tiny_tokenizer


def test_a_saved_model_is_loaded_with_its_weights(tmp_path: Path) -> None:
    saved = tiny_model()
    saved.save_pretrained(tmp_path)
    loaded = AutoModel.from_pretrained(tmp_path)
    assert type(loaded) is analyzer.model.CommuniqueModel
    weights = saved.state_dict()
    assert loaded.state_dict().keys() == weights.keys()
    assert all(torch.equal(value, weights[name]) for name, value in loaded.state_dict().items())


def test_a_saved_tokenizer_splits_as_before(tmp_path: Path) -> None:
    tiny_model().save_pretrained(tmp_path)
    saved = tiny_tokenizer(["envoy", "lind"])
    saved.save_pretrained(tmp_path)
    sentence = "Envoy Ana Lind said no."
    assert AutoTokenizer.from_pretrained(tmp_path).tokenize(sentence) == saved.tokenize(sentence)


def test_the_shipped_folder_says_what_its_model_is() -> None:
    configuration = AutoConfig.from_pretrained(DEFAULT_MODEL)
    assert type(configuration) is analyzer.model.CommuniqueConfig
    assert configuration.name == "communique-small"
    assert configuration.has_stances


def test_the_shipped_tokenizer_is_uncased() -> None:
    assert AutoTokenizer.from_pretrained(DEFAULT_MODEL).tokenize("The envoy said") == ["the", "envoy", "said"]
