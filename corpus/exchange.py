"""Whole folders of annotated articles in other tools' formats, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from corpus import brat, label_studio
from corpus.annotated import AnnotatedArticle
from corpus.graph import GraphError
from corpus.json_form import AnnotationError, read_text
from corpus.notation import NotationError, read_notation

ExportFormat = Literal["brat", "label-studio"]
ImportFormat = Literal["brat", "label-studio", "notation"]
TASKS, INTERFACE = "tasks.json", "interface.xml"


class ExchangeError(ValueError):
    """Files of another tool that cannot be read. *problems* has one message each, with the file's name."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def export_articles(articles: Sequence[AnnotatedArticle], format: ExportFormat, folder: Path) -> None:
    """Write *articles* to *folder*, which is made if need be, with the configuration that the tool asks for.

    brat: ``ID.txt`` and ``ID.ann`` for each, ``annotation.conf``. Label Studio: ``tasks.json``, ``interface.xml``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if format == "label-studio":
        tasks = [label_studio.to_task(article) for article in articles]
        _write(folder / TASKS, json.dumps(tasks, ensure_ascii=False, indent=1))
        _write(folder / INTERFACE, label_studio.CONFIGURATION)
        return
    _write(folder / "annotation.conf", brat.CONFIGURATION)
    for article in articles:
        _write(folder / f"{article.id}.txt", article.text)
        _write(folder / f"{article.id}.ann", brat.to_brat(article))


def import_articles(paths: Sequence[Path], format: ImportFormat) -> list[AnnotatedArticle]:
    """The annotated articles in *paths*: ``.ann`` files with their ``.txt`` beside them, or task files (``.json``).

    Raises ExchangeError with the problems of all files.
    """
    read: dict[str, Callable[[Path], Iterator[AnnotatedArticle]]] = {
        "brat": _read_brat,
        "label-studio": _read_tasks,
        "notation": _read_notation,
    }
    articles: list[AnnotatedArticle] = []
    problems: list[str] = []
    for path in paths:
        try:
            articles += read[format](path)
        except NotationError as error:
            problems += [f"{path}: {problem}" for problem in error.problems]
        except AnnotationError as error:
            problems += error.problems
        except (brat.BratError, label_studio.LabelStudioError, GraphError) as error:
            problems.append(f"{path}: {error}")
    if problems:
        raise ExchangeError(problems)
    return articles


def _read_brat(path: Path) -> Iterator[AnnotatedArticle]:
    yield brat.from_brat(read_text(path), read_text(path.with_suffix(".txt")))


def _read_notation(path: Path) -> Iterator[AnnotatedArticle]:
    yield read_notation(read_text(path), read_text(path.with_suffix(".txt")), id=path.stem, metadata={})


def _read_tasks(path: Path) -> Iterator[AnnotatedArticle]:
    try:
        tasks: Any = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise label_studio.LabelStudioError(f"line {error.lineno}: not JSON: {error.msg}") from error
    if not isinstance(tasks, list):
        raise label_studio.LabelStudioError("not a list of tasks; export in Label Studio's JSON format")
    yield from map(label_studio.from_task, tasks)


def _write(path: Path, text: str) -> None:
    # Bytes, since a line end that is changed would shift every offset behind it.
    path.write_bytes(text.encode())
