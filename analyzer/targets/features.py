"""What speaks for and against a candidate as the target of a quotation: features that `targets` weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analyzer.quotation import Span
from analyzer.tables import DATA, read_table
from analyzer.targets.mentions import Candidate, Mention, actors_of
from analyzer.targets.sides import Side

_ADDRESSING = re.compile(
    r"\b(?:accus|urg|warn|ask|thank|blam|critici[sz]|prais|call(?:ed|s|ing)? (?:on|for|up)|condemn|denounc|welcom|"
    r"invit|implor|appeal|press|demand|tell|told|assur|remind|inform|want|slam|blast|rebuk|scold|lambast|attack|"
    r"lash|commend|congratulat|hail|applaud|propos|offer|threat|challeng|oppos|reject|support|back)"
)
_PRONOUN = re.compile(
    r"\b(?:they|them|their|theirs|you|your|he|him|his|she|her|it|its|neighbou?rs?|the other)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(with|against|toward|towards|on|at|to|from|between|of|in|into|by|for|and|over|than|like|as|about|if|unless|"
    r"until|when|that|before|after|both|our|its|their|his)\s(?:the\s|both\s|all\s|a\s)?$",
    re.IGNORECASE,
)
_SAME_BEFORE = {"towards": "toward", "until": "if", "unless": "if", "when": "if", "into": "in"} | {
    "its": "our",
    "their": "our",
}
_VERB = re.compile(r"\s(?:will|would|must|should|had|were|are|do|did|can|could|may|might|[a-z]+s)\b")
# What a body stands before as an instrument: `UN sanctions against Sudria` are no matter of the UN's.
_INSTRUMENT = re.compile(
    r"(?:['’]s)?\s(?:\S+\s)?(?:sanctions?|resolutions?|charter|summit|council|general|inspectors|experts|panel|"
    r"session|headquarters|meeting|rules|agreement|communique|accords?|statement)\b",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"(?:(?:both|each) |the (?:two|three|four)\b|(?:the (?:\w+ )?)?(?:parties|sides|delegations|governments|countries|"
    r"leaders|ministers|negotiators)\b)",
    re.IGNORECASE,
)
_NEAR = 60  # characters between a mention and the words that decide the stance
_OPENING = 8
_PRONOUNS_WITHIN = 600


@dataclass(frozen=True, slots=True)
class Setting:
    """What all candidates of one quotation in *text* have in common.

    *anchor* is where the words that decide the stance begin; *source* the first span of the speaker's words;
    *inside* are the mentions in the *content*, *around* those in the rest of its sentence, *previous* the last
    before it, all in order. *side* is the speaker's, *side_is_stated* if that is no guess.
    """

    text: str
    anchor: int
    cue: str
    content: Sequence[Span]
    source: Span | None
    inside: Sequence[Mention]
    around: Sequence[Mention]
    previous: Sequence[Mention]
    side: Side
    side_is_stated: bool


class Features:
    """The features of the candidates of one *setting*."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        foreign = [m for m in setting.inside if setting.side.isdisjoint(m.candidate.members)]
        foreign.sort(key=lambda m: abs(m.span[0] - setting.anchor))
        self._by_distance = list(dict.fromkeys(m.candidate for m in foreign))
        self._named = "others named" if foreign else "none named"
        before = [m for m in reversed(setting.previous) if setting.side.isdisjoint(m.candidate.members)]
        self._last = list(dict.fromkeys(m.candidate for m in before))[:2]
        first = setting.content[0][0]
        has_pronoun = _PRONOUN.search(
            setting.text, first, min(first + _PRONOUNS_WITHIN, setting.content[0][1])
        )
        self._pronoun = "pronoun" if has_pronoun else "no pronoun"
        self._addressed = "addressed" if _ADDRESSING.search(setting.cue) else "not addressed"
        self._known = "side known" if setting.side else "side unknown"
        self._speakers = speakers_form(setting)

    def of(self, candidate: Candidate, general: Mapping[str, float]) -> dict[str, float]:
        """The features of *candidate*: those that it has here, each 1, and its *general* ones of the article."""
        found = dict(general)
        found |= {f"{name}, {self._named}": value for name, value in general.items()}
        here = (*self._of_kind(candidate), *self._of_source(candidate), *self._of_place(candidate))
        return found | dict.fromkeys(here, 1.0)

    def _of_kind(self, candidate: Candidate) -> Iterator[str]:
        yield f"kind {candidate.kind}"
        if not self._setting.side.isdisjoint(candidate.members):
            # Its weight is above 0 since it makes up for the ranks, which are those of other actors only.
            yield "own side, guessed"
        if candidate.kind == "source":
            yield f"source {self._speakers}"
            yield f"source {self._speakers}, {self._named}"
        elif self._speakers:
            yield f"kind {candidate.kind}, several speak"

    def _of_source(self, candidate: Candidate) -> Iterator[str]:
        setting = self._setting
        if setting.source is None:
            return
        start, end = setting.source
        near = (*setting.previous, *setting.around)
        if any(m.candidate == candidate and start <= m.span[0] < end for m in near):
            yield f"in source, {self._known}"
        before = [m for m in setting.previous if m.span[0] < start]
        if before and before[-1].candidate == candidate:
            yield f"last before source, {self._known}"

    def _of_place(self, candidate: Candidate) -> Iterator[str]:
        setting = self._setting
        mentions = [m for m in setting.inside if m.candidate == candidate]
        if mentions:
            yield "in content"
            if len(mentions) > 1:
                yield "often in content"
            yield from self._of_mention(min(mentions, key=lambda m: abs(m.span[0] - setting.anchor)))
        elif any(m.candidate == candidate for m in setting.around):
            yield f"in sentence, {self._named}"
        if candidate in self._by_distance:
            yield f"distance {min(self._by_distance.index(candidate), 2)}"
            if len(self._by_distance) == 1:
                yield "only one in content"
        if candidate in self._last:
            yield f"last {self._last.index(candidate)}, {self._named}"
            yield f"last {self._last.index(candidate)}, {self._named}, {self._pronoun}"

    def _of_mention(self, mention: Mention) -> Iterator[str]:
        setting, (start, end) = self._setting, mention.span
        yield f"form {mention.form}"
        if abs(start - setting.anchor) < _NEAR:
            yield "shortly after evidence" if start >= setting.anchor else "shortly before evidence"
        before = _BEFORE.search(setting.text, max(0, start - 24), start)
        if before:
            word = before[1].lower()
            yield f"after {_SAME_BEFORE.get(word, word)}"
        if start - setting.content[0][0] < _OPENING:
            yield f"opens content, {self._addressed}"
        if _INSTRUMENT.match(setting.text, end, end + 40):
            yield f"instrument, {mention.candidate.kind}"
        elif _VERB.match(setting.text, end, end + 20):
            yield "subject"
        if setting.text.startswith(("'s", "’s"), end):
            yield "possessive"


def speakers_form(setting: Setting) -> str | None:
    """How the source says that several speak, who can be each other's targets: ``named``, ``sides``, or not at all."""
    if setting.source is None:
        return None
    start, end = setting.source
    near = (*setting.previous, *setting.around)
    named = actors_of([m for m in near if start <= m.span[0] and m.span[1] <= end])
    if len(named) > 1:
        return "named"
    return "sides" if not named and _SIDES.match(setting.text, start, end) else None


def weigh(features: Mapping[str, float]) -> float:
    """The sum of *features* by the weights that ``training/targets.py`` has fitted."""
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in read_table(DATA / "target_weights.tsv")}
