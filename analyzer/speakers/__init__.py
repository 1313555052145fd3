"""Who the source of a quotation is: from the words that name it to an entity with all its mentions."""

from analyzer.speakers.resolution import ResolvedSpeakers, resolve_speakers

__all__ = ["ResolvedSpeakers", "resolve_speakers"]
