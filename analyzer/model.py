"""The joint model: one encoder pass, tags for every word, links between the parts, stances of quotations.

Importing this module, as `analyzer.Analyzer` does, makes the model known to transformers: ``AutoConfig`` and
``AutoModel.from_pretrained(FOLDER)`` then load the shipped folder, ``analyzer.pretrained.DEFAULT_MODEL``, or any other
of model type ``communique``, and ``AutoTokenizer`` its tokenizer. The shipped one is stored in float16; `Analyzer`
computes its heads in ``dtype=torch.float32``.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel

from analyzer.words import POSITIONS, QUOTING, SHAPES

PARTS = ("source", "cue", "content")
TAGS = ("O", *(f"{prefix}-{part}" for part in PARTS for prefix in "BI"))
"""The tag of a word: outside, or beginning or inside of one of ``PARTS``."""

LINKS = {
    "content_cue": ("content", "cue"),
    "cue_source": ("cue", "source"),
    "content_source": ("content", "source"),
}
"""Who chooses among whom: the part of the chooser, the part of the candidates."""

STANCES = ("hostile", "cooperative", "adverse", "conciliatory", "none")
"""What the stance head tells apart: the labels, and of conditional the consequence."""

DISTANCE_LIMITS = (1, 2, 3, 5, 8, 12, 20, 35, 60, 120, 250)
"""Words between two spans, in buckets; the sign of the distance doubles them."""
DISTANCES = 2 * (len(DISTANCE_LIMITS) + 1)
BETWEEN = 4
"""How many other candidates stand between two spans: 0, 1, 2, more."""
PARAGRAPHS_APART = 5
"""Paragraphs from the chooser to the candidate: two or more back, one back, none, one on, more."""


class CommuniqueConfig(PretrainedConfig):
    """What a model folder says of its model.

    *encoder* is the configuration of any ``AutoModel`` encoder; *window* and *overlap* are in word pieces,
    special pieces included in *window*; *link_size* is the width of the link scorers; *calibration* are the
    fields of ``analyzer.calibration.Calibration``; *has_stances* says whether the stance head was trained;
    *training* holds the configurations of the training runs that the model comes from, in their order.
    """

    model_type = "communique"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        window: int = 384,
        overlap: int = 96,
        link_size: int = 128,
        head_dropout: float = 0.1,
        calibration: dict[str, Any] | None = None,
        has_stances: bool = False,
        training: list[dict[str, Any]] | None = None,
        name: str = "communique-small",
        version: str = "0",
        **keywords: Any,
    ) -> None:
        self.encoder = encoder or {}
        self.window = window
        self.overlap = overlap
        self.link_size = link_size
        self.head_dropout = head_dropout
        self.calibration = calibration or {}
        self.has_stances = has_stances
        self.training = training or []
        self.name = name
        self.version = version
        super().__init__(**keywords)


class LinkScorer(nn.Module):
    """Biaffine scores of every chooser for every candidate, and for choosing none (Dozat & Manning, 2017)."""

    def __init__(self, width: int, size: int, dropout: float) -> None:
        super().__init__()
        self.chooser = nn.Sequential(nn.Linear(3 * width, size), nn.GELU(), nn.Dropout(dropout))
        self.candidate = nn.Sequential(nn.Linear(3 * width, size), nn.GELU(), nn.Dropout(dropout))
        self.interaction = nn.Linear(size, size, bias=False)
        self.candidate_bias = nn.Linear(size, 1)
        self.none = nn.Linear(size, 1)
        self.distance = nn.Embedding(DISTANCES, 1)
        self.between = nn.Embedding(2 * BETWEEN, 1)
        self.paragraph = nn.Embedding(PARAGRAPHS_APART, 1)

    def forward(self, choosers: Tensor, candidates: Tensor, geometry: Tensor) -> Tensor:
        """Score *choosers* (n, 3·width) for *candidates* (m, 3·width).

        *geometry*: (n, m, 3), the buckets of distance, candidates between, and paragraphs apart. Returns
        (n, m + 1) logits, of which the last column is for none.
        """
        left, right = self.chooser(choosers), self.candidate(candidates)
        scores = self.interaction(left) @ right.T / left.shape[-1] ** 0.5 + self.candidate_bias(right).T
        distance, between, paragraph = geometry.unbind(-1)
        scores = scores + self.distance(distance).squeeze(-1)
        scores = scores + self.between(between).squeeze(-1) + self.paragraph(paragraph).squeeze(-1)
        return torch.cat([scores, self.none(left)], dim=-1)


class StanceHead(nn.Module):
    """The stance in a quotation, and how much each of its words tells of it.

    The words are weighed by attention (Yang et al., NAACL 2016), whose scores are the evidence; with that go the means
    of content, cue and source.
    """

    def __init__(self, width: int, size: int, dropout: float) -> None:
        super().__init__()
        self.evidence = nn.Sequential(nn.Linear(width, size), nn.Tanh(), nn.Linear(size, 1))
        self.classifier = nn.Sequential(
            nn.Linear(4 * width, 2 * size), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * size, len(STANCES))
        )

    def forward(self, hidden: Tensor, words: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        """Score quotations by the words of an article (or a window of it).

        *hidden*: (words, width). *words*: (quotations, most words of one), the indices of content, cue and source, -1
        where there are no more. *parts*, of the same shape: the index in ``PARTS`` of each. Returns logits
        (quotations, stances) and the words' scores as evidence, minus infinity for sources and where there is
        no word.
        """
        states = hidden[words.clamp(min=0)]
        known = words >= 0
        telling = known & (parts != PARTS.index("source"))
        scores = self.evidence(states).squeeze(-1).masked_fill(~telling, -torch.inf)
        weights = torch.nan_to_num(torch.softmax(scores, dim=-1))
        pooled = [(weights.unsqueeze(-1) * states).sum(1)]
        for part in range(len(PARTS)):
            chosen = (known & (parts == part)).unsqueeze(-1).to(states.dtype)
            pooled.append((chosen * states).sum(1) / chosen.sum(1).clamp(min=1))
        return self.classifier(torch.cat(pooled, dim=-1)), scores


class CommuniqueModel(PreTrainedModel):
    """Encoder with learned embeddings for what an uncased vocabulary loses; tag, link and stance heads."""

    config_class = CommuniqueConfig
    base_model_prefix = "communique"

    def __init__(self, config: CommuniqueConfig, encoder: PreTrainedModel | None = None) -> None:
        super().__init__(config)
        if encoder is None:
            settings = dict(config.encoder)
            encoder = AutoModel.from_config(AutoConfig.for_model(settings.pop("model_type"), **settings))
        self.encoder = encoder
        width = int(encoder.config.hidden_size)
        self.shape = nn.Embedding(len(SHAPES), width)
        self.quoting = nn.Embedding(len(QUOTING), width)
        self.position = nn.Embedding(len(POSITIONS), width)
        self.dropout = nn.Dropout(config.head_dropout)
        self.tagger = nn.Linear(width, len(TAGS))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.links = nn.ModuleDict(
            {name: LinkScorer(width, config.link_size, config.head_dropout) for name in LINKS}
        )
        self.stance = StanceHead(width, config.link_size, config.head_dropout)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)

    def encode(
        self, *, ids: Tensor, shape: Tensor, quoting: Tensor, position: Tensor, mask: Tensor, heads: Tensor
    ) -> Tensor:
        """Hidden states of the words, (windows, words, width); the arguments are ``WindowBatch``'s."""
        embedded = self.encoder.get_input_embeddings()(ids)
        known = mask.unsqueeze(-1)
        embedded = embedded + (self.shape(shape) + self.quoting(quoting) + self.position(position)) * known
        hidden = self.encoder(
            inputs_embeds=embedded.to(self.encoder.dtype), attention_mask=mask
        ).last_hidden_state
        index = heads.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        states: Tensor = hidden.gather(1, index)
        return states

    def emissions(self, hidden: Tensor) -> Tensor:
        """Tag scores (…, tags) of words' hidden states (…, width)."""
        scores: Tensor = self.tagger(self.dropout(hidden))
        return scores

    def represent_spans(self, hidden: Tensor, spans: Tensor) -> Tensor:
        """*spans* ``[first, last)``, (n, 2), of *hidden* (words, width): first, last and mean state, (n, 3·width)."""
        first, last = spans.unbind(-1)
        lengths = last - first
        offsets = lengths.cumsum(0) - lengths
        covered = torch.arange(int(lengths.sum())) + (first - offsets).repeat_interleave(lengths)
        # Only the spans' own words are added up: sums over a whole long article would take gigabytes.
        mean = functional.embedding_bag(covered, hidden, offsets, mode="mean")
        states: Tensor = self.dropout(torch.cat([hidden[first], hidden[last - 1], mean], dim=-1))
        return states


AutoConfig.register(CommuniqueConfig.model_type, CommuniqueConfig, exist_ok=True)
AutoModel.register(CommuniqueConfig, CommuniqueModel, exist_ok=True)
