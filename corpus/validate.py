"""Validation of annotated articles: what must hold between the annotations, the text and the guidelines."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pycountry

from analyzer.marks import find_quoted, quotation_kind
from analyzer.quotation import SPEAKER_KINDS, Role, Span, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from corpus.json_form import AnnotationError, load_article


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an annotation. *offset* is where in the article's text, if anywhere."""

    offset: int | None
    message: str

    def __str__(self) -> str:
        return self.message if self.offset is None else f"offset {self.offset}: {self.message}"


def validate_file(path: Path, *, text: str | None = None) -> tuple[str, ...]:
    """All problems of the annotated article at *path*, each as one line that begins with the file's name.

    *text* is as in ``load_article``. A file that cannot be read has that as its problem.
    """
    try:
        article = load_article(path, text=text)
    except AnnotationError as error:
        return error.problems
    return tuple(f"{path}: {problem}" for problem in find_problems(article))


def find_problems(article: AnnotatedArticle) -> tuple[Problem, ...]:
    """All problems of *article*, in the order of its quotations, then of its entities."""
    problems = [
        *_repeated("quotation", (quotation.id for quotation in article.quotations)),
        *_repeated("entity", (entity.id for entity in article.entities)),
    ]
    entities = {entity.id: entity for entity in article.entities}
    for quotation in article.quotations:
        found = [
            *_span_problems(article.text, quotation),
            *_kind_problems(article.text, quotation),
            *_speaker_problems(quotation, entities),
            *_role_problems(article.text, quotation.role),
            *_stance_problems(article.text, quotation.stances),
            *_target_entity_problems(quotation, entities),
        ]
        problems += [
            Problem(problem.offset, f"quotation {quotation.id}: {problem.message}") for problem in found
        ]
    for entity in article.entities:
        for problem in _entity_problems(article.text, entity):
            problems.append(Problem(problem.offset, f"entity {entity.id}: {problem.message}"))
    return tuple(problems)


def _repeated(what: str, ids: Iterable[int]) -> Iterator[Problem]:
    for number, times in Counter(ids).items():
        if times > 1:
            yield Problem(None, f"{what} {number}: the id is used {times} times; give each its own")


def _span_problems(text: str, quotation: AnnotatedQuotation) -> Iterator[Problem]:
    if not quotation.content:
        yield Problem(None, "content has no span; a quotation needs one")
    yield from _check_spans(text, "content", quotation.content)
    for part, spans in (("cue", quotation.cue), ("source", quotation.source)):
        yield from _check_spans(text, part, spans)
        for start, end in quotation.content:
            for other_start, other_end in spans:
                if start < other_end and other_start < end:
                    yield Problem(
                        max(start, other_start),
                        f"content [{start}, {end}) overlaps the {part} [{other_start}, {other_end}); "
                        "they must be apart",
                    )


def _kind_problems(text: str, quotation: AnnotatedQuotation) -> Iterator[Problem]:
    if quotation.kind is None or not quotation.content:
        return
    marked = quotation_kind(text, quotation.content, find_quoted(text))
    if marked != quotation.kind:
        yield Problem(
            quotation.content[0][0],
            f"kind is {quotation.kind!r}, but by its quotation marks it is {marked!r}",
        )


def _speaker_problems(quotation: AnnotatedQuotation, entities: Mapping[int, Entity]) -> Iterator[Problem]:
    if quotation.speaker is None:
        return
    speaker = entities.get(quotation.speaker)
    if speaker is None:
        yield Problem(None, f"speaker {quotation.speaker} is not among the article's entities")
        return
    if speaker.kind not in SPEAKER_KINDS:
        yield Problem(None, f"speaker {speaker.id} is a {speaker.kind}, which cannot speak")
    role = quotation.role
    if role is not None and role.spans and speaker.roles and role not in speaker.roles:
        yield Problem(role.spans[0][0], f"the role is none of the roles of its speaker, entity {speaker.id}")
    if quotation.source and not _touch(quotation.source, speaker.mentions):
        yield Problem(
            quotation.source[0][0], f"the source holds no mention of its speaker, entity {speaker.id}"
        )


