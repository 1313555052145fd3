"""``communique evaluate-cofenet``: our model's spans by the protocol of CofeNet, so that its figures can stand beside.

The protocol is that of ``exe/eval`` in github.com/cofe-ai/CofeNet (Wang et al., CofeNet: Context and Former-Label
Enhanced Net for Complicated Quotation Extraction, COLING 2022). An instance is a paragraph, cut after 300 tokens. A
span of a source, cue or content is right if one of the same role has the same first and last token; which source and
cue belong to which content is not asked. Precision, recall and F1 go over all spans of a role.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from analyzer.errors import ArticleError, ModelError
from analyzer.quotation import QuotationSpans
from corpus.annotated import AnnotatedArticle
from corpus.polnear import PolnearError, load_polnear
from eval.bootstrap import bootstrap
from eval.cofenet_instances import (
    ROLES,
    Instance,
    InstanceError,
    Role,
    instances_of,
    predicted_spans,
    read_instances,
)
from eval.metrics import Counts, add_counts, score
from eval.options import JsonPath, Model, Resamples, Seed, check_json_path, usage_error, write_result
from eval.provenance import git_commit, typed_command, versions
from eval.report.tables import bounds, percent
from eval.signature import data_hash, signature
from eval.systems import load_system

COMMAND = "evaluate-cofenet"

PUBLISHED: dict[Role, float] = {"source": 0.832, "cue": 0.753, "content": 0.729}
"""F1 of CofeNet on BERT-base (110 million parameters), exact match, on PolNeAR's test split (Wang et al. 2022)."""

COPIES, ONCE = "every annotator's copy, as CofeNet counts", "each article once"

RoleCounts = dict[Role, Counts]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def evaluate_cofenet(
    polnear: Annotated[Path, typer.Option(help="PolNeAR's folder, with the split's folder in it.")],
    split: Annotated[str, typer.Option(help="Which articles: the name of a folder, as dev.")] = "dev",
    data: Annotated[
        Path | None, typer.Option(help="CofeNet's own instances of that split, as res/polnear/valid.txt.")
    ] = None,
    model: Model = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
) -> None:
    """Measure sources, cues and contents span by span, as CofeNet does.

    Without --data the instances are made from PolNeAR's annotations. Exit code 2 if the data, the model or the place
    for the results is not there, 1 if the results could not be written in the end.
    """
    check_json_path(COMMAND, json_path)
    try:
        articles = list(load_polnear(polnear, split, every_annotator=True))
        if not articles:
            raise PolnearError(f"{polnear / split}: no annotated article in it")
        instances = (
            [instance for article in articles for instance in instances_of(article)]
            if data is None
            else read_instances(data, {article.id: article.text for article in articles})
        )
        loaded = load_system(model)
    except (PolnearError, InstanceError, ModelError) as error:
        raise usage_error(COMMAND, str(error)) from error
    texts = {article.id: article.text for article in articles}
    progress = track(texts.items(), description="model", console=Console(stderr=True), transient=True)
    try:
        found = {name: loaded.analyzer.extract(text) for name, text in progress}
    except ArticleError as error:
        raise usage_error(COMMAND, str(error)) from error
    result = _result(
        count_copies(instances, found),
        made_with={
            "data": data_hash(articles),
            "instances": "PolNeAR's paragraphs" if data is None else _signed(data),
            "split": split,
            "model": loaded.signed,
            "seed": seed,
            "resamples": resamples,
        },
        notes=_notes(articles, instances, split, is_rebuilt=data is None),
    )
    _print_report(Console(), result)
    write_result(COMMAND, result, json_path)


def _signed(data: Path) -> str:
    """The file *data* as results name it: what is right stands in it."""
    return f"{data.name} {hashlib.sha256(data.read_bytes()).hexdigest()[:12]}"


def count_copies(
    instances: Iterable[Instance], found: Mapping[str, Sequence[QuotationSpans]]
) -> dict[str, dict[str, RoleCounts]]:
    """The counts of each annotator's copy of each article, given what was *found* in the articles."""
    copies: dict[str, dict[str, RoleCounts]] = {}
    for instance in instances:
        predicted = predicted_spans(instance, found[instance.article])
        of_copy = copies.setdefault(instance.article, {}).setdefault(instance.annotator, {})
        for role in ROLES:
            right = len(instance.spans[role] & predicted[role])
            counts = Counts(right, len(instance.spans[role]), right, len(predicted[role]))
            of_copy[role] = add_counts([of_copy.get(role, Counts(0, 0, 0, 0)), counts])
    return copies


