"""Analyses made by hand, for the tests of what shows and writes them."""

from __future__ import annotations

from analyzer.quotation import (
    Analysis,
    Confidence,
    Quotation,
    Role,
    Span,
    Speaker,
    SpeakerReference,
    Stance,
    StanceLabel,
    Target,
    covered_text,
)

NO_ROLE = Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")

TEXT = (
    "Norland's chief negotiator Ana Lind met the press on Friday.\r\n"
    "“We will return,” Lind said, “if Sudria opens the strait.”\r\n"
    "Sudria's foreign ministry called the offer a farce.\r\n"
)


def spans_of(text: str, *pieces: str) -> tuple[Span, ...]:
    """Where each of *pieces* first stands in *text*."""
    return tuple((text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def make_quotation(
    text: str,
    *pieces: str,
    id: int = 0,
    source: str = "",
    speaker: str | None = None,
    role: str | None = None,
    stance: StanceLabel = "none",
    target: str | None = None,
    evidence: str = "",
) -> Quotation:
    """The quotation of *pieces* of *text*; what is not given is absent."""
    probabilities = {"hostile": 0.1, "conditional": 0.1, "conciliatory": 0.1, "none": 0.1} | {stance: 0.7}
    return Quotation(
        id=id,
        kind="direct",
        spans=spans_of(text, *pieces),
        text=covered_text(text, spans_of(text, *pieces)),
        cue=(),
        source=spans_of(text, source) if source else (),
        speaker=SpeakerReference(id=id, name=speaker, kind="person", resolved_by="name"),
        role=NO_ROLE
        if role is None
        else Role(
            text=role, spans=(), title=role.lower(), affiliation=None, country=None, category="official"
        ),
        stance=Stance(
            label=stance,
            consequence="cooperative" if stance == "conditional" else None,
            probabilities=probabilities,
            target=None if target is None else Target(name=target, country=None, spans=()),
            evidence=spans_of(text, evidence) if evidence else (),
        ),
        confidence=Confidence(quotation=0.97, source=0.93, speaker=None, stance=0.7),
    )


def make_analysis(text: str, *quotations: Quotation, id: str = "news/strait.txt") -> Analysis:
    """The analysis of *text* with *quotations*."""
    references = [quotation.speaker for quotation in quotations]
    speakers = tuple(Speaker(id=who.id, name=who.name, kind=who.kind) for who in references)
    return Analysis(id=id, text=text, quotations=quotations, speakers=speakers, model="hand-made 1")


def strait_analysis() -> Analysis:
    """`TEXT` with a conditional quotation in two pieces and a hostile one without a role."""
    lind = make_quotation(
        TEXT,
        "“We will return,”",
        "“if Sudria opens the strait.”",
        source="Lind",
        speaker="Ana Lind",
        role="Norland's chief negotiator",
        stance="conditional",
        target="Sudria",
        evidence="if Sudria opens the strait",
    )
    ministry = make_quotation(
        TEXT,
        "the offer a farce",
        id=1,
        source="Sudria's foreign ministry",
        speaker="Sudria's foreign ministry",
        stance="hostile",
        target="Norland",
        evidence="a farce",
    )
    return make_analysis(TEXT, lind, ministry)
