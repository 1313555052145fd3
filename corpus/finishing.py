"""What is done by program to an adjudicated article: nothing that needs judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pycountry

from analyzer.marks import Quoted, find_quoted, quotation_kind
from analyzer.quotation import Role, Span
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity

_OUTSIDE = " \n\r\t,;"
_ABBREVIATION = re.compile(r"(?:\b\w\.)+$|\b(?:Co|Corp|Gen|Gov|Inc|Jr|Ltd|Sr|St|etc)\.$")


def finish(article: AnnotatedArticle) -> AnnotatedArticle:
    """*article* with quotations numbered in text order, kinds by their marks, contents without a comma at their
    edges and, where they have a cue, without a full stop at the end unless it is in marks, an abbreviation's or ends a
    whole answer of a transcript; every source is a mention of its speaker; codes that ISO 3166-1 does not have are
    ``None``."""
    quoted = find_quoted(article.text)
    quotations = []
    for number, quotation in enumerate(article.quotations):
        content = tuple(_trim(article.text, span) for span in quotation.content)
        content = (*content[:-1], _set_stop(article.text, content[-1], quotation, quoted))
        kind = quotation_kind(article.text, content, quoted)
        quotations.append(
            replace(
                quotation,
                id=number,
                content=content,
                kind=kind,
                role=None if quotation.role is None else _role(quotation.role),
                stances=tuple(map(_stance, quotation.stances or ())) or None,
            )
        )
    entities = sorted(
        (_entity(entity, quotations) for entity in article.entities), key=lambda entity: entity.id
    )
    return replace(article, quotations=tuple(quotations), entities=tuple(entities))


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while end > start and text[end - 1] in _OUTSIDE:
        end -= 1
    while start < end and text[start] in _OUTSIDE:
        start += 1
    return start, end


def _set_stop(text: str, span: Span, quotation: AnnotatedQuotation, quoted: Sequence[Quoted]) -> Span:
    start, end = span
    answer = [text[first:last] for first, last in quotation.cue] == [":"]
    if answer and text[end - 1].isalnum() and text[end : end + 1] == ".":
        return start, end + 1
    outside = not any(region.start < end <= region.end for region in quoted)
    reported = quotation.cue and not answer and outside
    is_stop = text[end - 1] == "." and text[end - 2] != "." and not _ABBREVIATION.search(text, start, end)
    if reported and is_stop:
        return start, end - 1
    return span


def _entity(entity: Entity, quotations: list[AnnotatedQuotation]) -> Entity:
    mentions = set(entity.mentions)
    for quotation in quotations:
        touched = any(
            start < end and begin < stop for start, stop in quotation.source for begin, end in mentions
        )
        if quotation.speaker == entity.id and quotation.source and not touched:
            mentions.add(quotation.source[0])
    return replace(
        entity,
        mentions=tuple(sorted(mentions)),
        country=_code(entity.country),
        roles=tuple(map(_role, entity.roles)),
    )


def _role(role: Role) -> Role:
    return replace(role, country=_code(role.country))


def _stance(stance: AnnotatedStance) -> AnnotatedStance:
    if stance.target is None:
        return stance
    return replace(stance, target=replace(stance.target, country=_code(stance.target.country)))


def _code(country: str | None) -> str | None:
    return country if country and pycountry.countries.get(alpha_3=country) else None
