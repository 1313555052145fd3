"""The speakers of sentences whose sources are given by their words."""

from collections.abc import Sequence

from analyzer.quotation import QuotationSpans, SpeakerReference
from analyzer.speakers import resolve_speakers


def quoting(text: str, sources: Sequence[str]) -> list[QuotationSpans]:
    """One quotation for each of *sources*, which stand in *text* in this order; ``""`` has no source."""
    quotations = []
    position = 0
    for source in sources:
        start = text.index(source, position)
        position = start + len(source)
        spans = ((start, position),) if source else ()
        quotations.append(QuotationSpans(content=((len(text) - 1, len(text)),), source=spans))
    return quotations


def resolve(text: str, *sources: str) -> tuple[SpeakerReference, ...]:
    return resolve_speakers(text, quoting(text, sources)).references


def names(text: str, *sources: str) -> list[str | None]:
    return [reference.name for reference in resolve(text, *sources)]


def kinds(text: str, *sources: str) -> list[str]:
    return [reference.kind for reference in resolve(text, *sources)]
