"""Extraction with a model of random weights: windows put together, nothing cut, nothing mixed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from analyzer.errors import ModelError
from analyzer.extraction import WINDOWS_AT_ONCE, Extractor
from analyzer.pretrained import load_model
from analyzer.quotation import QuotationSpans
from analyzer.windows import batch_windows, cut_windows, tokenize
from analyzer.words import split_words
from tests.tiny import tiny_model, tiny_tokenizer

SENTENCE = "Envoy Ana Lind said on day {} that “no talks are planned”, according to the ministry. "
ARTICLE = "".join(SENTENCE.format(number) for number in range(12))


def extract(text: str, seed: int = 0) -> tuple[QuotationSpans, ...]:
    return extract_with(Extractor(tiny_model(seed=seed), tiny_tokenizer()), text)


def extract_with(extractor: Extractor, text: str) -> tuple[QuotationSpans, ...]:
    words = split_words(text)
    return extractor.extract(words, extractor.encode(words))


@pytest.mark.parametrize("seed", range(4))
def test_spans_lie_in_the_text_and_begin_and_end_with_words(seed: int) -> None:
    for quotation in extract(ARTICLE, seed):
        for start, end in quotation.content + quotation.cue + quotation.source:
            assert 0 <= start < end <= len(ARTICLE)
            assert ARTICLE[start:end] == ARTICLE[start:end].strip()
            assert not (ARTICLE[start - 1 : start].isalnum() and ARTICLE[start].isalnum())
            assert not (ARTICLE[end - 1].isalnum() and ARTICLE[end : end + 1].isalnum())
        assert 0 <= quotation.quotation_probability <= 1
        assert 0 <= quotation.source_probability <= 1


def test_every_word_has_its_hidden_state_from_the_window_that_owns_it() -> None:
    words = split_words(ARTICLE)
    extractor = Extractor(tiny_model(), tiny_tokenizer())
    pieces = tokenize(words, extractor.tokenizer)
    windows = cut_windows(pieces.starts, length=30, overlap=8)
    assert len(windows) > WINDOWS_AT_ONCE
    hidden = extractor.encode(words)
    for window in windows:
        batch = batch_windows([(words, pieces, window)], extractor.tokenizer)
        with torch.inference_mode():
            (alone,) = extractor.model.encode(**batch.tensors())
        own = slice(window.own_first - window.first, window.own_last - window.first)
        torch.testing.assert_close(hidden[window.own_first : window.own_last], alone[own])


BRIEFS = [
    split_words(SENTENCE.format(number) * (1 + number % 3) + "No. " * (number % 7)) for number in range(40)
]


def test_briefs_encoded_together_are_what_each_is_alone_bit_for_bit() -> None:
    extractor = Extractor(tiny_model(window=64), tiny_tokenizer())
    batches: list[int] = []
    encode = extractor.model.encode
    extractor.model.encode = lambda **batch: batches.append(len(batch["ids"])) or encode(**batch)  # type: ignore
    alone = [extractor.encode(words) for words in BRIEFS]
    extractor.encode_together(BRIEFS[:2])
    batches.clear()
    together = extractor.encode_together(BRIEFS)
    assert len(batches) < len(BRIEFS)
    assert max(batches) > 3
    assert all(map(torch.equal, alone, together))


def test_where_a_processor_computes_otherwise_in_company_each_is_encoded_alone() -> None:
    extractor = Extractor(tiny_model(), tiny_tokenizer())
    encode = extractor.model.encode
    extractor.model.encode = lambda **batch: encode(**batch) + 1e-6 * len(batch["ids"])  # type: ignore
    alone = [extractor.encode(words) for words in BRIEFS]
    assert all(map(torch.equal, alone, extractor.encode_together(BRIEFS)))


def test_a_spans_representation_is_its_first_last_and_mean_state() -> None:
    model = tiny_model()
    hidden = torch.randn(9, 16)
    spans = [(0, 1), (2, 6), (4, 9)]
    represented = model.represent_spans(hidden, torch.tensor(spans))
    for row, (first, last) in zip(represented, spans, strict=True):
        parts = [hidden[first], hidden[last - 1], hidden[first:last].mean(0)]
        torch.testing.assert_close(row, torch.cat(parts))
    assert model.represent_spans(hidden, torch.zeros(0, 2, dtype=torch.long)).shape == (0, 48)


def test_stances_do_not_depend_on_how_many_are_scored_at_once() -> None:
    words = split_words(ARTICLE)
    extractor = Extractor(tiny_model(), tiny_tokenizer())
    hidden = extractor.encode(words)
    contents = [words.spans[number] for number in range(0, 150, 2)]
    quotations = [QuotationSpans(content=(span,)) for span in contents]
    together = extractor.score_stances(words, hidden, quotations)
    assert len(together) == len(quotations) > 64
    assert [scores.evidence for scores in together] == contents
    (alone,) = extractor.score_stances(words, hidden, quotations[70:71])
    assert alone.probabilities == pytest.approx(together[70].probabilities, abs=1e-6)
    (flat,) = extractor.score_stances(words, hidden, quotations[:1], temperature=1e6)
    assert list(flat.probabilities.values()) == pytest.approx([0.2] * 5, abs=1e-4)


def test_a_text_without_words_has_no_quotations() -> None:
    assert extract("  \n ") == ()


def test_a_model_survives_its_folder(tmp_path: Path) -> None:
    model, tokenizer = tiny_model(), tiny_tokenizer()
    model.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    loaded, loaded_tokenizer = load_model(tmp_path)
    before = extract_with(Extractor(model, tokenizer), ARTICLE)
    assert extract_with(Extractor(loaded, loaded_tokenizer), ARTICLE) == before
    assert loaded.config.window == 32


def test_a_folder_without_a_model_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"{tmp_path}: no model there"):
        load_model(tmp_path)


def test_a_broken_model_is_named_in_the_error(tmp_path: Path) -> None:
    tiny_model().save_pretrained(tmp_path)
    tiny_tokenizer().save_pretrained(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(tmp_path)


def test_a_model_without_all_weights_is_refused(tmp_path: Path) -> None:
    model = tiny_model()
    weights = {name: value for name, value in model.state_dict().items() if not name.startswith("stance.")}
    model.save_pretrained(tmp_path, state_dict=weights)
    tiny_tokenizer().save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"lacks 8 weights, stance\.classifier\.0\.bias among them"):
        load_model(tmp_path)
