"""communique: who said what in diplomatic news, in which role, and with what stance.

``Analyzer().analyze(text)`` gives an ``Analysis``; see ``analyzer.quotation`` for what it holds. For many articles
there are ``Analyzer().analyze_articles``, ``read_dataset``, ``read_results`` and ``to_frame``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analyzer.article import Article
from analyzer.errors import ArticleError, MissingExtraError, ModelError, ResultsError
from analyzer.failure import Failure
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
    from analyzer.readers import read_dataset
    from analyzer.results import read_results
    from analyzer.writers import to_frame

__all__ = [
    "Analysis",
    "Analyzer",
    "Article",
    "ArticleError",
    "Confidence",
    "Failure",
    "MissingExtraError",
    "ModelError",
    "Quotation",
    "QuotationSpans",
    "ResultsError",
    "Role",
    "Span",
    "Speaker",
    "SpeakerReference",
    "Stance",
    "Target",
    "read_dataset",
    "read_results",
    "to_frame",
]

# torch takes seconds to import; who only wants the data classes or a help text should not wait for it.
_LAZY = {
    "Analyzer": "analyzer.analyzer",
    "read_dataset": "analyzer.readers",
    "read_results": "analyzer.results",
    "to_frame": "analyzer.writers",
}

# Hidden from type checkers, which would otherwise take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in _LAZY:
            return getattr(import_module(_LAZY[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
