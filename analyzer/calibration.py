"""From a model's own probabilities to ones that hold on articles it has not seen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from analyzer.quotation import QuotationSpans

Platt = tuple[float, float]
"""Slope and intercept that are applied to the log-odds (Platt, 1999)."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the probabilities of a quotation's content, of its source and of its stance are to be corrected.

    Quotations whose corrected probability is under *least_quotation* are left out. *stance_temperature* divides
    the logits of the stance.
    """

    quotation: Platt = (1.0, 0.0)
    source: Platt = (1.0, 0.0)
    least_quotation: float = 0.0
    stance_temperature: float = 1.0

    def apply(self, quotation: QuotationSpans) -> QuotationSpans:
        """*quotation* with calibrated probabilities."""
        return replace(
            quotation,
            quotation_probability=_scale(quotation.quotation_probability, self.quotation),
            source_probability=_scale(quotation.source_probability, self.source),
        )

    def keeps(self, quotation: QuotationSpans) -> bool:
        """Whether *quotation*, with calibrated probabilities, is likely enough to be reported."""
        return quotation.quotation_probability >= self.least_quotation


def log_odds(probability: float) -> float:
    """The logarithm of the odds of *probability*, which is first kept a millionth away from 0 and 1."""
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _scale(probability: float, platt: Platt) -> float:
    slope, intercept = platt
    return 1 / (1 + math.exp(-(slope * log_odds(probability) + intercept)))
