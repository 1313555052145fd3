"""``communique adjudicate``: two raw passes side by side, and what the adjudicator's decisions make of them.

Not among the commands of ``corpus``, since quotations are matched here as the measures match them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from corpus.adjudication import Comparison, DecisionError, compare_passes
from corpus.finishing import finish
from corpus.json_form import AnnotationError, dump_article, read_text
from corpus.load import CorpusError, load_pass
from corpus.notation import NotationError, read_notation
from corpus.validate import find_problems
from eval.matching import match_overlapping

app = typer.Typer(
    help="Decide where two annotators differ.", no_args_is_help=True, pretty_exceptions_enable=False
)

Ids = Annotated[list[str], typer.Argument(help="Articles that have both raw passes.")]
Texts = Annotated[
    Path | None, typer.Option(help="Folder with diplomatic-articles/ and wikinews/, for real articles.")
]


@app.command()
def show(ids: Ids, texts: Texts = None) -> None:
    """Print each article, what both annotators have, and their differences, numbered."""
    for comparison in _compare(ids, texts):
        typer.echo(comparison.render())


@app.command()
def apply(
    ids: Ids,
    decisions: Annotated[Path, typer.Option(help="Folder with the decisions, ID.txt.")],
    output: Annotated[Path, typer.Option(help="Folder for the adjudicated articles, ID.json.")],
    texts: Texts = None,
) -> None:
    """Write the adjudicated articles. Exit code 1 if decisions are missing or wrong; those articles are not written."""
    wrong = False
    output.mkdir(parents=True, exist_ok=True)
    for comparison in _compare(ids, texts):
        try:
            written = comparison.apply(read_text(decisions / f"{comparison.id}.txt"))
            article = read_notation(written, comparison.text, id=comparison.id, metadata={})
        except (AnnotationError, DecisionError, NotationError) as error:
            problems = error.problems
        else:
            article = finish(replace(article, metadata={"annotator": "adjudicated from the passes a and b"}))
            problems = tuple(map(str, find_problems(article)))
            dump_article(article, output / f"{article.id}.json")
        for problem in problems:
            typer.echo(f"{comparison.id}: {problem}")
        wrong |= bool(problems)
    if wrong:
        raise typer.Exit(1)


def _compare(ids: list[str], texts: Path | None) -> list[Comparison]:
    try:
        first, second = ({a.id: a for a in load_pass(annotator, texts=texts)} for annotator in ("a", "b"))
    except CorpusError as error:
        _refuse(str(error))
    if missing := [id for id in ids if id not in first or id not in second]:
        _refuse(
            f"without both raw passes, or without a text (real articles need --texts): {', '.join(missing)}"
        )
    comparisons = []
    for id in ids:
        contents = ([q.content for q in article[id].quotations] for article in (first, second))
        comparisons.append(compare_passes(first[id], second[id], match_overlapping(*contents)))
    return comparisons


def _refuse(message: str) -> NoReturn:
    typer.echo(f"communique adjudicate: {message}", err=True)
    raise typer.Exit(2)
