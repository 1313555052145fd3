"""The data classes of an annotated article: standoff annotation of an untouched text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from analyzer.quotation import (
    SPEAKER_KINDS,
    Consequence,
    Kind,
    QuotationSpans,
    Role,
    Span,
    SpeakerKind,
    StanceLabel,
    Target,
    text_hash,
)

EntityKind = Literal[SpeakerKind, "place"]
ENTITY_KINDS: tuple[EntityKind, ...] = (*SPEAKER_KINDS, "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Whoever or whatever an article speaks of: its speakers, targets and, in the own articles, all others too.

    *name* is the fullest one that the article gives, ``None`` for the anonymous. *country* is the ISO 3166-1
    alpha-3 code of a state. *mentions* are in text order; the antecedents of a mention are the earlier ones.
    *roles* are the offices that the article gives the entity, the main one first.
    """

    id: int
    name: str | None
    kind: EntityKind
    country: str | None = None
    mentions: tuple[Span, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedStance:
    """An annotated stance; *evidence* holds the shortest span that decides the label."""

    label: StanceLabel
    target: Target | None = None
    evidence: tuple[Span, ...] = ()
    consequence: Consequence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedQuotation:
    """An annotated quotation. Layers that were not annotated are ``None``.

    *speaker* is the ``id`` of one of the article's entities; *role* is the one in which it speaks here.
    """

    id: int
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    kind: Kind | None = None
    speaker: int | None = None
    role: Role | None = None
    stances: tuple[AnnotatedStance, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """An article with its quotations and entities. *sha256* is that of *text* in UTF-8."""

    id: str
    text: str
    quotations: tuple[AnnotatedQuotation, ...]
    entities: tuple[Entity, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    sha256: str = ""

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", text_hash(self.text))


def with_stances(article: AnnotatedArticle) -> list[tuple[QuotationSpans, AnnotatedStance]]:
    """The quotations of *article* that have an annotated stance, as the model takes them, each with its first one."""
    return [
        (QuotationSpans(content=q.content, cue=q.cue, source=q.source), q.stances[0])
        for q in article.quotations
        if q.stances
    ]
