"""Analyses on spaCy documents: what the pipeline component and the DocBin writer leave on a ``Doc``.

Importing this module sets the extensions ``doc._.communique``, the `Analysis` of the document, and
``span._.quotation``, the `Quotation` that a span of ``doc.spans["communique"]`` belongs to. Both are ``None`` where
there is none. They are rebuilt from ``doc.user_data["communique"]``, the JSON object of the output format without
its text, so that they outlive every way that spaCy stores user data.
"""

from __future__ import annotations

from typing import cast

from spacy.tokens import Doc, Span

from analyzer.quotation import Analysis, Quotation, text_hash
from analyzer.results import result_from_dict

KEY = "communique"
"""The name of the span group, of the extension and of the entry in ``doc.user_data``."""


def annotate_doc(doc: Doc, analysis: Analysis) -> None:
    """Put *analysis*, which must be of the text of *doc*, on *doc*, in place of an earlier one.

    ``doc.spans["communique"]`` gets the spans of content, cue and source, so labelled, quotation by quotation, each
    expanded to whole tokens; the id of a span (``span.id_``) is ``quotation-N`` with the quotation's id. Raises
    ValueError where the texts differ. To be stored by spaCy, *analysis* may hold nothing that UTF-8 cannot carry.
    """
    if doc.text != analysis.text:
        raise ValueError(f"the document's text is not that of the analysis {analysis.id!r}")
    data = analysis.to_dict()
    del data["text"]
    doc.user_data[KEY] = data
    doc.spans[KEY] = [span for quotation in analysis.quotations for span in _quotation_spans(doc, quotation)]


def _quotation_spans(doc: Doc, quotation: Quotation) -> list[Span]:
    parts = {"content": quotation.spans, "cue": quotation.cue, "source": quotation.source}
    identifier = _span_id(quotation.id)
    # Expanded, a span is never None, which stands for one that does not fit the tokens.
    return [
        cast(Span, doc.char_span(start, end, label=label, span_id=identifier, alignment_mode="expand"))
        for label, spans in parts.items()
        for start, end in spans
    ]


def _span_id(quotation: int) -> str:
    return f"quotation-{quotation}"


def _analysis(doc: Doc) -> Analysis | None:
    data = doc.user_data.get(KEY)
    # spaCy hands user data on to the document of a part of the text, where no offset would be right.
    if data is None or data["sha256"] != text_hash(doc.text):
        return None
    result = result_from_dict({**data, "text": doc.text})
    return result if isinstance(result, Analysis) else None


def _quotation(span: Span) -> Quotation | None:
    analysis = _analysis(span.doc)
    quotations = analysis.quotations if analysis else ()
    return next((quotation for quotation in quotations if _span_id(quotation.id) == span.id_), None)


Doc.set_extension(KEY, getter=_analysis, force=True)
Span.set_extension("quotation", getter=_quotation, force=True)
