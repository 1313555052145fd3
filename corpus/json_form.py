"""The JSON form of an annotated article: standoff, without the article's text, tied to it by its SHA-256.

::

    {"schema": 1, "id": "seed", "sha256": "…", "metadata": {"annotator": "…"},
     "quotations": [
       {"id": 0, "kind": "direct", "content": [[375, 535]], "cue": [[544, 548]], "source": [[536, 543]],
        "speaker": 1,
        "role": {"spans": [[195, 226]], "title": "deputy foreign minister", "affiliation": "Russia",
                 "country": "RUS", "category": "deputy_minister"},
        "stances": [{"label": "conditional", "consequence": "cooperative",
                     "target": {"name": "Japan", "country": "JPN", "spans": [[495, 500]]},
                     "evidence": [[489, 533]]}]}],
     "entities": [{"id": 1, "name": "Andrey Rudenko", "kind": "person", "country": null,
                   "mentions": [[227, 241], [536, 543]],
                   "roles": [{"spans": [[195, 226]], "title": "deputy foreign minister",
                              "affiliation": "Russia", "country": "RUS", "category": "deputy_minister"}]}]}

Every key must be there; ``null`` says that a layer was not annotated (kind, speaker, role, stances) or that
the article has no answer. The words of a role are not stored: they are what its spans cover, so that
annotations of other people's text can be published without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from analyzer.quotation import (
    ROLE_CATEGORIES,
    SCHEMA_VERSION,
    Consequence,
    Kind,
    Role,
    Span,
    StanceLabel,
    Target,
    covered_text,
    text_hash,
)
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity, EntityKind


class AnnotationError(ValueError):
    """An annotated article that cannot be read. *problems* has one message each; each names the file."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def load_article(path: Path, *, text: str | None = None) -> AnnotatedArticle:
    """Read the annotated article at *path*; its text is *text*, or else what is in the ``.txt`` beside it of
    the same stem.

    Raises AnnotationError if either file cannot be read, the JSON is not of this form (all deviations are
    listed), or the text is not the one that was annotated. Whether the annotations make sense on the text is
    another question: see ``corpus.validate``.
    """
    form = _read_form(path)
    words = read_text(path.with_suffix(".txt")) if text is None else text
    found = text_hash(words)
    if found != form.sha256:
        raise AnnotationError(
            [
                f"{path}: the text is not the one that it annotates: its SHA-256 is {found}, expected "
                f"{form.sha256}; restore the original text, since offsets into another one mean nothing"
            ]
        )
    return AnnotatedArticle(
        id=form.id,
        text=words,
        quotations=tuple(_to_quotation(quotation, words) for quotation in form.quotations),
        entities=tuple(_to_entity(entity, words) for entity in form.entities),
        metadata=form.metadata,
        sha256=form.sha256,
    )


def dump_article(article: AnnotatedArticle, path: Path) -> None:
    """Write *article* to *path* in its JSON form, one quotation or entity a line, without the text."""
    head = {
        "schema": SCHEMA_VERSION,
        "id": article.id,
        "sha256": article.sha256,
        "metadata": article.metadata,
    }
    lines = [f" {_json(key)}: {_json(value)}," for key, value in head.items()]
    lines += [' "quotations": [', *_rows(map(_from_quotation, article.quotations)), " ],"]
    lines += [' "entities": [', *_rows(map(_from_entity, article.entities)), " ]"]
    path.write_text("\n".join(["{", *lines, "}", ""]), encoding="utf-8", newline="\n")


def read_text(path: Path) -> str:
    """The file's text in UTF-8, line ends untouched. Raises AnnotationError."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise AnnotationError([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise AnnotationError(
            [f"{path}: byte {error.start}: not UTF-8; convert the file to UTF-8"]
        ) from error


def _read_form(path: Path) -> _ArticleForm:
    try:
        value = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise AnnotationError([f"{path}: {where}: not JSON: {error.msg}"]) from error
    try:
        # As JSON, arrays may stand for tuples; as Python objects, strict validation would refuse them.
        return _ArticleForm.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise AnnotationError([f"{path}: {_place(e['loc'])}: {e['msg']}" for e in error.errors()]) from error


def _place(location: tuple[int | str, ...]) -> str:
    """A path into the JSON document, such as ``quotations[3].stances[0].label``."""
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return place.lstrip(".") or "the document"


def _to_quotation(form: _QuotationForm, text: str) -> AnnotatedQuotation:
    return AnnotatedQuotation(
        id=form.id,
        content=form.content,
        cue=form.cue,
        source=form.source,
        kind=form.kind,
        speaker=form.speaker,
        role=None if form.role is None else _to_role(form.role, text),
        stances=None if form.stances is None else tuple(map(_to_stance, form.stances)),
    )


def _to_entity(form: _EntityForm, text: str) -> Entity:
    return Entity(
        id=form.id,
        name=form.name,
        kind=form.kind,
        country=form.country,
        mentions=form.mentions,
        roles=tuple(_to_role(role, text) for role in form.roles),
    )


def _to_role(form: _RoleForm, text: str) -> Role:
    return Role(**dict(form), text=covered_text(text, form.spans) or None)


def _to_stance(form: _StanceForm) -> AnnotatedStance:
    return AnnotatedStance(
        label=form.label,
        target=None if form.target is None else Target(**dict(form.target)),
        evidence=form.evidence,
        consequence=form.consequence,
    )


def _from_quotation(quotation: AnnotatedQuotation) -> dict[str, Any]:
    value = asdict(quotation)
    if value["role"] is not None:
        del value["role"]["text"]
    return value


def _from_entity(entity: Entity) -> dict[str, Any]:
    value = asdict(entity)
    for role in value["roles"]:
        del role["text"]
    return value


def _rows(values: Iterable[dict[str, Any]]) -> list[str]:
    rows = [f"  {_json(value)}" for value in values]
    return [f"{row}," for row in rows[:-1]] + rows[-1:]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _TargetForm(_Form):
    name: str
    country: str | None
    spans: tuple[Span, ...]


class _StanceForm(_Form):
    label: StanceLabel
    consequence: Consequence | None
    target: _TargetForm | None
    evidence: tuple[Span, ...]


class _RoleForm(_Form):
    spans: tuple[Span, ...]
    title: str | None
    affiliation: str | None
    country: str | None
    category: str

    @field_validator("category")
    @classmethod
    def _is_listed(cls, category: str) -> str:
        if category not in ROLE_CATEGORIES:
            raise ValueError(f"{category!r} is no role category; choose from {', '.join(ROLE_CATEGORIES)}")
        return category


class _QuotationForm(_Form):
    id: int
    kind: Kind | None
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: int | None
    role: _RoleForm | None
    stances: tuple[_StanceForm, ...] | None


class _EntityForm(_Form):
    id: int
    name: str | None
    kind: EntityKind
    country: str | None
    mentions: tuple[Span, ...]
    roles: tuple[_RoleForm, ...]


class _ArticleForm(_Form):
    schema_version: Literal[1] = Field(alias="schema")
    id: str
    sha256: str
    metadata: dict[str, str]
    quotations: tuple[_QuotationForm, ...]
    entities: tuple[_EntityForm, ...]
