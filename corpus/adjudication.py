"""Two passes side by side for the adjudicator, and the article that the decisions make of them.

The adjudicator reads ``Comparison.render`` and writes a line for each difference, as ``corpus/process/adjudicators.md``
says: ``D3 A``, ``D3 B``, or ``D3 =`` and own lines of the notation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.quotation import Span
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, Entity
from corpus.notation_writer import entity_lines, quotation_lines

_DECISION = re.compile(r"D(\d+)\s*([AB=])\s*(.*)")
_CHANGE = re.compile(r"change (.+?) => (.*)")
_FIELDS = ("content", "cue", "source", "speaker", "stance")


class DecisionError(ValueError):
    """Decisions that cannot be carried out. *problems* has one message each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Difference:
    """*what* differs, and each annotator's lines for it; no lines for what one of them does not have."""

    what: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """*blocks* are the notation's, in order; an item of a block is a line or a difference."""

    id: str
    text: str
    blocks: tuple[tuple[str | Difference, ...], ...]

    @property
    def differences(self) -> list[Difference]:
        """All differences; a decision names them by their place in this list, from 1."""
        return [item for block in self.blocks for item in block if isinstance(item, Difference)]

    def render(self) -> str:
        """The article, what both have or only the differences' places, and the differences."""
        number = 0
        lines = [f"##### {self.id}", self.text, "--- both agree on, or A has"]
        for block in self.blocks:
            for item in block:
                number += isinstance(item, Difference)
                lines.append(f"@D{number}" if isinstance(item, Difference) else item)
            lines.append("")
        lines.append("--- differences")
        for number, difference in enumerate(self.differences, start=1):
            lines.append(f"D{number} {difference.what}")
            for name, own in (("A", difference.first), ("B", difference.second)):
                lines += [
                    f"  {name if not place else ' '}: {line}"
                    for place, line in enumerate(own or ["(nothing)"])
                ]
        return "\n".join([*lines, ""])

    def apply(self, decisions: str) -> str:
        """The adjudicated article in the notation. Raises DecisionError for what is undecided or not understood."""
        chosen, added, changes, remarks = _read_decisions(decisions, self.differences)
        blocks = []
        number = 0
        for block in self.blocks:
            lines: list[str] = []
            for item in block:
                number += isinstance(item, Difference)
                lines += chosen[number] if isinstance(item, Difference) else [item]
            blocks.append("\n".join(lines))
        written = "\n\n".join([*remarks, *(block for block in blocks if block), *added]) + "\n"
        for old, new in changes:
            if old not in written:
                raise DecisionError([f"change: {old!r} is not in the annotation"])
            written = written.replace(old, new)
        return written


def compare_passes(
    first: AnnotatedArticle, second: AnnotatedArticle, pairs: Sequence[tuple[int, int]]
) -> Comparison:
    """*first* and *second* annotate the same text; *pairs* are the places of the quotations that both found
    (see ``eval.matching.match_overlapping``)."""
    numbers = _entity_numbers(first.entities, second.entities)
    second = _renumber(second, numbers)
    blocks = [*_entity_blocks(first, second)]
    matched = dict(pairs)
    found = [(q.content[0][0], 0, place) for place, q in enumerate(first.quotations)]
    only_second = set(range(len(second.quotations))) - set(matched.values())
    found += [(second.quotations[place].content[0][0], 1, place) for place in only_second]
    for _, side, place in sorted(found):
        if side:
            lines = tuple(quotation_lines(second, place))
            blocks.append((Difference("only B has this quotation (A = leave out, B = keep)", (), lines),))
        elif place not in matched:
            lines = tuple(quotation_lines(first, place))
            blocks.append((Difference("only A has this quotation (A = keep, B = leave out)", lines, ()),))
        else:
            blocks.append(tuple(_both(first, place, second, matched[place])))
    return Comparison(first.id, first.text, tuple(blocks))


def _entity_numbers(first: Sequence[Entity], second: Sequence[Entity]) -> dict[int, int]:
    """Numbers for the entities of *second*: those of *first* where they are the same, new ones for others."""
    numbers: dict[int, int] = {}
    following = max((entity.id for entity in first), default=0) + 1
    for entity in second:
        likeness, same = max(((_likeness(own, entity), own.id) for own in first), default=(0.0, 0))
        if likeness > 0.25 and same not in numbers.values():
            numbers[entity.id] = same
        else:
            numbers[entity.id] = following
            following += 1
    return numbers


def _likeness(left: Entity, right: Entity) -> float:
    both = set(left.mentions) | set(right.mentions)
    shared = len(set(left.mentions) & set(right.mentions)) / len(both) if both else 0.0
    same_state = left.country is not None and left.country == right.country and left.kind == right.kind
    same_name = left.name is not None and left.name.casefold() == (right.name or "").casefold()
    return 3 * same_state + 3 * same_name + (2 if left.kind == right.kind else 1) * shared


