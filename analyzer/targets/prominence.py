"""How much an article is about each actor, and which actors it names together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations

from analyzer.sentences import Sentences
from analyzer.targets.mentions import Candidate, Mention
from analyzer.targets.sides import Side

_HEAD = 350  # characters of headline, dateline and first sentence
_MOST_IN_SENTENCE = 6  # a sentence with more actors is a list of members
_MOST_NAMED = 6


class Prominence:
    """Counts over all *mentions* of an article. *most_named* are the actors that are named most, in this order."""

    def __init__(self, mentions: Sequence[Mention], sentences: Sentences) -> None:
        self._first: dict[Candidate, int] = {}
        self._counts: Counter[Candidate] = Counter()
        in_sentence: dict[int, set[Candidate]] = {}
        for mention in mentions:
            if mention.candidate.is_actor:
                start = mention.span[0]
                self._counts[mention.candidate] += 1
                self._first.setdefault(mention.candidate, start)
                in_sentence.setdefault(sentences.start(start), set()).add(mention.candidate)
        self.most_named = [candidate for candidate, _ in self._counts.most_common(_MOST_NAMED)]
        self._pairs = Counter(
            (one, other)
            for named in in_sentence.values()
            if len(named) <= _MOST_IN_SENTENCE
            for first, second in permutations(named, 2)
            for one in first.members
            for other in second.members
        )

    def features(self, candidates: Iterable[Candidate], side: Side) -> dict[Candidate, dict[str, float]]:
        """What the whole article says for each of *candidates* as the target of a speaker of *side*.

        *share* of the mentions of other actors than those of *side*, *head* if first named there, *together*: the
        sentences with *side* as a share of those of the candidate with most; the rank of those named most.
        """
        others = [c for c in self.most_named if side.isdisjoint(c.members)]
        total = sum(self._counts[c] for c in others) or 1
        actors = [c for c in candidates if c in self._counts]
        together = {
            c: sum(self._pairs[member, name] for member in c.members for name in side) for c in actors
        }
        most_together = max(together.values(), default=0) or 1
        found: dict[Candidate, dict[str, float]] = {}
        for candidate in actors:
            found[candidate] = {
                "share": self._counts[candidate] / total,
                "head": float(self._first[candidate] < _HEAD),
                "together": together[candidate] / most_together,
            }
            if candidate in others[:3]:
                found[candidate][f"most named {others.index(candidate)}"] = 1.0
        return found
