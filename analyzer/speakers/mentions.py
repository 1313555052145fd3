"""Where the speakers of an article are mentioned, quotation or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.countries import Actor, ActorMention
from analyzer.quotation import Span
from analyzer.speakers.antecedents import Entity

_WORD = re.compile(r"\w+")


def find_mentions(
    text: str, entities: Sequence[Entity], states: dict[int, Actor], actors: Sequence[ActorMention]
) -> list[tuple[Span, ...]]:
    """For each of *entities* all its mentions in *text*, sorted, without overlaps.

    *states* maps the `id` of an entity to the state or body of *actors* that it is.
    """
    by_actor: dict[Actor, list[Span]] = {}
    for mention in actors:
        if mention.form != "demonym":
            by_actor.setdefault(mention.actor, []).append(mention.span)
    named = {e.name for e in entities if e.kind == "organization" and e.name and id(e) not in states}
    by_name = _occurrences(text, named)
    found = []
    for entity in entities:
        spans = set(entity.mentions)
        if entity.person:
            spans.update(mention.span for mention in entity.person.mentions)
        elif id(entity) in states:
            spans.update(by_actor.get(states[id(entity)], ()))
        elif entity.kind == "organization" and entity.name:
            spans.update(by_name[entity.name])
        found.append(_without_overlaps(spans))
    return found


def _occurrences(text: str, names: set[str]) -> dict[str, list[Span]]:
    """Where each of *names* stands in *text* as whole words, in one pass over the words that can begin one."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        first = _WORD.search(name)
        if first:
            lengths.setdefault(first[0], set()).add(len(name))
    found: dict[str, list[Span]] = {name: [] for name in names}
    for word in _WORD.finditer(text):
        start = word.start()
        for length in lengths.get(word[0], ()):
            end = start + length
            if end <= len(text) and text[start:end] in found and not text[end : end + 1].isalnum():
                found[text[start:end]].append((start, end))
    return found


def _without_overlaps(spans: set[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] < span[1] and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return tuple(kept)