def _result(
    copies: dict[str, dict[str, RoleCounts]], *, made_with: dict[str, Any], notes: Sequence[str]
) -> dict[str, Any]:
    """All that is known, as JSON's types: scores in [0, 1], with 95 % intervals over articles."""
    countings = {
        COPIES: [list(by_annotator.values()) for by_annotator in copies.values()],
        ONCE: [[by_annotator[min(by_annotator)]] for by_annotator in copies.values()],
    }
    return {
        "schema": 1,
        "command": typed_command(),
        "notes": list(notes),
        "published_f1": PUBLISHED,
        "scores": [
            _score(
                counting, role, [add_counts(copy[role] for copy in article) for article in counted], made_with
            )
            for counting, counted in countings.items()
            for role in ROLES
        ],
        "made_with": {"git commit": git_commit() or "none: not in a repository", **versions()},
    }


def _score(
    counting: str, role: Role, articles: Sequence[Counts], made_with: dict[str, Any]
) -> dict[str, Any]:
    drawn = {"seed": made_with["seed"], "resamples": made_with["resamples"]}
    total = add_counts(articles)
    scores = zip(("precision", "recall", "f1"), score(total), bootstrap(articles, **drawn), strict=True)
    return {
        "counting": counting,
        "role": role,
        **{name: {"value": value, "interval": interval} for name, value, interval in scores},
        "counts": total._asdict(),
        "signature": signature(
            f"cofenet {role}",
            matching="exact token span of a paragraph",
            counting=counting,
            articles=len(articles),
            **made_with,
        ),
    }


def _notes(
    articles: Sequence[AnnotatedArticle], instances: Sequence[Instance], split: str, *, is_rebuilt: bool
) -> list[str]:
    """What a reader must know before setting our figures beside CofeNet's."""
    names = {article.id for article in articles}
    notes = [
        "Not our own measures: a span is right if its first and last token are, whatever quotation it belongs to; "
        "`communique evaluate` asks for the right source of each content, and looks past marks at its ends.",
        "CofeNet was trained on PolNeAR's train split, as our model was among other texts, but reads each paragraph "
        "alone; our model reads the whole article.",
        f"{len(names)} articles are here in {len(articles)} copies, one for each annotator. CofeNet's files count "
        "every copy (in the test split two articles six times), so that some articles weigh several times as much.",
    ]
    if is_rebuilt:
        notes.append(
            "The instances were made from PolNeAR's own annotations, with our words in place of CoreNLP's tokens; with "
            "--data they are CofeNet's own."
        )
    if lost := sum(instance.is_lost for instance in instances):
        notes.append(
            f"{lost} of {len(instances)} instances are not in the articles; nothing counts as found there."
        )
    if split == "test":
        notes.append("This is the test split: it is for reports, and nothing may be chosen by it.")
    else:
        notes.append(
            f"The published figures are CofeNet's on the test split. These are ours on {split}: other articles, so "
            "that they can be set side by side, but not subtracted."
        )
    return notes


def _print_report(console: Console, result: dict[str, Any]) -> None:
    for counting in (COPIES, ONCE):
        table = Table(title=counting[0].upper() + counting[1:], title_justify="left")
        for heading in ("", "precision", "recall", "F1", "annotated", "found", "CofeNet"):
            table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
        for item in result["scores"]:
            if item["counting"] == counting:
                # A terminal has room for the interval of F1 only.
                precision, recall, f1 = (
                    percent(item[name]["value"]) for name in ("precision", "recall", "f1")
                )
                numbers = [str(item["counts"][name]) for name in ("gold", "predicted")]
                of_f1 = f1 + bounds(item["f1"]["interval"])
                table.add_row(
                    item["role"], precision, recall, of_f1, *numbers, percent(PUBLISHED[item["role"]])
                )
        console.print(table)
    for note in result["notes"]:
        console.print(note, highlight=False, markup=False, soft_wrap=True)
    for item in result["scores"]:
        console.print(item["signature"], style="dim", highlight=False, markup=False, soft_wrap=True)
