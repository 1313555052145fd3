"""Annotated articles back in the annotators' notation, for the adjudicator to read and for anybody to correct."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.quotation import Role, Span
from corpus.anchors import GAP, all_anchors, find_anchor
from corpus.annotated import AnnotatedArticle, Entity

_SHORT = 8
"""Longer spans are written by their first and last words, if these are enough to find them."""


def write_notation(article: AnnotatedArticle) -> str:
    """*article* as ``read_notation`` reads it: the same quotations and entities come back.

    Raises ValueError if a span's words cannot be told from others, however much context is copied.
    """
    blocks = [entity_lines(article.text, entity) for entity in article.entities]
    blocks += [quotation_lines(article, place) for place in range(len(article.quotations))]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def entity_lines(text: str, entity: Entity) -> list[str]:
    """The lines of one of the entities of an article with this *text*."""
    code = f" ({entity.country})" if entity.country else ""
    if not code and re.search(r"\([A-Z]{3}\)$", entity.name or ""):
        code = " (-)"
    lines = [f"E{entity.id} {entity.kind} {entity.name or '-'}{code}"]
    left = set(entity.mentions)
    forms = []
    for form in sorted({text[start:end] for start, end in entity.mentions}, key=len, reverse=True):
        # A form stands for all its occurrences only where all of them are this entity's.
        places = [place for place in all_anchors(text, form) if not _inside(place, entity.mentions)]
        if "\n" not in form and len(places) > 1 and set(places) <= set(entity.mentions):
            forms.append(form)
            left -= set(places)
    if forms:
        lines.append(f"all: {' | '.join(forms)}")
    lines += [f"at: {_copied(text, mention, ())}" for mention in sorted(left)]
    return lines + [f"role: {_role(text, role, entity.mentions)}" for role in entity.roles]


def _inside(place: Span, mentions: Sequence[Span]) -> bool:
    return any(start <= place[0] and place[1] <= end and (start, end) != place for start, end in mentions)


def _role(text: str, role: Role, mentions: Sequence[Span]) -> str:
    words = _spans(text, role.spans, mentions)
    fields = (words, role.title, role.affiliation, role.country, role.category)
    return " | ".join(field or "-" for field in fields)


def quotation_lines(article: AnnotatedArticle, place: int) -> list[str]:
    """The lines of *article*'s quotation number *place*."""
    text, quotation = article.text, article.quotations[place]
    entities = {entity.id: entity for entity in article.entities}
    previous = article.quotations[place - 1].content[0][0] if place else 0
    content, cue = quotation.content, quotation.cue
    lines = [
        f"Q {quotation.kind}",
        f"content: {' || '.join(_content(text, content, previous))}",
        f"cue: {_spans(text, cue, content)}",
        f"source: {_spans(text, quotation.source, cue or content)}",
        f"speaker: {'unknown' if quotation.speaker is None else f'E{quotation.speaker}'}",
    ]
    if quotation.speaker is not None and quotation.role in (roles := entities[quotation.speaker].roles)[1:]:
        lines.append(f"role: {roles.index(quotation.role) + 1}")
    ids = {(entity.name, entity.country): entity.id for entity in article.entities}
    for stance in quotation.stances or ():
        lines.append(f"stance: {stance.label}{f' {stance.consequence}' if stance.consequence else ''}")
        if stance.target is not None:
            words = _spans(text, stance.target.spans, content, within=True) if stance.target.spans else ""
            lines.append(f"target: E{ids[stance.target.name, stance.target.country]} {words}".rstrip())
        if stance.evidence:
            lines.append(f"evidence: {_spans(text, stance.evidence, content + cue, within=True)}")
    return lines


def _content(text: str, content: Sequence[Span], previous: int) -> Iterator[str]:
    start = previous
    for span in content:
        for copied in _candidates(text, span):
            later = [place for place in all_anchors(text, copied) if place[0] >= start]
            if later and min(later) == span:
                yield copied
                break
        else:
            yield _copied(text, span, ())
        start = span[1]


def _spans(text: str, spans: Sequence[Span], near: Sequence[Span], *, within: bool = False) -> str:
    return " || ".join(_copied(text, span, near, within=within) for span in spans) or "-"


def _copied(text: str, span: Span, near: Sequence[Span], *, within: bool = False) -> str:
    for copied in _candidates(text, span):
        if find_anchor(text, copied, near=near, within=within) == span:
            return copied
    raise ValueError(f"offset {span[0]}: these words cannot be told from others: {text[span[0] : span[1]]!r}")


def _candidates(text: str, span: Span) -> Iterator[str]:
    """Ways to copy *span*, the shortest first: by its ends, whole, then with more and more words around it."""
    start, end = span
    words = text[start:end].split()
    if len(words) > _SHORT:
        for count in (3, 5, 8):
            if 2 * count < len(words):
                yield f"{' '.join(words[:count])} {GAP} {' '.join(words[-count:])}"
    whole = " ".join(words)
    yield whole
    for width in (12, 25, 50, 100, 200):
        before, after = text[max(0, start - width) : start], text[end : end + width]
        # Without the word that the cut goes through; of a single one that may be all.
        if start > width:
            before = re.sub(r"^\S*(\s|$)", "", before)
        if end + width < len(text):
            after = re.sub(r"(^|\s)\S*$", "", after)
        yield re.sub(r"\s+", " ", before) + f"[[{whole}]]" + re.sub(r"\s+", " ", after)
