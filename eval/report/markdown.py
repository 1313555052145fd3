"""An evaluation as Markdown, with tables as GitHub has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.evaluation import ErrorType, Evaluation, Example, Piece
from eval.report.html import show_spans
from eval.report.sections import group_title, sections
from eval.report.tables import Table, error_table, made_with, signatures

# What Markdown or HTML within it could take for markup, and what could end a line or a cell.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!$]|(?<=\w)@|://")
_BLANK = re.compile(r"\s+")


def to_markdown(evaluation: Evaluation) -> str:
    """The whole report as Markdown; all text of articles and annotations is escaped."""
    return "\n".join(_lines(evaluation)) + "\n"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield f"# Evaluation of {_escape(evaluation.made_with['model'])} on {_escape(evaluation.data)}"
    for note in evaluation.notes:
        yield f"\n{_escape(note)}"
    if evaluation.not_measured:
        yield f"\nNot annotated in these articles, and so not measured: {', '.join(evaluation.not_measured)}."
    for section in sections(evaluation):
        yield f"\n## {section.title}"
        for chapter in section.chapters:
            yield f"\n### {_escape(group_title(evaluation, chapter.name))}"
            for number, headline in enumerate(chapter.headlines):
                beside = f" ({'; '.join(map(_escape, headline.beside))})" if headline.beside else ""
                blank = "" if number else "\n"
                yield f"{blank}- {headline.measure}, {_escape(headline.meaning)}: **{headline.value}**{beside}"
            for block in chapter.blocks:
                yield from _table(block.table)
    errors = error_table(evaluation)
    if errors is not None:
        yield "\n## Errors"
        yield from _table(errors)
        yield "\nIn the examples, what is annotated is in \\[square] brackets, what was found in \\{curly} ones."
        for error in evaluation.errors:
            yield from _error(error)
    yield "\n## Made with"
    yield from _table(made_with(evaluation))
    yield "\n## Signatures\n\nThe same signature means the same figure.\n"
    yield from (f"- {_escape(signature)}" for signature in signatures(evaluation))


def _table(table: Table) -> Iterator[str]:
    yield f"\n**{_escape(table.title)}**. {_escape(table.note)}\n"
    yield f"| {' | '.join(map(_escape, table.head))} |"
    yield f"|{'|'.join(['---', *['--:'] * (len(table.head) - 1)])}|"
    for number, (name, *cells) in enumerate(table.rows):
        meaning = f": {table.meanings[number]}" if table.meanings else ""
        yield f"| {' | '.join(map(_escape, (name + meaning, *cells)))} |"


def _error(error: ErrorType) -> Iterator[str]:
    if not error.examples:
        return
    yield f"\n### {error.name}\n\n{error.meaning}\n"
    for example in error.examples:
        yield f"- {_example(example)}"


def _example(example: Example) -> str:
    where = f"{_escape(example.article)}, annotated {show_spans(example.gold)}, found {show_spans(example.predicted)}"
    labels = "" if example.right is None else f"; {_escape(example.right)} → {_escape(example.given or '')}"
    return f"{where}{labels}" + ("" if example.excerpt is None else f": {_excerpt(example.excerpt)}")


def _excerpt(pieces: tuple[Piece, ...]) -> str:
    """The words with brackets where the annotated or the found spans begin and end."""
    text, was_gold, was_predicted = "", False, False
    for piece in (*pieces, Piece("", False, False)):
        text += "\\}" * (was_predicted and not piece.is_predicted) + "]" * (was_gold and not piece.is_gold)
        text += "\\[" * (piece.is_gold and not was_gold) + "\\{" * (piece.is_predicted and not was_predicted)
        text += _escape(piece.text)
        was_gold, was_predicted = piece.is_gold, piece.is_predicted
    return text


def _escape(text: str) -> str:
    # A link that is written out would become one: an empty comment between its parts keeps it text.
    return _MARKUP.sub(
        lambda match: "&#58;//" if match[0] == "://" else f"\\{match[0]}", _BLANK.sub(" ", text)
    )
