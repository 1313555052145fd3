"""The corpus as Hugging Face datasets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analyzer.quotation import covered_text
from corpus.annotated import AnnotatedArticle
from corpus.load import SPLITS, load

if TYPE_CHECKING:
    from datasets import DatasetDict

Rows = Literal["quotations", "articles"]


def to_datasets(rows: Rows = "quotations", *, texts: Path | None = None) -> DatasetDict:
    """The corpus with the splits ``train``, ``dev`` and ``test``; *texts* as in ``corpus.load``.

    *rows* ``quotations``: one quotation a row, its words beside the spans, with ``stance``, ``target`` and the
    like of its first stance and, in ``more_stances``, the number of further ones. ``articles``: one article a
    row, with its text and the lists of its quotations and entities as they are in the annotations' files.
    Spans are ``[start, end)`` in code points of the article's text.
    """
    from datasets import Dataset, DatasetDict

    if rows not in ("quotations", "articles"):
        raise ValueError(f"no rows {rows!r}: choose 'quotations' or 'articles'")
    make = _quotation_rows if rows == "quotations" else _article_rows
    tables = {}
    for split in SPLITS:
        tables[split] = Dataset.from_list(
            [row for article in load(split, texts=texts) for row in make(article)]
        )
    return DatasetDict(tables)


def _article_rows(article: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    yield {
        **_origin(article),
        "sha256": article.sha256,
        "text": article.text,
        "quotations": [_spans_as_lists(asdict(quotation)) for quotation in article.quotations],
        "entities": [_spans_as_lists(asdict(entity)) for entity in article.entities],
    }


def _quotation_rows(article: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    entities = {entity.id: entity for entity in article.entities}
    for quotation in article.quotations:
        speaker = entities.get(-1 if quotation.speaker is None else quotation.speaker)
        role = quotation.role
        stance, *more = quotation.stances or (None,)
        target = stance.target if stance else None
        parts = {
            "content": quotation.content,
            "cue": quotation.cue,
            "source": quotation.source,
            "role": role.spans if role else (),
            "target": target.spans if target else (),
            "evidence": stance.evidence if stance else (),
        }
        yield {
            **_origin(article),
            "quotation": quotation.id,
            "kind": quotation.kind,
            **{name: covered_text(article.text, spans) for name, spans in parts.items()},
            **{f"{name}_spans": [list(span) for span in spans] for name, spans in parts.items()},
            "speaker": speaker.name if speaker else None,
            "speaker_kind": speaker.kind if speaker else "unknown",
            "role_title": role.title if role else None,
            "role_affiliation": role.affiliation if role else None,
            "role_country": role.country if role else None,
            "role_category": role.category if role else None,
            "stance": stance.label if stance else None,
            "consequence": stance.consequence if stance else None,
            "target_name": target.name if target else None,
            "target_country": target.country if target else None,
            "more_stances": len(more),
        }


def _origin(article: AnnotatedArticle) -> dict[str, str]:
    return {"article": article.id, **{key: article.metadata[key] for key in ("origin", "dispute", "genre")}}


def _spans_as_lists(value: Any) -> Any:
    """*value* with lists for tuples, which is what Arrow knows."""
    if isinstance(value, tuple | list):
        return [_spans_as_lists(item) for item in value]
    if isinstance(value, dict):
        return {key: _spans_as_lists(item) for key, item in value.items()}
    return value
