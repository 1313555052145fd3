"""States under another name: `the Lind administration`, `the government of Sudria`, `the island nation`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from analyzer.countries import Actor, ActorMention, actors_within
from analyzer.known import known_holder
from analyzer.quotation import Span

_GOVERNMENTS = frozenset({"government", "administration", "regime", "leadership"})
_STATES = frozenset({"nation", "country", "state", "kingdom", "dictatorship", "republic"})
_STATE_AFTER = re.compile(
    r"\s(?:of|in)\s(?:the\s)?(?:(?:[A-Z]\w+\s){0,3}Republic\sof\s|(?:United\s)?Kingdom\sof\s)?$"
)
_CLAUSE_START = re.compile(r"(?:^|[.,!?\n]|[.,!?]['’”\"])[ “\"'‘]*(?:[Tt]he )?$")
_CAPITALIZED = re.compile(r"\b[A-Z][\w-]*")
_ADMINISTRATION = re.compile(r"White House|\b([A-Z]\w+) [Aa]dministration\b")
_FARTHEST = 900  # characters back to the state that `the government` is of
_FOREIGN = re.compile(
    r"\b(?:foreign|local|city|regional|provincial|state|municipal|other|central-bank)\s", re.IGNORECASE
)


class Governments:
    """Finds the state that a government or country without its name is."""

    def __init__(self, text: str, actors: Sequence[ActorMention]) -> None:
        self._text = text
        self._actors = [mention for mention in actors if mention.actor.kind == "state"]
        self._states = {mention.actor for mention in self._actors}
        self._by_code = {mention.actor.country: mention.actor for mention in self._actors}
        self._has_administration = self._names_administration()

    def named(self, head: Span) -> Actor | None:
        """The state of a government at *head* by what stands there: its name, demonym or leader."""
        phrase = self._text[slice(*head)]
        noun = self._noun(phrase)
        if noun not in _GOVERNMENTS:
            return None
        within = actors_within(self._actors, *head)
        if within and (
            within[0].span[0] == head[0] or _STATE_AFTER.search(self._text[head[0] : within[0].span[0]])
        ):
            return within[0].actor
        if within and noun in ("administration", "regime"):
            return within[0].actor
        return self._led_by(phrase)

    def meant(self, head: Span) -> Actor | None:
        """The state that `the government`, `the regime` or `the rogue nation` at *head* is, by what was said before."""
        phrase = self._text[slice(*head)]
        noun = self._noun(phrase)
        if noun not in _GOVERNMENTS | _STATES or _FOREIGN.search(phrase):
            return None
        if noun == "administration" and "USA" in self._by_code and self._has_administration:
            return self._by_code["USA"]
        return self._latest(head[0])

    def _latest(self, position: int) -> Actor | None:
        """The state named last before *position* at the head of a sentence's subject, or else just the last one."""
        before = actors_within(self._actors, max(0, position - _FARTHEST), position)
        subjects = [m for m in before if m.form in ("name", "seat") and self._is_subject(m)]
        if subjects:
            return subjects[-1].actor
        return before[-1].actor if before else None

    def _is_subject(self, mention: ActorMention) -> bool:
        start = mention.span[0]
        before = self._text[max(0, start - 8) : start]
        return bool(_CLAUSE_START.search(before)) and not self._text.startswith(
            ("'s", "’s", "-"), mention.span[1]
        )

    def _led_by(self, phrase: str) -> Actor | None:
        """The state of the article whose leader *phrase* names."""
        for word in _CAPITALIZED.findall(phrase):
            state = led_by(word, self._states)
            if state:
                return state
        return None

    def _names_administration(self) -> bool:
        """Whether the White House is named, or an administration by the name of an American president."""
        american = {state for state in self._states if state.country == "USA"}
        leaders = {match[1] for match in _ADMINISTRATION.finditer(self._text)}
        return None in leaders or any(led_by(leader, american) for leader in leaders)

    def _noun(self, phrase: str) -> str:
        return next(iter(re.split(r"\s(?:of|in|under|led)\s", phrase)[0].lower().split()[::-1]), "")


def led_by(name: str, states: Collection[Actor]) -> Actor | None:
    """The one of *states* whose head of state or government the person *name* is known to have been."""
    held = known_holder(name.title() if name.isupper() else name, "head_of_state", states)
    return held[1] if held else None
