"""The organizations of an article: the same one under a long name, a short one and an acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.countries import ActorMention, actors_within
from analyzer.quotation import Span
from analyzer.speakers.antecedents import Entity

_ACRONYM = re.compile(
    r"(?<![\w'’-])(?P<long>[A-Z][\w'’-]*+(?:\s(?:of|and|for|the|on|in|to|[A-Z][\w'’-]*+)){1,12})"
    r"\s\((?:the\s)?(?P<short>[A-Z][A-Za-z.&-]{1,9})\)"
)
_MODIFIERS = (
    r"(?:[A-Z][\w.’'-]*+|foreign|defen[cs]e|interior|finance|justice|trade|economy|health|unification|energy|"
    r"state|national|central|ruling|opposition|federal)"
)
_WINDOW = 6000
_MOST_NAMESAKES = 20
_SMALL_WORDS = frozenset(
    {"of", "and", "for", "the", "on", "in", "to", "a", "an", "its", "their", "this", "that"}
)


class Bodies:
    """The organizations that speak in an article, joined by the words of their names."""

    def __init__(self, text: str, actors: Sequence[ActorMention]) -> None:
        self._text = text
        self._actors = actors
        self._by_noun: dict[str, list[Entity]] = {}
        self._long_names = dict(_acronyms(text))

    def find(self, span: Span, noun: str) -> Entity | None:
        """The known organization whose name fits the one at *span*, the latest first."""
        words = self._words(span)
        for entity in reversed(self._by_noun.get(noun, [])[-_MOST_NAMESAKES:]):
            if words <= entity.words or entity.words <= words:
                return entity
        return None

    def add(self, span: Span, noun: str) -> Entity:
        """A new organization by the name at *span*; an acronym that the article defines gives the long name."""
        name = " ".join(self._text[slice(*span)].split())
        long_span = self._long_names.get(name)
        if long_span:
            span, noun = long_span, self._text[slice(*long_span)].split()[-1].lower()
            known = self.find(span, noun)
            if known:
                return known
            name = " ".join(self._text[slice(*span)].split())
        entity = Entity("organization", name, noun=noun, words=self._words(span))
        self._by_noun.setdefault(noun, []).append(entity)
        return entity

    def register(self, entity: Entity, name: str) -> None:
        """Let descriptions such as `the agency` find *entity*, an actor known by *name*."""
        words = re.findall(r"\w+", name.lower())
        if words:
            entity.words = frozenset(words) - _SMALL_WORDS
            self._by_noun.setdefault(words[-1], []).append(entity)

    def extend(self, entity: Entity, span: Span) -> None:
        """Take over the name at *span* if it has more words than *entity*'s."""
        words = self._words(span)
        if words > entity.words:
            entity.name, entity.words = " ".join(self._text[slice(*span)].split()), words

    def fuller_name(self, noun: str, position: int) -> Span | None:
        """The last stretch before *position* that names a body with this *noun*: `Norland’s foreign ministry`."""
        if not noun.isalpha():
            return None
        pattern = rf"(?<![\w.’'-])(?:{_MODIFIERS}\s){{1,6}}{noun}\b|\b{noun.title()}\sof\s(?:{_MODIFIERS}\s?){{1,4}}"
        start = max(0, position - _WINDOW)
        found = list(re.finditer(pattern, self._text[start:position]))
        if not found:
            return None
        last = found[-1]
        first, end = start + last.start(), start + last.end()
        article = re.match(r"(?:The|A|An|But|In|And)\s", self._text[first:end])
        return first + (article.end() if article else 0), end - (1 if self._text[end - 1].isspace() else 0)

    def _words(self, span: Span) -> frozenset[str]:
        start, end = span
        words: set[str] = set()
        for mention in actors_within(self._actors, start, end):
            words.add(mention.actor.country or mention.actor.name)
            words.update(self._plain_words(start, mention.span[0]))
            start = mention.span[1]
        return frozenset(words | self._plain_words(start, end))

    def _plain_words(self, start: int, end: int) -> set[str]:
        found = re.findall(r"\w+(?:-\w+)*", self._text[start:end].lower())
        return {word for word in found if word not in _SMALL_WORDS and len(word) > 1}


def _acronyms(text: str) -> list[tuple[str, Span]]:
    """Acronyms in brackets after the name that they stand for, whose initials they repeat."""
    found = []
    for match in _ACRONYM.finditer(text):
        letters = [letter.lower() for letter in match["short"] if letter.isalpha()]
        words = [w for w in re.finditer(r"[\w'’]+", match["long"]) if w[0].lower() not in _SMALL_WORDS]
        words = words[-len(letters) :]
        if [word[0][0].lower() for word in words] == letters:
            found.append((match["short"], (match.start("long") + words[0].start(), match.end("long"))))
    return found
