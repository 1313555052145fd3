"""An evaluation as a page: one self-contained HTML file without a script, which fetches nothing."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from pathlib import Path

from analyzer.quotation import STANCE_LABELS, Span
from eval.evaluation import Evaluation, RiskCoverage
from eval.report.plots import reliability_plot, risk_plot
from eval.report.sections import Block, group_title, sections
from eval.report.tables import error_table, made_with, signatures

_PARTS = Path(__file__).parent
# UTF-8 cannot carry these.
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_html(evaluation: Evaluation) -> str:
    """The page. All text in it is escaped, and its security policy allows nothing but its own style."""
    # Who only asks for the command line's help needs no templates.
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    style = (_PARTS / "report.css").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, loader=FileSystemLoader(_PARTS), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"split_label": _split_label, "split_value": _split_value, "spans": show_spans}
    environment.tests["stance"] = STANCE_LABELS.__contains__
    page = environment.get_template("report.html").render(
        evaluation=evaluation,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),
        sections=sections(evaluation),
        title=lambda name: group_title(evaluation, name),
        plot=lambda block: Markup(_plot(block)),
        errors=error_table(evaluation),
        made_with=made_with(evaluation),
        signatures=signatures(evaluation),
    )
    return _SURROGATE.sub("�", page)


def show_spans(spans: tuple[Span, ...]) -> str:
    """Offsets as text: ``12–40, 52–60``."""
    return ", ".join(f"{start}–{end}" for start, end in spans) or "nothing"


def _plot(block: Block) -> str:
    if block.plotted is None:
        return ""
    if isinstance(block.plotted, RiskCoverage):
        return risk_plot(block.plotted)
    return reliability_plot(block.plotted)


def _split_label(label: str) -> tuple[str, str]:
    """A row's name, and what stands behind its colon."""
    name, _, rest = label.partition(": ")
    return name, rest


def _split_value(cell: str) -> tuple[str, str]:
    """A cell's value, and the interval in parentheses behind it."""
    value, mark, rest = cell.partition(" (")
    return value, mark.strip() + rest


def _hash(style: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(style.encode()).digest()).decode()
