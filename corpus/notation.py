"""The notation in which annotators write: the article's own words instead of offsets, one field a line.

::

    E1 person Andrey Rudenko
    all: Andrey Rudenko | Rudenko
    at: [[He]] told TASS | [[the deputy minister]]
    role: Russian Deputy Foreign Minister | deputy foreign minister | Russia | RUS | deputy_minister

    E2 country Japan (JPN)
    all: Japan | Tokyo
    role: - | - | Japan | JPN | institution

    Q direct
    content: “They can talk about <...> toward Russia,”
    cue: told
    source: Rudenko
    speaker: E1
    stance: conditional cooperative
    target: E2 Japan
    evidence: until Japan <...> toward Russia

``corpus/NOTATION.md`` tells annotators how to write it. Copied words are found as ``corpus.anchors`` says; ``||``
stands between the spans of one part, ``|`` between mentions, ``-`` for a part that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from analyzer.quotation import (
    KINDS,
    ROLE_CATEGORIES,
    STANCE_LABELS,
    Consequence,
    Role,
    Span,
    Target,
    covered_text,
)
from corpus.anchors import AnchorError, all_anchors, find_anchor
from corpus.annotated import (
    ENTITY_KINDS,
    AnnotatedArticle,
    AnnotatedQuotation,
    AnnotatedStance,
    Entity,
    EntityKind,
)

_ENTITY = re.compile(r"E(\d+)\s+(\w+)\s+(.+?)(?:\s+\(([A-Z]{3}|-)\))?")
_FIELDS = {
    "E": ("all", "at", "not", "role"),
    "Q": ("content", "cue", "source", "speaker", "role", "stance", "target", "evidence"),
}


class NotationError(ValueError):
    """Annotations that cannot be read. *problems* has one message each, with its line."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(slots=True)
class _Block:
    """An entity or a quotation as written: the lines' fields with their line numbers."""

    line: int
    head: str
    fields: list[tuple[int, str, str]] = field(default_factory=list)

    def values(self, name: str) -> list[tuple[int, str]]:
        return [(line, value) for line, key, value in self.fields if key == name]


def read_notation(written: str, text: str, *, id: str, metadata: dict[str, str]) -> AnnotatedArticle:
    """The annotated article of *text* that *written* describes. Raises NotationError with all problems."""
    problems: list[str] = []
    entities: dict[int, Entity] = {}
    quotations: list[AnnotatedQuotation] = []
    blocks = _read_blocks(written, problems)
    for block in blocks:
        with _noting(problems, block):
            if block.head.startswith("E"):
                entity = _read_entity(block, text, problems)
                if entity.id in entities:
                    raise ValueError(f"E{entity.id} is there twice")
                entities[entity.id] = entity
    for block in blocks:
        with _noting(problems, block):
            if block.head.startswith("Q"):
                quotations.append(_QuotationReader(block, text, entities, quotations).read(len(quotations)))
    if problems:
        raise NotationError(problems)
    return AnnotatedArticle(
        id=id, text=text, quotations=tuple(quotations), entities=tuple(entities.values()), metadata=metadata
    )


class _noting:
    """Turns the errors of one block into a problem, so that all are reported at once."""

    def __init__(self, problems: list[str], block: _Block) -> None:
        self._problems, self._block = problems, block

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, ValueError):
            self._problems.append(f"line {self._block.line} ({self._block.head}): {error}")
            return True
        return False


def _read_blocks(written: str, problems: list[str]) -> list[_Block]:
    blocks: list[_Block] = []
    for number, line in enumerate(written.splitlines(), start=1):
        line = line.strip()
        key, colon, value = line.partition(":")
        if not line or line.startswith("#"):
            continue
        if re.match(r"(E\d+|Q)\b", line):
            blocks.append(_Block(number, line))
        elif not blocks or not colon or key not in _FIELDS[blocks[-1].head[0]]:
            known = ", ".join(_FIELDS[blocks[-1].head[0]]) if blocks else "E1 … or Q … first"
            problems.append(f"line {number}: {line[:60]!r} is no field here; known: {known}")
        elif value.strip() not in ("", "-") or key in ("content", "speaker"):
            blocks[-1].fields.append((number, key, value.strip()))
    return blocks


