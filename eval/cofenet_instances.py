"""CofeNet's instances, paragraphs with their tokens and spans: made from PolNeAR, or read from CofeNet's own files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from analyzer.paragraphs import paragraph_spans
from analyzer.quotation import QuotationSpans, Span
from analyzer.words import split_words
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.alignment import Alignment

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = get_args(Role)

MAX_TOKENS = 300
"""Where CofeNet cuts an instance: ``max_seqs`` in its ``conf/setting/pn_bert_cofe.json``."""

_LABELS = {"O", *(f"{prefix}-{role}" for prefix in "BI" for role in ROLES)}
_MARKS = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
}
"""What CoreNLP writes for brackets and double quotation marks."""

RoleSpans = dict[Role, set[Span]]
"""Spans of each role, in numbers of tokens."""


class InstanceError(ValueError):
    """A file of instances that cannot be read; the message names the line, and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One paragraph of one annotator's copy of an *article*.

    *tokens* are their spans in the article's text, None for one that is not there. *is_lost* says that the paragraph
    itself was not found.
    """

    article: str
    annotator: str
    tokens: tuple[Span | None, ...]
    spans: RoleSpans
    is_lost: bool = False


def instances_of(article: AnnotatedArticle) -> Iterator[Instance]:
    """The instances of an annotator's copy (see ``load_polnear``), with our words as tokens."""
    words = split_words(article.text)
    for start, end in paragraph_spans(article.text):
        first, last = words.covering(start, end)
        tokens = words.spans[first : min(last, first + MAX_TOKENS)]
        yield Instance(
            article=article.id,
            annotator=article.metadata["annotator"],
            tokens=tokens,
            spans=_token_spans(tokens, article.quotations),
        )


def predicted_spans(instance: Instance, quotations: Sequence[QuotationSpans]) -> RoleSpans:
    """The spans of the article's *quotations* within *instance*; one that runs over its ends is cut there."""
    return _token_spans(instance.tokens, quotations)


def _token_spans(
    tokens: Sequence[Span | None], quotations: Iterable[QuotationSpans | AnnotatedQuotation]
) -> RoleSpans:
    places = [(number, *token) for number, token in enumerate(tokens) if token is not None]
    spans: RoleSpans = {role: set() for role in ROLES}
    if not places:
        return spans
    left, right = places[0][1], places[-1][2]
    for quotation in quotations:
        of_role: dict[Role, Sequence[Span]] = {
            "source": quotation.source,
            "cue": quotation.cue,
            "content": quotation.content,
        }
        for role, characters in of_role.items():
            for start, end in characters:
                if start < right and end > left:
                    inside = [number for number, at, to in places if at < end and to > start]
                    if inside:
                        spans[role].add((inside[0], inside[-1] + 1))
    return spans


def read_instances(path: Path, texts: Mapping[str, str]) -> list[Instance]:
    """The instances in one of CofeNet's files, with their places in the *texts* of the articles by name.

    A line is ``{"tokens": […], "labels": […], "id": "NAME_ANNOTATOR"}``; tokens are CoreNLP's. Raises InstanceError.
    """
    try:
        # Not splitlines: JSON may hold what Unicode calls the end of a line.
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise InstanceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InstanceError(f"{path}: byte {error.start} is not UTF-8; get the file as published") from error
    instances = []
    finders: dict[str, _Finder] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        tokens, labels, id = _parse(line, f"{path}, line {number}")
        name, _, annotator = id.rpartition("_")
        if name not in texts:
            raise InstanceError(
                f"{path}, line {number}: PolNeAR's split has no article {name!r}; give the split that the file is of"
            )
        if id not in finders:
            finders[id] = _Finder(texts[name])
        found = finders[id].find(tokens)
        instances.append(
            Instance(
                article=name,
                annotator=annotator,
                tokens=found or (),
                spans=spans_of_labels(labels[:MAX_TOKENS]),
                is_lost=found is None,
            )
        )
    if not instances:
        raise InstanceError(f"{path}: no instance in it; get the file as published")
    return instances


def _parse(line: str, where: str) -> tuple[list[str], list[str], str]:
    try:
        item: Any = json.loads(line)
        tokens, labels, id = item["tokens"], item["labels"], item["id"]
    except (ValueError, TypeError, KeyError) as error:
        raise InstanceError(f"{where}: expected an object with 'tokens', 'labels' and 'id'") from error
    if not all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in (tokens, labels)
    ) or not isinstance(id, str):
        raise InstanceError(f"{where}: 'tokens' and 'labels' must be lists of strings, 'id' a string")
    if len(tokens) != len(labels):
        raise InstanceError(f"{where}: {len(tokens)} tokens, but {len(labels)} labels")
    for label in labels:
        if label not in _LABELS:
            raise InstanceError(
                f"{where}: {label!r} is no label; expected O, or B- or I- and one of {', '.join(ROLES)}"
            )
    return tokens, labels, id


def spans_of_labels(labels: Sequence[str]) -> RoleSpans:
    """The spans that CofeNet's evaluation sees in BIO *labels*: one begins with ``B-`` only."""
    spans: RoleSpans = {role: set() for role in ROLES}
    start = 0
    role: Role | None = None
    for number, label in enumerate([*labels, "O"]):
        if role is not None and label != f"I-{role}":
            spans[role].add((start, number))
            role = None
        if label.startswith("B-"):
            start = number
            role = next(known for known in ROLES if known == label[2:])
    return spans


class _Finder:
    """Finds the paragraphs of one copy of an article in its text, in their order, by their letters and digits."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = [offset for offset, character in enumerate(text) if character.isalnum()]
        self._letters = "".join(text[offset] for offset in self._offsets)
        self._next = 0

    def find(self, tokens: Sequence[str]) -> tuple[Span | None, ...] | None:
        """The places of the first ``MAX_TOKENS`` tokens; None if there is no such paragraph."""
        written = [_MARKS.get(token, token) for token in tokens]
        letters = "".join(filter(str.isalnum, "".join(written)))
        at = self._letters.find(letters, self._next)
        if at < 0 or not letters:
            return None
        self._next = at + len(letters)
        start, end = self._paragraph(self._offsets[at], self._offsets[self._next - 1] + 1)
        alignment = Alignment(self._text[start:end], " ".join(written))
        places: list[Span | None] = []
        position = 0
        for token in written[:MAX_TOKENS]:
            place = alignment.span(position, position + len(token))
            places.append(None if place is None else (start + place[0], start + place[1]))
            position += len(token) + 1
        return tuple(places)

    def _paragraph(self, start: int, end: int) -> Span:
        """``[start, end)`` with the marks around it on its line."""
        while start > 0 and self._text[start - 1] != "\n" and not self._text[start - 1].isalnum():
            start -= 1
        while end < len(self._text) and self._text[end] != "\n" and not self._text[end].isalnum():
            end += 1
        return start, end
