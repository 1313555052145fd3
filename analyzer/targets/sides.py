"""Whose side a speaker is on, as far as it bears on the target."""

from __future__ import annotations

from analyzer.countries import actor_in, find_actor
from analyzer.known import known_holder
from analyzer.quotation import Role, SpeakerReference

Side = frozenset[str]
"""Names and codes of the actors that a speaker speaks for; empty where nothing is known of them."""

_NAMED_KINDS = frozenset({"country", "organization"})


def own_side(speaker: SpeakerReference, role: Role) -> Side:
    """Names and codes of the actors that *speaker*, who is *role*, speaks for."""
    side = {role.country, role.affiliation}
    for name in (role.affiliation, speaker.name if speaker.kind in _NAMED_KINDS else None):
        mention = find_actor(name) if name else None
        if mention:
            side |= {mention.actor.country, mention.actor.name}
        side.add(name)
    return frozenset(name for name in side if name)


def is_stated(speaker: SpeakerReference, role: Role) -> bool:
    """Whether the side's state is no guess: it stands in the words of the *role* or the speaker's name, or is known."""
    texts = (role.text, speaker.name if speaker.kind in _NAMED_KINDS else None)
    actor = next((actor for text in texts if text and (actor := actor_in(text))), None)
    return (actor is not None and actor.country == role.country) or _is_known(speaker, role)


def _is_known(speaker: SpeakerReference, role: Role) -> bool:
    """Whether the speaker is known to have held such an office of the state: `President` and the name of one."""
    state = actor_in(role.affiliation) if role.affiliation else None
    if not speaker.name or state is None or state.country != role.country:
        return False
    return known_holder(speaker.name, role.category, {state}) is not None