def _read_entity(block: _Block, text: str, problems: list[str]) -> Entity:
    match = _ENTITY.fullmatch(block.head)
    if match is None or match[2] not in ENTITY_KINDS:
        raise ValueError(f"write: E1 KIND NAME, or E1 KIND NAME (ISO); kinds: {', '.join(ENTITY_KINDS)}")
    name = None if match[3] == "-" else match[3]
    mentions: list[Span] = []
    for line, form in _listed(block, "all"):
        places = all_anchors(text, form)
        if not places:
            problems.append(f"line {line}: {form!r} is not in the article")
        mentions += places
    excluded = {place for line, form in _listed(block, "not") for place in _place(form, text, line, problems)}
    mentions = [place for place in mentions if place not in excluded]
    for line, form in _listed(block, "at"):
        mentions += _place(form, text, line, problems)
    mentions = _longest(mentions)
    roles = tuple(_read_role(value, text, mentions) for _, value in block.values("role"))
    return Entity(
        id=int(match[1]),
        name=name,
        kind=cast(EntityKind, match[2]),
        country=None if match[4] == "-" else match[4],
        mentions=tuple(mentions),
        roles=roles,
    )


def _listed(block: _Block, name: str) -> Iterator[tuple[int, str]]:
    for line, value in block.values(name):
        yield from ((line, form.strip()) for form in value.split(" | ") if form.strip())


def _place(form: str, text: str, line: int, problems: list[str]) -> list[Span]:
    try:
        return [find_anchor(text, form)]
    except AnchorError as error:
        problems.append(f"line {line}: {error}")
        return []


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Of overlapping *spans* the longer ones: a surname inside the full name is no mention of its own."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def _read_role(value: str, text: str, mentions: Sequence[Span]) -> Role:
    parts = [None if part.strip() in ("-", "") else part.strip() for part in value.split(" | ")]
    if len(parts) != 5 or parts[4] not in ROLE_CATEGORIES:
        raise ValueError(
            f"role {value!r}: write TEXT | TITLE | AFFILIATION | ISO | CATEGORY, with - for what is not there; "
            f"categories: {', '.join(ROLE_CATEGORIES)}"
        )
    words, title, affiliation, country, category = (*parts[:4], str(parts[4]))
    spans: tuple[Span, ...] = () if words is None else _find_spans(text, words, mentions)
    return Role(
        text=covered_text(text, spans) if spans else None,
        spans=spans,
        title=None if title is None else title.lower(),
        affiliation=affiliation,
        country=country,
        category=category,
    )


def _find_spans(text: str, value: str, near: Sequence[Span], *, within: bool = False) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in value.split("||"):
        spans.append(find_anchor(text, part.strip(), near=near, within=within))
    return tuple(sorted(spans))


