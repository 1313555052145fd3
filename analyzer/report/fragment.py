"""One article's text with its quotations, as a piece of HTML for a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from analyzer.quotation import STANCE_LABELS, Analysis, Quotation, StanceLabel
from analyzer.report.segments import Segment, segments

STANCE_SIGNS: dict[StanceLabel, str] = {
    "hostile": "▼",
    "conditional": "◆",
    "conciliatory": "▲",
    "none": "○",
    "unknown": "?",
}
"""The sign beside each stance's colour, for those who cannot tell the colours apart."""

# Half transparent, so that they go with a light notebook and with a dark one.
_WASHES: dict[StanceLabel, str] = {
    "hostile": "rgba(208, 74, 46, .28)",
    "conditional": "rgba(214, 158, 24, .32)",
    "conciliatory": "rgba(36, 138, 152, .28)",
    "none": "rgba(128, 128, 128, .2)",
    "unknown": "rgba(128, 128, 128, .1)",
}
_STANCE_NAMES: dict[StanceLabel, str] = {"none": "no stance", "unknown": "stance unknown"}
_BOX = "max-width: 60em; line-height: 1.6"
_TEXT = "white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; font-family: Georgia, serif"
_NUMBER = "font-size: .7em; vertical-align: .4em; margin-right: .4em; user-select: none"
_CELL = "text-align: left; vertical-align: top; padding: .2em .8em .2em 0"


def highlight(analysis: Analysis) -> str:
    """The text of *analysis* with its quotations coloured by stance, their numbers, and a table of them.

    A fragment of HTML with inline styles and no script; all text in it is escaped.
    """
    pieces = (
        f'<div style="{_BOX}">',
        f'<p style="margin: 0"><strong><bdi>{escape(analysis.title or analysis.id)}</bdi></strong></p>',
        f'<p style="margin: 0 0 .6em">{_key()}</p>',
        f'<div dir="auto" style="{_TEXT}">',
        *map(_segment, segments(analysis.text, analysis.quotations)),
        "</div>",
        _table(analysis),
        "</div>",
    )
    return re.sub("[\ud800-\udfff]", "�", "".join(pieces))


def describe(quotation: Quotation) -> str:
    """One line on *quotation*: speaker, role, stance and target."""
    speaker = quotation.speaker.name or "unknown speaker"
    role = f", {quotation.role.text}" if quotation.role.text else ""
    return f"{speaker}{role}: {_stance(quotation)}"


def _stance(quotation: Quotation) -> str:
    stance = quotation.stance
    if stance.label in _STANCE_NAMES:
        return _STANCE_NAMES[stance.label]
    return f"{stance.label} → {stance.target.name}" if stance.target else stance.label


def _key() -> str:
    return " · ".join(
        f"{_mark(label)}{STANCE_SIGNS[label]} {_STANCE_NAMES.get(label, label)}</mark>"
        for label in STANCE_LABELS
    )


def _mark(label: StanceLabel, title: str = "") -> str:
    described = f' title="{escape(title)}"' if title else ""
    return f'<mark style="color: inherit; background: {_WASHES[label]}"{described}>'


def _segment(segment: Segment) -> str:
    words = escape(segment.text)
    quotation = segment.quotation
    if quotation is None:
        return words
    if segment.evidence:
        words = f"<u>{words}</u>"
    if segment.first:
        sign = STANCE_SIGNS[quotation.stance.label]
        words = f'<span style="{_NUMBER}">{quotation.id + 1}{sign}</span>{words}'
    return f"{_mark(quotation.stance.label, describe(quotation))}{words}</mark>"


def _table(analysis: Analysis) -> str:
    if not analysis.quotations:
        return "<p>No quotations.</p>"
    heads = "".join(
        f'<th scope="col" style="{_CELL}">{head}</th>' for head in ("", "Speaker", "Role", "Stance")
    )
    return (
        f'<table style="margin-top: .8em"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(_rows(analysis))}</tbody></table>"
    )


def _rows(analysis: Analysis) -> Iterator[str]:
    for quotation in analysis.quotations:
        label = quotation.stance.label
        stance = f"{_mark(label)}{STANCE_SIGNS[label]} <bdi>{escape(_stance(quotation))}</bdi></mark>"
        speaker = escape(quotation.speaker.name or "unknown")
        cells = (
            str(quotation.id + 1),
            f"<bdi>{speaker}</bdi>",
            f"<bdi>{escape(quotation.role.text or '')}</bdi>",
        )
        yield "".join(("<tr>", *(f'<td style="{_CELL}">{cell}</td>' for cell in (*cells, stance)), "</tr>"))