def _renumber(article: AnnotatedArticle, numbers: dict[int, int]) -> AnnotatedArticle:
    return replace(
        article,
        entities=tuple(replace(entity, id=numbers[entity.id]) for entity in article.entities),
        quotations=tuple(
            replace(q, speaker=None if q.speaker is None else numbers[q.speaker]) for q in article.quotations
        ),
    )


def _entity_blocks(first: AnnotatedArticle, second: AnnotatedArticle) -> list[tuple[str | Difference, ...]]:
    others = {entity.id: entity for entity in second.entities}
    blocks: list[tuple[str | Difference, ...]] = []
    for entity in first.entities:
        head, *rest = entity_lines(first.text, entity)
        other = others.pop(entity.id, None)
        block: list[str | Difference] = [head, *(line for line in rest if not line.startswith("role:"))]
        roles = tuple(line for line in rest if line.startswith("role:"))
        if other is not None:
            other_head, *other_rest = entity_lines(second.text, other)
            other_roles = tuple(line for line in other_rest if line.startswith("role:"))
            if other_head.casefold() != head.casefold():
                block[0] = Difference(f"entity {entity.id}", (head,), (other_head,))
            if entity.roles != other.roles:
                block.append(Difference(f"role of {head}", roles, other_roles))
                roles = ()
        blocks.append((*block, *roles))
    # What only B has is there to be referred to; it is kept, and does no harm unused.
    return blocks + [tuple(entity_lines(second.text, entity)) for entity in others.values()]


def _both(
    first: AnnotatedArticle, place: int, second: AnnotatedArticle, other_place: int
) -> list[str | Difference]:
    left, right = first.quotations[place], second.quotations[other_place]
    own, others = (
        _by_field(quotation_lines(article, number))
        for article, number in ((first, place), (second, other_place))
    )
    start = left.content[0][0]
    what = f"Q “{' '.join(first.text[start : start + 80].split()[:9])}”"
    block: list[str | Difference] = [*own["Q"]]
    for name in _FIELDS:
        if _values(first.text, left, name) == _values(second.text, right, name):
            block += own[name]
        else:
            block.append(Difference(f"{what} {name}", tuple(own[name]), tuple(others[name])))
    return block


def _by_field(lines: Sequence[str]) -> dict[str, list[str]]:
    """A quotation's lines by field; those of a stance go together, a role's number with its speaker."""
    found: dict[str, list[str]] = {name: [] for name in ("Q", *_FIELDS)}
    belongs = {"target": "stance", "evidence": "stance", "role": "speaker"}
    for line in lines:
        name = line.split(":")[0] if ":" in line else "Q"
        found[belongs.get(name, name)].append(line)
    return found


def _values(text: str, quotation: AnnotatedQuotation, name: str) -> object:
    """What makes two annotators' field the same: punctuation at a span's edge makes no difference."""
    if name == "stance":
        return [
            (
                s.label,
                s.consequence,
                s.target and (s.target.country or s.target.name),
                _bare(text, s.evidence),
            )
            for s in quotation.stances or ()
        ]
    if name == "speaker":
        return quotation.speaker
    return _bare(text, getattr(quotation, name))


def _bare(text: str, spans: Sequence[Span]) -> list[int]:
    return [place for start, end in spans for place in range(start, end) if text[place].isalnum()]


def _read_decisions(
    decisions: str, differences: Sequence[Difference]
) -> tuple[dict[int, list[str]], list[str], list[tuple[str, str]], list[str]]:
    chosen: dict[int, list[str]] = {}
    added: list[list[str]] = []
    changes: list[tuple[str, str]] = []
    remarks: list[str] = []
    problems: list[str] = []
    open_lines: list[str] | None = None
    for number, line in enumerate(decisions.splitlines(), start=1):
        line = line.strip()
        if match := _DECISION.fullmatch(line):
            place = int(match[1])
            if not 1 <= place <= len(differences):
                problems.append(f"line {number}: there is no difference D{place}")
                continue
            taken = differences[place - 1]
            open_lines = [match[3]] if match[2] == "=" and match[3] else []
            chosen[place] = (
                open_lines if match[2] == "=" else list(taken.first if match[2] == "A" else taken.second)
            )
            open_lines = chosen[place] if match[2] == "=" else None
        elif line.startswith("+"):
            open_lines = [line[1:].strip()] if line[1:].strip() else []
            added.append(open_lines)
        elif match := _CHANGE.fullmatch(line):
            changes.append((match[1], match[2]))
            open_lines = None
        elif line.startswith("#"):
            remarks.append(line)
        elif line and open_lines is not None:
            open_lines.append(line)
        elif line:
            problems.append(f"line {number}: {line[:60]!r} is no decision")
    undecided = [f"D{place}" for place in range(1, len(differences) + 1) if place not in chosen]
    if undecided:
        problems.append(f"no decision for {', '.join(undecided)}")
    if problems:
        raise DecisionError(problems)
    return chosen, ["\n".join(lines) for lines in added], changes, remarks
