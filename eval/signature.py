"""What makes a score what it is, in one line: the same signature means the same figure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.calibration import BINS
from eval.layers import LEAST_SHARED_WORDS
from eval.matching import OVERLAP
from eval.risk_coverage import STEPS

_OVERLAP = f"one-to-one iou>={OVERLAP}"
_MATCHING = {
    "content characters": "none",
    "content overlap": _OVERLAP,
    "content exact": "one-to-one ends+alphanumerics",
    "linked": f"{_OVERLAP} source-iou>={OVERLAP}",
    "resolved": f"{_OVERLAP} same-speaker",
    "speaker of a name": f"{_OVERLAP} source-iou>={OVERLAP} same-speaker",
    "speaker of a pronoun": f"{_OVERLAP} source-iou>={OVERLAP} same-speaker",
    "speaker of a description": f"{_OVERLAP} source-iou>={OVERLAP} same-speaker",
    "role text": f"{_OVERLAP} same-speaker words>={LEAST_SHARED_WORDS}",
    "role category": f"{_OVERLAP} same-category",
    "role country": f"{_OVERLAP} same-country",
    "target": f"{_OVERLAP} same-label same-target",
    "evidence": f"{_OVERLAP} same-label evidence-iou>={OVERLAP}",
    "quotation calibration error": f"{_OVERLAP} bins:{BINS}",
    "stance calibration error": f"given-quotations bins:{BINS}",
    "stance risk": f"given-quotations steps:{STEPS}",
}
"""How measures match, as signatures say it; those of stances follow from the measures' names."""

_CODE = ("analyzer", "corpus", "eval")
_ROOT = Path(__file__).parents[1]


def signature(measure: str, **made_with: object) -> str:
    """One line that names *measure*, how it matches, the code's version, and what else the score was *made_with*."""
    parts = {
        "measure": measure,
        "matching": _matching(measure),
        **made_with,
        "version": distribution_version("communique"),
        "code": code_hash(),
    }
    return "|".join(f"{key}:{_plain(value)}" for key, value in parts.items())


def _matching(measure: str) -> str:
    default = (
        "given-quotations same-label" if measure.startswith("given stance") else f"{_OVERLAP} same-label"
    )
    return _MATCHING.get(measure, default)


def _plain(value: object) -> str:
    # A name with the sign that divides the parts could make two signatures out of one.
    return str(value).replace("|", "¦").replace("\n", " ")


def data_hash(articles: Iterable[AnnotatedArticle]) -> str:
    """Twelve hexadecimal digits that change with any text or annotation, and not with the articles' order."""
    lines = sorted(
        json.dumps(
            [
                article.id,
                article.sha256,
                article.metadata,
                [_quotation(article, q) for q in article.quotations],
            ],
            sort_keys=True,
        )
        for article in articles
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _quotation(article: AnnotatedArticle, quotation: AnnotatedQuotation) -> list[object]:
    spans: list[object] = [quotation.content, quotation.cue, quotation.source]
    if quotation.speaker is None and quotation.role is None and quotation.stances is None:
        return spans
    speaker = next((entity for entity in article.entities if entity.id == quotation.speaker), None)
    stances = None if quotation.stances is None else list(map(asdict, quotation.stances))
    return [
        *spans,
        None if speaker is None else asdict(speaker),
        None if quotation.role is None else asdict(quotation.role),
        stances,
    ]


@cache
def code_hash() -> str:
    """Eight hexadecimal digits that change with any source file or table that scores can depend on."""
    digest = hashlib.sha256()
    files = (path for name in _CODE for end in ("py", "tsv") for path in (_ROOT / name).rglob(f"*.{end}"))
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_ROOT).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:8]


def distribution_version(name: str) -> str:
    """The version of an installed distribution, or ``uninstalled``."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "uninstalled"
