"""A model too small to know anything, for tests of the mechanics."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel, PreTrainedTokenizerBase, PreTrainedTokenizerFast

from analyzer.model import CommuniqueConfig, CommuniqueModel

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?'\"“”‘’«»-()"


def tiny_tokenizer(words: Sequence[str] = ()) -> PreTrainedTokenizerBase:
    """Word pieces: *words* whole, everything else letter by letter."""
    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *LETTERS,
        *(f"##{letter}" for letter in LETTERS),
        *words,
    ]
    tokenizer = Tokenizer(
        models.WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def tiny_model(*, window: int = 32, overlap: int = 8, seed: int = 0) -> CommuniqueModel:
    """Random weights: two layers of 16."""
    torch.manual_seed(seed)
    encoder = BertConfig(
        vocab_size=400,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    configuration = CommuniqueConfig(
        encoder=encoder.to_dict(), window=window, overlap=overlap, link_size=8, head_dropout=0.0, name="tiny"
    )
    return CommuniqueModel(configuration, encoder=BertModel(encoder)).eval()
