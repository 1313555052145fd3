"""Whom a quotation is about: the international actor that its speaker takes a stance toward.

A linear ranking. The candidates are the actors of the content, of its sentence, those named last before and those
that the article names most; beside single actors, pairs of them and `both sides`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from analyzer.countries import find_actors
from analyzer.quotation import QuotationSpans, Role, Span, SpeakerReference, Target, covered_text
from analyzer.sentences import find_sentences
from analyzer.targets.features import Features, Setting, speakers_form, weigh
from analyzer.targets.mentions import Candidate, Mention, find_mentions, mentions_within
from analyzer.targets.prominence import Prominence
from analyzer.targets.sides import is_stated, own_side

LONGEST_CONTENT = 4000
"""Characters of a content that are looked at: later ones tell no target, and contents may overlap."""

_MOST_PREVIOUS = 12
_FARTHEST_PREVIOUS = 1500
_MOVEMENT = re.compile(r"\s(?:movement|militia|group)\b")


class Targets:
    """The actors that the article *text* names: make one, then ask for each quotation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.actors = find_actors(text)
        self.sentences = find_sentences(text)
        self._mentions = find_mentions(text)
        self._prominence = Prominence(self._mentions, self.sentences)
        self._by_candidate: dict[Candidate, list[Mention]] = {}
        self._fullest: dict[Candidate, str] = {}
        for mention in self._mentions:
            self._by_candidate.setdefault(mention.candidate, []).append(mention)

    def find(
        self, quotation: QuotationSpans, speaker: SpeakerReference, role: Role, evidence: int | None = None
    ) -> Target | None:
        """The actor that *quotation* is most plausibly about, ``None`` where the article names no other.

        *evidence* is the offset of the words that tell the stance, by default the content's first word. The speaker's
        own side is no target where the role's words or the speaker's name give it; one that is a guess can be wrong,
        so it is no more than unlikely.
        """
        candidates = self.candidates(quotation, speaker, role, evidence)
        if not candidates:
            return None
        best = max(candidates, key=lambda candidate: weigh(candidates[candidate]))
        return self.target(best, quotation)

    def candidates(
        self, quotation: QuotationSpans, speaker: SpeakerReference, role: Role, evidence: int | None = None
    ) -> dict[Candidate, dict[str, float]]:
        """Those that *quotation* can be about, each with its features; arguments as of ``find``."""
        setting = self._setting(quotation, speaker, role, evidence)
        mentions = (*setting.inside, *setting.around, *setting.previous)
        found = dict.fromkeys([*(mention.candidate for mention in mentions), *self._prominence.most_named])
        candidates = [candidate for candidate in found if not _is_excluded(candidate, setting)]
        if speaker.name and speakers_form(setting):
            candidates.append(Candidate(speaker.name, None, "source"))
        if all(not setting.side.isdisjoint(candidate.members) for candidate in candidates):
            return {}
        features = Features(setting)
        general = self._prominence.features(candidates, setting.side)
        return {candidate: features.of(candidate, general.get(candidate, {})) for candidate in candidates}

    def target(self, candidate: Candidate, quotation: QuotationSpans) -> Target:
        """*candidate* as the target of *quotation*."""
        mentions = self._by_candidate.get(candidate, [])
        span = _mention_for(mentions, quotation) if mentions else quotation.source[0]
        return Target(name=self._fullest_name(candidate), country=candidate.country, spans=(span,))

    def _setting(
        self, quotation: QuotationSpans, speaker: SpeakerReference, role: Role, evidence: int | None
    ) -> Setting:
        first = quotation.content[0][0]
        content = first_characters(quotation.content, LONGEST_CONTENT)
        inside = [mention for span in content for mention in mentions_within(self._mentions, *span)]
        known = set(inside)
        around = mentions_within(self._mentions, *self.sentences.around(first))
        last = bisect_left(self._mentions, first, key=lambda mention: mention.span[0])
        previous = self._mentions[max(0, last - _MOST_PREVIOUS) : last]
        return Setting(
            text=self.text,
            anchor=first if evidence is None else evidence,
            cue=covered_text(self.text, quotation.cue).lower(),
            content=content,
            source=quotation.source[0] if quotation.source else None,
            inside=inside,
            around=[mention for mention in around if mention not in known],
            previous=[mention for mention in previous if mention.span[0] > first - _FARTHEST_PREVIOUS],
            side=own_side(speaker, role),
            side_is_stated=is_stated(speaker, role),
        )

    def _fullest_name(self, candidate: Candidate) -> str:
        """The longest name that the article gives a body or movement, if it is longer than the usual one."""
        if candidate.kind not in ("international", "movement"):
            return candidate.name
        if candidate in self._fullest:
            return self._fullest[candidate]
        names = [candidate.name]
        for mention in self._by_candidate[candidate]:
            start, end = mention.span
            kind = _MOVEMENT.match(self.text, end) if candidate.kind == "movement" else None
            if mention.form == "name":
                names.append(" ".join(self.text[start : kind.end() if kind else end].split()))
        self._fullest[candidate] = max(names, key=len)
        return self._fullest[candidate]


def first_characters(spans: Sequence[Span], room: int) -> tuple[Span, ...]:
    """The first of *spans*, *room* characters in all."""
    kept: list[Span] = []
    for start, end in spans:
        if room <= 0:
            break
        kept.append((start, min(end, start + room)))
        room -= end - start
    return tuple(kept)


def _is_excluded(candidate: Candidate, setting: Setting) -> bool:
    """Whether *candidate* is the speaker's own side, or has it as one of a pair."""
    if setting.side.isdisjoint(candidate.members):
        return False
    return setting.side_is_stated or not candidate.is_actor


def _mention_for(mentions: Sequence[Mention], quotation: QuotationSpans) -> Span:
    """The first of *mentions* in the content, else the last before it, else the first after."""
    for start, end in first_characters(quotation.content, LONGEST_CONTENT):
        within = mentions_within(mentions, start, end)
        if within:
            return within[0].span
    before = bisect_left(mentions, quotation.content[0][0], key=lambda mention: mention.span[0])
    return mentions[max(0, before - 1)].span