class _QuotationReader:
    def __init__(
        self, block: _Block, text: str, entities: dict[int, Entity], before: Sequence[AnnotatedQuotation]
    ) -> None:
        self._block, self._text, self._entities = block, text, entities
        self._from = before[-1].content[0][0] if before else 0

    def read(self, number: int) -> AnnotatedQuotation:
        kind = self._block.head[1:].strip()
        if kind not in KINDS:
            raise ValueError(f"write Q and its kind: {', '.join(KINDS)}")
        for name in ("content", "cue", "source", "speaker"):
            if len(values := self._block.values(name)) > 1:
                raise ValueError(
                    f"{name}: is there twice; line {values[1][0]} needs a Q line of its own before it"
                )
        content = self._content()
        cue = self._part("cue", content)
        source = self._part("source", cue or content)
        speaker, role = self._speaker()
        return AnnotatedQuotation(
            id=number,
            content=content,
            cue=cue,
            source=source,
            kind=kind,
            speaker=speaker,
            role=role,
            stances=tuple(self._stances(content, cue)),
        )

    def _content(self) -> tuple[Span, ...]:
        spans: list[Span] = []
        for part in self._only("content").split("||"):
            # Quotations are written in the order of the text: of equal words those that come next are meant.
            start = spans[-1][1] if spans else self._from
            places = all_anchors(self._text, part.strip())
            later = [place for place in places if place[0] >= start]
            spans.append(min(later) if later else find_anchor(self._text, part.strip()))
        return tuple(sorted(spans))

    def _part(self, name: str, near: tuple[Span, ...]) -> tuple[Span, ...]:
        values = self._block.values(name)
        return _find_spans(self._text, values[0][1], near) if values else ()

    def _only(self, name: str) -> str:
        values = self._block.values(name)
        if not values or not values[0][1]:
            raise ValueError(f"{name}: is missing")
        return values[0][1]

    def _speaker(self) -> tuple[int | None, Role | None]:
        entity = self._entity(self._only("speaker"))
        if entity is None:
            return None, _no_role()
        number = self._block.values("role")
        index = int(number[0][1]) - 1 if number and number[0][1].isdigit() else 0
        if number and not 0 <= index < len(entity.roles):
            raise ValueError(
                f"role: E{entity.id} has {len(entity.roles)} roles; write the number of one of them"
            )
        return entity.id, entity.roles[index] if entity.roles else _no_role()

    def _entity(self, name: str) -> Entity | None:
        if name == "unknown":
            return None
        match = re.fullmatch(r"E(\d+)", name)
        if match is None or int(match[1]) not in self._entities:
            raise ValueError(f"{name!r} is none of this file's entities; write E and its number")
        return self._entities[int(match[1])]

    def _stances(self, content: tuple[Span, ...], cue: tuple[Span, ...]) -> Iterator[AnnotatedStance]:
        self._only("stance")
        groups: list[dict[str, str]] = []
        for _, key, value in self._block.fields:
            if key == "stance":
                groups.append({"stance": value})
            elif key in ("target", "evidence"):
                if not groups:
                    raise ValueError(f"{key}: comes after its stance:")
                groups[-1][key] = value
        for group in groups:
            yield self._stance(group, content, cue)

    def _stance(
        self, group: dict[str, str], content: tuple[Span, ...], cue: tuple[Span, ...]
    ) -> AnnotatedStance:
        label, _, consequence = group["stance"].partition(" ")
        consequence = consequence.strip()
        if label not in STANCE_LABELS:
            raise ValueError(f"stance {label!r}: write one of {', '.join(STANCE_LABELS)}")
        if (label == "conditional") != (consequence in get_args(Consequence)):
            raise ValueError(
                "stance: 'conditional cooperative' or 'conditional adverse'; no other label has either"
            )
        if label != "none" and not ("target" in group and "evidence" in group):
            raise ValueError(f"stance {label}: needs target: and evidence:")
        evidence = group.get("evidence")
        return AnnotatedStance(
            label=label,
            target=self._target(group["target"], content) if "target" in group else None,
            evidence=()
            if evidence is None
            else _find_spans(self._text, evidence, content + cue, within=True),
            consequence=cast(Consequence, consequence) if consequence else None,
        )

    def _target(self, value: str, content: tuple[Span, ...]) -> Target:
        name, _, words = value.partition(" ")
        entity = self._entity(name)
        if entity is None or entity.name is None:
            raise ValueError(f"target {value!r}: a target is an entity with a name")
        spans = _find_spans(self._text, words.strip(), content, within=True) if words.strip() else ()
        return Target(name=entity.name, country=entity.country, spans=spans)


def _no_role() -> Role:
    return Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")
