"""The losses of a window batch: a linear-chain CRF over tags, cross-entropy of words, evidence word by word."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from analyzer.decoding import FORBIDDEN


def crf_loss(emissions: Tensor, transitions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood per word of *tags* (windows, words) under a linear chain (Lafferty et al., 2001).

    *emissions*: (windows, words, tags); *mask*: (windows, words), words first, padding after. Windows may
    begin inside a span, so any tag may stand first.
    """
    chain = transitions.masked_fill(torch.from_numpy(FORBIDDEN), -1e4)
    return (_partition(emissions, chain, mask) - _path_score(emissions, chain, tags, mask)).sum() / mask.sum()


def word_loss(emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy per word of *tags*, each word for itself; the shapes are those of ``crf_loss``.

    The chain alone is content with weak evidence in every word, since it adds up over a long content: then a
    small shift in all words, of rounding or of another domain, makes or breaks whole quotations.
    """
    return functional.cross_entropy(emissions[mask.bool()], tags[mask.bool()])


def evidence_loss(scores: Tensor, evidence: Tensor) -> Tensor:
    """Summed over quotations: binary cross-entropy, per word, of being evidence; both are (quotations, words).

    A quotation without evidence among its words teaches nothing here, nor does a word whose score is minus infinity.
    """
    known = torch.isfinite(scores)
    counted = known & (evidence & known).any(dim=-1, keepdim=True)
    losses = functional.binary_cross_entropy_with_logits(
        scores.masked_fill(~counted, 0.0), evidence.to(scores.dtype), reduction="none"
    )
    return ((losses * counted).sum(-1) / counted.sum(-1).clamp(min=1)).sum()


def _path_score(emissions: Tensor, chain: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    weight = mask.to(emissions.dtype)
    unary = emissions.gather(-1, tags.unsqueeze(-1)).squeeze(-1) * weight
    steps = chain[tags[:, :-1], tags[:, 1:]] * weight[:, 1:]
    return unary.sum(-1) + steps.sum(-1)


def _partition(emissions: Tensor, chain: Tensor, mask: Tensor) -> Tensor:
    alpha = emissions[:, 0]
    for word in range(1, emissions.shape[1]):
        step = torch.logsumexp(alpha.unsqueeze(-1) + chain, dim=1) + emissions[:, word]
        alpha = torch.where(mask[:, word, None].bool(), step, alpha)
    return torch.logsumexp(alpha, dim=-1)