def _entity_problems(text: str, entity: Entity) -> Iterator[Problem]:
    yield from _check_spans(text, "mentions", entity.mentions)
    yield from _country_problems("entity", entity.country)
    for role in entity.roles:
        yield from _role_problems(text, role)


def _target_entity_problems(
    quotation: AnnotatedQuotation, entities: Mapping[int, Entity]
) -> Iterator[Problem]:
    """A target is an entity of the article, and never the speaker, but for a group whose members mean each other."""
    for stance in quotation.stances or ():
        if stance.target is None or not entities:
            continue
        named = [entity for entity in entities.values() if entity.name == stance.target.name]
        if not named:
            yield Problem(None, f"target {stance.target.name!r} is not among the article's entities")
        elif named[0].kind != "group" and [entity.id for entity in named] == [quotation.speaker]:
            yield Problem(None, f"target {stance.target.name!r} is the speaker; nobody is their own target")


def _touch(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(start < end and begin < stop for start, stop in spans for begin, end in others)


def _role_problems(text: str, role: Role | None) -> Iterator[Problem]:
    if role is None:
        return
    yield from _check_spans(text, "role", role.spans)
    yield from _country_problems("role", role.country)
    if role.title is not None and role.title != role.title.lower():
        yield Problem(None, f"role title {role.title!r} must be in lower case")


def _stance_problems(text: str, stances: tuple[AnnotatedStance, ...] | None) -> Iterator[Problem]:
    if stances == ():
        yield Problem(None, "stances is empty; write null if not annotated, or one stance 'none'")
    for stance in stances or ():
        what = f"stance {stance.label!r}"
        if stance.label != "none" and stance.target is None:
            yield Problem(None, f"{what} has no target; without one the label is 'none'")
        if stance.label != "none" and not stance.evidence:
            yield Problem(None, f"{what} has no evidence; give the shortest span that decides it")
        if stance.label == "conditional" and stance.consequence is None:
            yield Problem(None, f"{what} has no consequence; choose 'cooperative' or 'adverse'")
        if stance.label != "conditional" and stance.consequence is not None:
            yield Problem(None, f"{what} has a consequence; only 'conditional' has one, write null")
        yield from _check_spans(text, "evidence", stance.evidence)
        yield from _target_problems(text, stance.target)


def _target_problems(text: str, target: Target | None) -> Iterator[Problem]:
    if target is not None:
        yield from _check_spans(text, "target", target.spans)
        yield from _country_problems("target", target.country)


def _country_problems(what: str, code: str | None) -> Iterator[Problem]:
    # pycountry looks codes up without regard to case.
    if code is not None and (not code.isupper() or pycountry.countries.get(alpha_3=code) is None):
        yield Problem(None, f"{what} country {code!r} is no ISO 3166-1 alpha-3 code, such as 'JPN'")


def _check_spans(text: str, part: str, spans: Sequence[Span]) -> Iterator[Problem]:
    """Problems of one part's spans with the text, and with each other."""
    for start, end in spans:
        where = f"{part} [{start}, {end})"
        if start >= end:
            yield Problem(start, f"{where} is empty or runs backwards; the start must be less than the end")
        elif start < 0 or end > len(text):
            yield Problem(start, f"{where} does not lie in the text of {len(text)} characters")
        else:
            yield from _edge_problems(text, where, start, end)
    for (start, end), (next_start, next_end) in pairwise(spans):
        if next_start < end:
            yield Problem(
                next_start,
                f"{part} [{next_start}, {next_end}) overlaps or precedes [{start}, {end}); "
                "spans must be apart and in text order",
            )


def _edge_problems(text: str, where: str, start: int, end: int) -> Iterator[Problem]:
    shown = repr(text[max(0, start - 10) : start] + "[" + text[start:end] + "]" + text[end : end + 10])
    if text[start].isspace() or text[end - 1].isspace():
        yield Problem(start, f"{where} begins or ends with white space: {shown}")
    for edge, side in ((start, "begins"), (end, "ends")):
        if 0 < edge < len(text) and _in_word(text[edge - 1]) and _in_word(text[edge]):
            yield Problem(edge, f"{where} {side} inside a word: {shown}")


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
