"""Which state an office or a body belongs to when its words name none: the one that most in the article speaks for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.countries import Actor, ActorMention
from analyzer.marks import find_quoted
from analyzer.paragraphs import paragraph_spans
from analyzer.places import find_state_mentions
from analyzer.quotation import Span
from analyzer.sentences import Sentences

# What speaks for a state, and how much: fitted on the corpus's training split and rounded.
_IN_SENTENCE = 1.6  # named before the office in its sentence
_AT_SENTENCE_START = 1.0  # `In Osaka the mayor`, `Norland's parliament met, and the speaker`
_LAST_IN_PARAGRAPH = 1.3
_LAST = 0.7
_SAME_OFFICE = 1.0  # elsewhere in the article the office is that state's: `the Norwegian foreign ministry`
_HOME = 1.0  # the article comes from there: its dateline, its letterhead
_FIRST = 0.4  # the first that the article names
_OFTEN = 0.9  # one of the two that the article names most
_SHARE = 0.5
_HOLDER = 0.6  # the same for the mentions of the office's holder, on the average

_MOST_CANDIDATES = 6
_MOST_MENTIONS = 6
_HEAD = 350
_SENTENCE_START = 25
_LETTERHEAD = re.compile(
    r"(?:Republic|Government|Kingdom|Province|State|Embassy|Permanent Mission) of (?:the )?$|Ministry[^.\n]{0,40}, $"
)
_WORDS_AFTER = re.compile(r"(?:['’]s?)?\s((?:[\w-]+\s?){1,3})")


class States:
    """The states that an article names, and where."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self._text = text
        self._sentences = sentences
        self.mentions = find_state_mentions(text)
        self.named = {mention.actor for mention in self.mentions}
        self._reported = _outside_quotes(text, self.mentions)
        self._reported_starts = [mention.span[0] for mention in self._reported]
        self._paragraphs = [start for start, _ in paragraph_spans(text)]
        self._counts = Counter(mention.actor for mention in self.mentions)
        self._most = [actor for actor, _ in self._counts.most_common(_MOST_CANDIDATES)]
        self._by_office = self._states_by_office()
        self.home = self._home()
        self._general_votes = self._vote_generally()

    def state_of(self, span: Span, mentions: Sequence[Span] = ()) -> Actor | None:
        """The most likely state of the office or body at *span*, ``None`` if the article names no state.

        What stands before the *mentions* of its holder counts too, together a little less.
        """
        votes = dict(self._general_votes)
        for actor, vote in (*self._votes_at(span[0]), *self._votes_for(self._text[slice(*span)])):
            votes[actor] = votes.get(actor, 0.0) + vote
        holder = mentions[:_MOST_MENTIONS]
        for start, _ in holder:
            for actor, vote in self._votes_at(start):
                votes[actor] = votes.get(actor, 0.0) + _HOLDER * vote / len(holder)
        return max(votes, key=lambda actor: votes[actor]) if votes else None

    def _votes_at(self, position: int) -> Iterator[tuple[Actor, float]]:
        """The votes of the states that are named shortly before *position*."""
        last = bisect_right(self._reported_starts, position - 1) - 1
        if last < 0:
            return
        yield self._reported[last].actor, _LAST
        paragraph = self._paragraphs[bisect_right(self._paragraphs, position) - 1] if self._paragraphs else 0
        if self._reported_starts[last] >= paragraph:
            yield self._reported[last].actor, _LAST_IN_PARAGRAPH
        sentence = self._sentences.start(position)
        first = bisect_left(self._reported_starts, sentence)
        in_sentence = self._reported[first : last + 1]
        yield from ((actor, _IN_SENTENCE) for actor in {mention.actor for mention in in_sentence})
        if (
            in_sentence
            and in_sentence[0].form == "seat"
            and in_sentence[0].span[0] < sentence + _SENTENCE_START
        ):
            yield in_sentence[0].actor, _AT_SENTENCE_START

    def _votes_for(self, phrase: str) -> Iterator[tuple[Actor, float]]:
        """The votes of the states that the article gives the office or body *phrase* elsewhere."""
        words = phrase.lower().split()[:3]
        for actor in self._by_office.get(" ".join(words), ()):
            yield actor, _SAME_OFFICE

    def _vote_generally(self) -> dict[Actor, float]:
        total = sum(self._counts.values())
        votes = {actor: _SHARE * self._counts[actor] / total for actor in self._most}
        for actor in self._most[:2]:
            votes[actor] += _OFTEN
        if self.mentions and self.mentions[0].actor in votes:
            votes[self.mentions[0].actor] += _FIRST
        if self.home in votes:
            votes[self.home] += _HOME
        return votes

    def _home(self) -> Actor | None:
        """The state of the first place, or letterhead, at the article's head."""
        for mention in self.mentions:
            start = mention.span[0]
            if start > _HEAD:
                return None
            if mention.form in ("seat", "body") or _LETTERHEAD.search(self._text, max(0, start - 60), start):
                return mention.actor
        return None

    def _states_by_office(self) -> dict[str, set[Actor]]:
        """Whose each office is whose words follow a state's name: of one word, two and three."""
        found: dict[str, set[Actor]] = {}
        for mention in self.mentions:
            match = _WORDS_AFTER.match(self._text, mention.span[1], mention.span[1] + 60)
            words = match[1].lower().split() if match else []
            for count in range(1, len(words) + 1):
                found.setdefault(" ".join(words[:count]), set()).add(mention.actor)
        return found


def _outside_quotes(text: str, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Those of *mentions* that stand in the reporter's own words."""
    quoted = [(region.start, region.end) for region in find_quoted(text) if region.depth == 1]
    starts = [start for start, _ in quoted]
    reported = []
    for mention in mentions:
        index = bisect_right(starts, mention.span[0]) - 1
        if index < 0 or mention.span[0] >= quoted[index][1]:
            reported.append(mention)
    return reported
