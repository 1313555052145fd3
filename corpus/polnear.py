"""Importer for PolNeAR's layout: ``SPLIT/text/NAME.txt`` beside ``SPLIT/attributions/NAME_ANNOTATOR.ann``.

The ``.ann`` files are brat-like standoff (Newell, Margolin & Ruths, LREC 2018)::

    T1<TAB>Source 110 112<TAB>we
    T3<TAB>Content 120 150;160 211<TAB>covered text, which may run over a line break
    E1<TAB>Attribution:T4 Content:T3 Cue:T2 Source:T1
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from analyzer.quotation import Span, covered_text
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation

_ANNOTATION = re.compile(r"^(?P<name>.+)_(?P<annotator>[0-9a-f]{4})\.ann$")
_ENTITY = re.compile(r"^(?P<id>T\d+)\t(?P<type>\S+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)(?:\t(?P<covered>.*))?$")
_BROKEN_ENTITY = re.compile(r"^T\d+\t")
_EVENT = re.compile(r"^E\d+\t(?P<arguments>.+)$")


class PolnearError(ValueError):
    """A PolNeAR file that cannot be read; the message names the file and what to do."""


def annotations_by_article(split_folder: Path) -> dict[str, dict[str, Path]]:
    """Map each article's name to its ``.ann`` files by annotator, both in sorted order.

    Raises PolnearError if *split_folder* is not in PolNeAR's layout.
    """
    folder = split_folder / "attributions"
    if not folder.is_dir() or not (split_folder / "text").is_dir():
        raise PolnearError(
            f"{split_folder}: not a PolNeAR split: expected the folders 'text' and 'attributions' in it"
        )
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(folder.glob("*.ann")):
        match = _ANNOTATION.match(path.name)
        if match is None:
            raise PolnearError(
                f"{path}: expected a name that ends in _ANNOTATOR.ann, such as article_4e07.ann"
            )
        found[match["name"]][match["annotator"]] = path
    return dict(found)


def load_polnear(folder: Path, split: str, *, every_annotator: bool = False) -> Iterator[AnnotatedArticle]:
    """Yield the articles of *split* (``train`` or ``dev``) under *folder*, sorted by name.

    An article that several people annotated comes once, by its first annotator in sorted order, or once for
    each if *every_annotator*; ``metadata["annotator"]`` says whose it is. Raises PolnearError.
    """
    split_folder = folder / split
    for name, paths in annotations_by_article(split_folder).items():
        text_path = split_folder / "text" / f"{name}.txt"
        if not text_path.is_file():
            raise PolnearError(
                f"{text_path}: missing, though it is annotated in {next(iter(paths.values()))}"
            )
        text = _read(text_path)
        chosen = paths if every_annotator else dict([next(iter(paths.items()))])
        for annotator, path in chosen.items():
            yield AnnotatedArticle(
                id=name,
                text=text,
                quotations=tuple(_read_quotations(path, text)),
                metadata={"annotator": annotator, "split": split},
            )


def _read_quotations(path: Path, text: str) -> Iterator[AnnotatedQuotation]:
    entities: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[int, str]] = []
    for number, line in enumerate(_read(path).split("\n"), start=1):
        line = line.removesuffix("\r")
        # Lines of neither form are notes, or go on with a covered text that runs over a line break.
        if entity := _ENTITY.match(line):
            where = f"{path}, line {number}: {entity['id']}"
            if entity["id"] in entities:
                raise PolnearError(f"{where} is defined twice; an attribution could mean either")
            spans = _parse_spans(entity["spans"], where, text)
            _check_covered(entity["covered"], spans, where, text)
            entities[entity["id"]] = spans
        elif event := _EVENT.match(line):
            events.append((number, event["arguments"]))
        elif _BROKEN_ENTITY.match(line):
            raise PolnearError(
                f"{path}, line {number}: expected 'T1<TAB>Source 110 112<TAB>…', found {line[:60]!r}"
            )
    # Only now, since an attribution may stand before the entities that it names.
    attributions = [
        _spans_by_part(arguments, entities, f"{path}, line {number}") for number, arguments in events
    ]
    with_content = [parts for parts in attributions if parts["Content"]]
    for number, parts in enumerate(with_content):
        yield AnnotatedQuotation(
            id=number, content=parts["Content"], cue=parts["Cue"], source=parts["Source"]
        )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise PolnearError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PolnearError(f"{path}: byte {error.start} is not UTF-8; get the file as published") from error


def _parse_spans(field: str, where: str, text: str) -> tuple[Span, ...]:
    spans = []
    for part in field.split(";"):
        start, end = (int(number) for number in part.split())
        if not start < end <= len(text):
            raise PolnearError(f"{where}: [{start}, {end}) is no span in a text of {len(text)} characters")
        spans.append((start, end))
    return tuple(spans)


def _check_covered(covered: str | None, spans: Sequence[Span], where: str, text: str) -> None:
    """Refuse a text that is not the annotated one. Of what an entity covers, its line has the first line."""
    found = covered_text(text, spans)
    if covered is not None and found.split("\n")[0] != covered:
        raise PolnearError(
            f"{where}: at offset {spans[0][0]} the text has {found[:40]!r}, but the annotation has "
            f"{covered[:40]!r}; get the text as published, with its own line ends"
        )


def _spans_by_part(
    arguments: str, entities: dict[str, tuple[Span, ...]], where: str
) -> dict[str, tuple[Span, ...]]:
    spans: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for argument in arguments.split():
        part, _, entity = argument.partition(":")
        part = part.rstrip("0123456789")
        if part not in spans:
            continue
        if entity not in entities:
            raise PolnearError(f"{where}: the attribution names {entity}, which the file does not define")
        spans[part].extend(entities[entity])
    return {part: tuple(sorted(set(found))) for part, found in spans.items()}
