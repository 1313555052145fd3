"""Whom a quotation is about: the international actor that its speaker takes a stance toward."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from analyzer.countries import Actor, ActorMention, actors_within, find_actor, find_actors
from analyzer.quotation import QuotationSpans, Role, Span, SpeakerReference, Target
from analyzer.sentences import find_sentences

LONGEST_CONTENT = 4000
"""Characters of a content that are looked at: later ones tell no target, and contents may overlap."""


class Targets:
    """The actors that the article *text* names: make one, then ask for each quotation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.actors = find_actors(text)
        self.sentences = find_sentences(text)
        self._by_actor: dict[Actor, list[ActorMention]] = {}
        for mention in self.actors:
            self._by_actor.setdefault(mention.actor, []).append(mention)

    def find(
        self, quotation: QuotationSpans, speaker: SpeakerReference, role: Role, evidence: int | None = None
    ) -> Target | None:
        """The other actor that *quotation* is most plausibly about, ``None`` where there is none.

        In the content the one nearest to *evidence*, the offset of the words that tell the stance (by default the
        content's first word); else the nearest in the rest of the sentence; else, for a speaker whose side
        is known, the actor that the article names most.
        """
        side = own_side(speaker, role)
        first = quotation.content[0][0]
        anchor = first if evidence is None else evidence
        content = first_characters(quotation.content, LONGEST_CONTENT)
        inside = [mention for span in content for mention in self._others(*span, side)]
        around = inside or self._others(*self.sentences.around(first), side)
        if around:
            mention = min(around, key=lambda mention: abs(mention.span[0] - (anchor if inside else first)))
        else:
            named = self._most_named(first, side) if side else None
            if named is None:
                return None
            mention = named
        return Target(name=mention.actor.name, country=mention.actor.country, spans=(mention.span,))

    def _others(self, start: int, end: int, side: set[str]) -> list[ActorMention]:
        return [
            mention for mention in actors_within(self.actors, start, end) if not _is_of(mention.actor, side)
        ]

    def _most_named(self, position: int, side: set[str]) -> ActorMention | None:
        """The last mention before *position* of the other actor that the article names most, or its first after."""
        for actor in sorted(self._by_actor, key=lambda actor: -len(self._by_actor[actor])):
            if not _is_of(actor, side):
                mentions = self._by_actor[actor]
                before = bisect_left(mentions, position, key=lambda mention: mention.span[0])
                return mentions[max(0, before - 1)]
        return None


def own_side(reference: SpeakerReference, role: Role) -> set[str]:
    """Names and codes of the actors that the speaker speaks for."""
    side = {role.country, role.affiliation}
    for name in (role.affiliation, reference.name if reference.kind in ("country", "organization") else None):
        mention = find_actor(name) if name else None
        if mention:
            side |= {mention.actor.country, mention.actor.name}
        side.add(name)
    return {name for name in side if name}


def _is_of(actor: Actor, side: set[str]) -> bool:
    return actor.name in side or actor.country in side


def first_characters(spans: Sequence[Span], room: int) -> tuple[Span, ...]:
    """The first of *spans*, *room* characters in all."""
    kept: list[Span] = []
    for start, end in spans:
        if room <= 0:
            break
        kept.append((start, min(end, start + room)))
        room -= end - start
    return tuple(kept)
