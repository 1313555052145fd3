"""The data classes that analysis passes on and hands out; all frozen, all offsets in code points of the article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Span = tuple[int, int]
"""``(start, end)``: offsets in code points into the article's text, ``end`` exclusive."""

Kind = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "organization", "country", "group", "anonymous", "document", "unknown"]
StanceLabel = Literal["hostile", "conditional", "conciliatory", "none", "unknown"]
Consequence = Literal["cooperative", "adverse"]

KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")
SPEAKER_KINDS: tuple[SpeakerKind, ...] = (
    "person",
    "organization",
    "country",
    "group",
    "anonymous",
    "document",
    "unknown",
)
STANCE_LABELS: tuple[StanceLabel, ...] = ("hostile", "conditional", "conciliatory", "none")
"""What a quotation's stance is; ``unknown`` is said only where the analysis abstains."""
ROLE_CATEGORIES = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "deputy_minister",
    "spokesperson",
    "diplomat",
    "official",
    "legislator",
    "party_politician",
    "military",
    "international_official",
    "expert",
    "media",
    "business",
    "civil_society",
    "citizen",
    "institution",
    "unknown",
)
SCHEMA_VERSION = 1


def covered_text(text: str, spans: Sequence[Span]) -> str:
    """The words of *text* under *spans*; several spans are joined by one space."""
    return " ".join(text[start:end] for start, end in spans)


def text_hash(text: str) -> str:
    """SHA-256 of *text* in UTF-8, as hexadecimal digits (lone surrogates are kept as they are)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationSpans:
    """A quotation as the model finds it: where it stands, before anyone asks who the source is.

    *content*, *cue* and *source* are in text order; *cue* and *source* may be empty.
    *quotation_probability* is that of the content, *source_probability* that of the linked source (or of
    there being none), both in [0, 1].
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    quotation_probability: float = 1.0
    source_probability: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The entity behind one or more sources. *mentions* are all its mentions found in the article, in order."""

    id: int
    name: str | None
    kind: SpeakerKind
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerReference:
    """A quotation's speaker. *resolved_by* says what led from the source to the entity:
    ``name``, ``pronoun``, ``description``, ``itself`` (the source is the fullest name) or ``none``.
    """

    id: int
    name: str | None
    kind: SpeakerKind
    resolved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What the article says the speaker is; ``None`` where it says nothing. *country* is ISO 3166-1 alpha-3."""

    text: str | None
    spans: tuple[Span, ...]
    title: str | None
    affiliation: str | None
    country: str | None
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The international actor that a stance is taken toward. *country* is ISO 3166-1 alpha-3, if it is one."""

    name: str
    country: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """The speaker's stance. *probabilities* maps every label of ``STANCE_LABELS`` to [0, 1], summing to 1.

    *label* is ``unknown`` where none of them is as likely as was asked for; there is no target or evidence then.
    """

    label: StanceLabel
    consequence: Consequence | None
    probabilities: dict[str, float]
    target: Target | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure each stage is, in [0, 1]; ``None`` from a stage that gives no probability."""

    quotation: float
    source: float
    speaker: float | None
    stance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One quotation with everything that is known of it."""

    id: int
    kind: Kind
    spans: tuple[Span, ...]
    text: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: SpeakerReference
    role: Role
    stance: Stance
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The analysis of one article; ``to_dict`` gives the JSON object of the output format.

    *title*, *date* (of publication, ``YYYY-MM-DD``) and *outlet* are those of ``analyzer.article.Article``.
    """

    id: str
    text: str
    quotations: tuple[Quotation, ...]
    speakers: tuple[Speaker, ...]
    model: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    warnings: tuple[str, ...] = ()
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", text_hash(self.text))

    def to_dict(self) -> dict[str, Any]:
        """The output format's object, made of JSON's types only."""
        return {
            "schema": SCHEMA_VERSION,
            "id": self.id,
            "title": self.title,
            "date": self.date,
            "outlet": self.outlet,
            "sha256": self.sha256,
            "text": self.text,
            "quotations": [_plain(quotation) for quotation in self.quotations],
            "speakers": [_plain(speaker) for speaker in self.speakers],
            "model": self.model,
            "warnings": list(self.warnings),
        }

    def _repr_html_(self) -> str:
        """The article with its quotations highlighted, for notebooks."""
        from analyzer.report import highlight

        return highlight(self)

    def to_json(self) -> str:
        """One line of JSON; code points that UTF-8 cannot carry are escaped, so the line can always be written."""
        line = json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            return json.dumps(self.to_dict(), allow_nan=False)
        return line


def _plain(value: Any) -> Any:
    """*value* as JSON's types: data classes as objects, tuples as arrays, probabilities to four places."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
