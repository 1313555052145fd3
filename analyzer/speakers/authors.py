"""Who wrote `the statement`: documents that the article says the author of, before or in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

from analyzer.quotation import Span
from analyzer.speakers.antecedents import Discourse, Entity
from analyzer.speakers.sources import Source

AUTHORED = frozenset(
    "statement report letter memo memorandum editorial article commentary column tweet post message bulletin release "
    "speech address note paper document analysis story account study remarks ad text notice email e-mail".split()
)
"""Nouns of documents that somebody writes alone; not `agreement`, whose parties are many."""

_ISSUED = re.compile(
    r"\b(?:issued|issues|released|published|sent|posted|wrote|placed|put out|ran|carried|delivered|gave|made|"
    r"said in)\s$"
)
_FARTHEST_TURN = 3  # sentences
_MOST_TURNS = 40
_FARTHEST = 2500  # characters back to where the document was first mentioned
_MOST_WORDS = 4

SubjectOf = Callable[[Span], Entity | None]


def author(discourse: Discourse, source: Source, subject_of: SubjectOf) -> Entity | None:
    """The speaker who wrote the document that *source* is, if it is short for one whose author was named.

    *subject_of* gives what a sentence up to a position is about.
    """
    phrase = discourse.text[slice(*source.head)]
    if source.noun not in AUTHORED or len(phrase.split()) > _MOST_WORDS:
        return None
    position = source.span[0]
    before = discourse.text[max(0, position - 16) : position]
    if _ISSUED.search(before):
        return subject_of((discourse.sentences.start(position), position))
    if not source.is_definite and len(phrase.split()) > 1:
        return None
    earlier = _last_mention(discourse, source.noun, position) if source.is_definite else None
    if earlier is not None:
        told = [
            t
            for t in discourse.turns[-_MOST_TURNS:]
            if discourse.sentences.around(earlier) == discourse.sentences.around(t.position)
        ]
        if told and _can_write(told[-1].entity):
            return told[-1].entity
        writer = subject_of((discourse.sentences.start(earlier), earlier))
        if writer:
            return writer
    last = discourse.turns[-1] if discourse.turns else None
    if (
        last
        and _can_write(last.entity)
        and discourse.sentences.distance(last.position, position) <= _FARTHEST_TURN
    ):
        return last.entity
    return None


def _can_write(entity: Entity) -> bool:
    return entity.kind in ("person", "organization", "country")


def _last_mention(discourse: Discourse, noun: str, position: int) -> int | None:
    """Where a document of this *noun* was mentioned last before *position*: `in a statement`."""
    start = max(0, position - _FARTHEST)
    found = list(
        re.finditer(
            rf"\b(?:an?|its|his|her|their)\s(?:[\w-]+\s){{0,3}}{re.escape(noun)}\b",
            discourse.text[start:position],
        )
    )
    return start + found[-1].start() if found else None
