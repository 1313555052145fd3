"""Reports of an evaluation as files: HTML, Markdown or JSON, by the name's end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analyzer.output import open_output
from eval.evaluation import Evaluation
from eval.report.html import to_html
from eval.report.markdown import to_markdown


def write_report(evaluation: Evaluation, path: Path) -> None:
    """Write *evaluation* to *path*, in the form that its end names; it is never half-written. Raises OSError."""
    with open_output(path) as stream:
        stream.write(FORMS[path.suffix.lower()](evaluation))


def write_json(result: dict[str, Any], path: Path) -> None:
    """Store *result* in the file *path*, which is never half-written. Raises OSError."""
    with open_output(path) as stream:
        stream.write(_json(result))


def _json(result: dict[str, Any]) -> str:
    return json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


FORMS: dict[str, Callable[[Evaluation], str]] = {
    ".html": to_html,
    ".md": to_markdown,
    ".json": lambda evaluation: _json(evaluation.to_dict()),
}
"""The forms of a report, by the ends of names."""
