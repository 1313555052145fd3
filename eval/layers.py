"""Measures of what is said about a quotation: its speaker, role, stance and target, on articles of the corpus.

All are counts per article that add up (``Counts``), so that intervals and comparisons are those of the span measures.
Where every case gets one answer, F1 is the share of right answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from analyzer.countries import find_actor
from analyzer.names import fold_name
from analyzer.quotation import Analysis, Quotation, Role, Speaker, StanceLabel, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from eval.confusion import Confusion, confuse_found
from eval.matching import Pairs, match_overlapping, sources_match
from eval.metrics import Counts

Layer = Literal[
    "resolved",
    "speaker of a name",
    "speaker of a pronoun",
    "speaker of a description",
    "role text",
    "role category",
    "role country",
    "target",
    "evidence",
]
LAYERS: tuple[Layer, ...] = get_args(Layer)

LEAST_SHARED_WORDS = 0.5
"""Of two texts of a role, the least share of their words that are in both."""

_PRONOUNS = frozenset(
    "all another both he her him his i it many me one others she some that their them these they this those us we "
    "which who you".split()
)
_ARTICLES = frozenset(("a", "an", "the"))
_WORD = re.compile(r"\w+")
_ABBREVIATION = re.compile(r"(?<=\b[A-Z])\.")


def count_layers(gold: AnnotatedArticle, predicted: Analysis) -> dict[Layer, Counts]:
    """Compare the analysis of an article with its annotation, by each of ``LAYERS``.

    Quotations are matched by overlap. *resolved* is over all quotations: the match and the same speaker. The
    speaker of a name, a pronoun, a description is judged where the source is right, by that source's words. The
    role's text is judged where the speaker is right, its category and country where the quotation is. Target and
    evidence are judged where a label other than none is right.
    """
    return _Comparison(gold, predicted).counts()


def match_speakers(gold: AnnotatedArticle, predicted: Analysis) -> Pairs:
    """The quotations that overlap and have the same speaker, as ``(gold index, predicted index)``."""
    return _Comparison(gold, predicted).same_speaker()


def confuse_stances(gold: AnnotatedArticle, predicted: Analysis) -> Confusion:
    """Which labels all quotations have, end to end: one that is not found, or is none, has no label on that side."""
    return confuse_found(
        [_label(quotation) for quotation in gold.quotations],
        [quotation.stance.label for quotation in predicted.quotations],
        _Comparison(gold, predicted).matched,
    )


def is_same_speaker(text: str, gold: Entity | None, predicted: Speaker) -> bool:
    """Whether *predicted* is the entity *gold* of the article *text*, called by the fullest name that it gives.

    A state is known by its code, a person by the name's words, a body by any form of its name. What
    has no name of its own (groups, anonymous speakers, documents) is the same if it has a mention in common.
    ``None`` is the same as an unknown speaker.
    """
    if gold is None or predicted.kind == "unknown":
        return gold is None and predicted.kind == "unknown"
    if gold.kind == "country" and gold.country:
        found = find_actor(predicted.name or "")
        return found is not None and found.actor.country == gold.country
    if gold.kind == "person":
        return fold_name(gold.name or "") == fold_name(predicted.name or "")
    forms = {_fold(text[start:end]) for start, end in gold.mentions if _is_proper(text[start:end])}
    if gold.kind == "organization" and _is_proper(gold.name or ""):
        return _fold(predicted.name or "") in forms | {_fold(gold.name or "")}
    return any(sources_match([mention], [other]) for mention in gold.mentions for other in predicted.mentions)


def source_form(words: str, gold: Entity | None) -> Literal["name", "pronoun", "description"]:
    """How a source with these *words* speaks of the entity *gold*."""
    # `US` and `U.S.` are none.
    if words.casefold() in _PRONOUNS and (words == "I" or not words.isupper()):
        return "pronoun"
    actor = find_actor(words)
    if gold and gold.country and actor and actor.actor.country == gold.country:
        return "name"
    name = set(fold_name(gold.name or "")) if gold else set()
    return "name" if name & set(fold_name(words)) and _is_proper(words) else "description"


class _Comparison:
    def __init__(self, gold: AnnotatedArticle, predicted: Analysis) -> None:
        self.text = gold.text
        self.gold, self.predicted = gold.quotations, predicted.quotations
        self.entities: dict[int | None, Entity] = {entity.id: entity for entity in gold.entities}
        self.speakers = {speaker.id: speaker for speaker in predicted.speakers}
        self.matched = match_overlapping([q.content for q in self.gold], [q.spans for q in self.predicted])
        self.pairs = [(self.gold[i], self.predicted[j]) for i, j in self.matched]

    def same_speaker(self) -> Pairs:
        return tuple((i, j) for i, j in self.matched if self._same_speaker(self.gold[i], self.predicted[j]))

    def counts(self) -> dict[Layer, Counts]:
        same = [(self.gold[i], self.predicted[j]) for i, j in self.same_speaker()]
        right = [pair for pair in self.pairs if sources_match(pair[0].source, pair[1].source)]
        forms = [source_form(self._source(q), self.entities.get(q.speaker)) for q, _ in right]
        labelled = [(first_stance(q), p) for q, p in self.pairs if p.stance.label == _label(q) != "none"]
        counts: dict[Layer, Counts] = {
            "resolved": Counts(len(same), len(self.gold), len(same), len(self.predicted)),
            "role text": _count_roles([(q.role, p.role) for q, p in same]),
            "role category": _share(
                q.role is not None and q.role.category == p.role.category for q, p in self.pairs
            ),
            "role country": _share(
                q.role is not None and q.role.country == p.role.country for q, p in self.pairs
            ),
            "target": _share(is_same_target(stance.target, p.stance.target) for stance, p in labelled),
            "evidence": _share(sources_match(stance.evidence, p.stance.evidence) for stance, p in labelled),
        }
        for form, layer in (
            ("name", "speaker of a name"),
            ("pronoun", "speaker of a pronoun"),
            ("description", "speaker of a description"),
        ):
            counts[layer] = _share(  # type: ignore[index]
                self._same_speaker(*pair) for pair, found in zip(right, forms, strict=True) if found == form
            )
        return counts

    def _same_speaker(self, gold: AnnotatedQuotation, predicted: Quotation) -> bool:
        return is_same_speaker(
            self.text, self.entities.get(gold.speaker), self.speakers[predicted.speaker.id]
        )

    def _source(self, quotation: AnnotatedQuotation) -> str:
        return " ".join(self.text[start:end] for start, end in quotation.source)


def is_same_target(gold: Target | None, predicted: Target | None) -> bool:
    """Whether two targets are the same actor: by the code of the state if both have one, else by the name."""
    if gold is None or predicted is None:
        return gold is predicted
    if gold.country or predicted.country:
        return gold.country == predicted.country
    return _fold(gold.name) == _fold(predicted.name)


def is_same_role_text(gold: str, predicted: str) -> bool:
    """Whether two texts of a role share at least ``LEAST_SHARED_WORDS`` of their words, articles aside."""
    first, second = (set(map(str.casefold, _WORD.findall(text))) - _ARTICLES for text in (gold, predicted))
    return len(first & second) >= LEAST_SHARED_WORDS * len(first | second)


def is_right_role_text(gold: Role | None, predicted: Role) -> bool:
    """Whether the texts of two roles are the same, or both have none."""
    right, given = gold.text if gold else None, predicted.text
    return is_same_role_text(right, given) if right and given else not right and not given


def first_stance(quotation: AnnotatedQuotation) -> AnnotatedStance:
    """The stance that *quotation* is judged by: its first one, ``none`` if it has none."""
    return quotation.stances[0] if quotation.stances else AnnotatedStance(label="none")


def _count_roles(pairs: Sequence[tuple[Role | None, Role]]) -> Counts:
    texts = [(gold.text if gold else None, predicted.text) for gold, predicted in pairs]
    right = sum(bool(gold and found and is_same_role_text(gold, found)) for gold, found in texts)
    return Counts(
        right, sum(gold is not None for gold, _ in texts), right, sum(found is not None for _, found in texts)
    )


def _share(answers: Iterable[bool]) -> Counts:
    given = list(answers)
    return Counts(sum(given), len(given), sum(given), len(given))


def _label(quotation: AnnotatedQuotation) -> StanceLabel:
    return first_stance(quotation).label


def _fold(name: str) -> str:
    name = _ABBREVIATION.sub("", name)
    return " ".join(word for word in _WORD.findall(name.casefold()) if word not in _ARTICLES)


def _is_proper(name: str) -> bool:
    """Whether *name* has a capital, a leading article aside: `the Security Council`, and not `the council`."""
    words = [word for word in _WORD.findall(name) if word.casefold() not in _ARTICLES]
    return any(word[0].isupper() for word in words)
