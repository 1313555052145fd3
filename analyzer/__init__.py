"""communique: who said what in diplomatic news, in which role, and with what stance.

``Analyzer().analyze(text)`` gives an ``Analysis``; see ``analyzer.quotation`` for what it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyzer.errors import ArticleError, ModelError
from analyzer.quotation import (
    Analysis,
    Confidence,
    Quotation,
    QuotationSpans,
    Role,
    Span,
    Speaker,
    SpeakerReference,
    Stance,
    Target,
)

if TYPE_CHECKING:
    from analyzer.analyzer import Analyzer

__all__ = [
    "Analysis",
    "Analyzer",
    "ArticleError",
    "Confidence",
    "ModelError",
    "Quotation",
    "QuotationSpans",
    "Role",
    "Span",
    "Speaker",
    "SpeakerReference",
    "Stance",
    "Target",
]


def __getattr__(name: str) -> Any:
    # torch takes seconds to import; who only wants the data classes or a help text should not wait for it.
    if name == "Analyzer":
        from analyzer.analyzer import Analyzer

        return Analyzer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
