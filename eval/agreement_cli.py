"""``communique agreement``: how far the corpus's two annotators agree, before adjudication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from corpus.annotated import AnnotatedArticle
from corpus.load import CorpusError, load_pass
from eval.agreement import LABEL_MEASURES, SPAN_MEASURES, Compared, Value, agreement, compare
from eval.options import JsonPath, Resamples, Seed, check_json_path, usage_error, write_result
from eval.signature import data_hash

COMMAND = "agreement"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
MEASURES = (*SPAN_MEASURES, *LABEL_MEASURES)


@app.command("agreement")
def measure_agreement(
    texts: Annotated[
        Path | None,
        typer.Option(
            help="Folder with diplomatic-articles/ and wikinews/: with it the real articles come too."
        ),
    ] = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
) -> None:
    """Compare the two raw passes: F1 for content, cue, source and links, Cohen's kappa for labels.

    Both are a language model's, which agree more than two people would: this is no human ceiling. Exit code 2 if
    the texts or the place for the results are not there.
    """
    check_json_path(COMMAND, json_path)
    try:
        first, second = (
            {article.id: article for article in load_pass(annotator, texts=texts)} for annotator in ("a", "b")
        )
    except CorpusError as error:
        raise usage_error(COMMAND, str(error)) from error
    both = [(first[id], second[id]) for id in sorted(first.keys() & second.keys())]
    if not both:
        raise usage_error(COMMAND, "no article has two raw passes")
    groups = {name: [compare(a, b) for a, b in members] for name, members in _groups(both).items() if members}
    scored = {name: agreement(members, resamples=resamples, seed=seed) for name, members in groups.items()}
    _print(groups, scored)
    signature = {"data": data_hash(a for a, _ in both), "seed": seed, "resamples": resamples}
    write_result(COMMAND, _plain(groups, scored, signature), json_path)


Pair = tuple[AnnotatedArticle, AnnotatedArticle]


def _groups(both: Sequence[Pair]) -> dict[str, list[Pair]]:
    """All articles, the own and the real ones, and the own ones by genre."""
    groups: dict[str, list[Pair]] = {"all": list(both)}
    for key in ("origin", "genre"):
        for name in sorted({first.metadata[key] for first, _ in both}):
            groups[name] = [pair for pair in both if pair[0].metadata[key] == name]
    return groups


def _print(groups: dict[str, list[Compared]], scored: dict[str, dict[str, Value]]) -> None:
    table = Table(title="F1 of spans and links, κ of labels (×100, 95 % intervals over articles)")
    for column in ("", "articles", *MEASURES):
        table.add_column(column, justify="left" if not column else "right")
    for name, values in scored.items():
        table.add_row(name, str(len(groups[name])), *(_show(values[measure]) for measure in MEASURES))
    Console().print(table)


def _show(value: Value) -> str:
    if value.value is None:
        return "-"
    low, high = value.interval
    around = "" if low is None or high is None else f"\n{100 * low:.0f}–{100 * high:.0f}"
    return f"{100 * value.value:.1f}{around}"


def _plain(
    groups: dict[str, list[Compared]], scored: dict[str, dict[str, Value]], signature: dict[str, Any]
) -> dict[str, Any]:
    return {
        "signature": signature,
        "groups": {
            name: {
                "articles": len(groups[name]),
                "quotations": [sum(article.quotations[side] for article in groups[name]) for side in (0, 1)],
                "values": {
                    measure: {"value": value.value, "interval": list(value.interval)}
                    for measure, value in values.items()
                },
            }
            for name, values in scored.items()
        },
    }
