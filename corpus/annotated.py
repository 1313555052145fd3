"""The data classes of an annotated article: standoff annotation of an untouched text."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.quotation import Consequence, Kind, Role, Span, Speaker, StanceLabel, Target, text_hash


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

    *speaker* is the ``id`` of one of the article's speakers.
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
    """An article with its quotations and speakers. *sha256* is that of *text* in UTF-8."""

    id: str
    text: str
    quotations: tuple[AnnotatedQuotation, ...]
    speakers: tuple[Speaker, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    sha256: str = ""

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", text_hash(self.text))
