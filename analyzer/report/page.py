"""The report on many articles: one self-contained HTML file that fetches nothing.

Each result is a block of JSON in the page. One script, which the page's security policy allows by its hash,
builds all that is seen from these blocks.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TextIO

from analyzer.failure import Failure
from analyzer.results import Result
from analyzer.tables import DATA, read_table

SCRIPTS = (
    "dom.js",
    "results.js",
    "segments.js",
    "filter.js",
    "overview.js",
    "matrix.js",
    "timeline.js",
    "tooltip.js",
    "articles.js",
    "csv.js",
    "report.js",
)
"""The script's parts, in the order in which they are joined."""

_PARTS = DATA / "report"
# UTF-8 cannot carry these; they are replaced one for one, since offsets are code points.
_SURROGATE = re.compile("[\ud800-\udfff]")
# With these, text could end its block early or be taken for markup.
_MARKUP = re.compile("[<>&\u2028\u2029]")


def write_html(results: Iterable[Result], stream: TextIO, *, title: str = "Quotations") -> None:
    """Write the report on *results* to *stream*, each result as it comes in; *title* is the page's heading.

    The page shows figures, who speaks most, stances by speaker and target, their course over time and each
    article's text with its quotations, all for a filter that the reader sets.
    """
    # Who only asks for the command line's help needs no templates.
    from jinja2 import Environment
    from markupsafe import Markup

    style = _part("report.css")
    script = "\n".join(map(_part, SCRIPTS))
    page = Environment(autoescape=True).from_string(_part("page.html"))
    pieces = page.generate(
        title=_SURROGATE.sub("�", title),
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        blocks=map(Markup, _blocks(results)),
    )
    for piece in pieces:
        stream.write(piece)


def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy under which only *style* and *script* take effect, and nothing is fetched."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(code: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(code.encode()).digest()).decode()


def _blocks(results: Iterable[Result]) -> Iterator[str]:
    """The JSON of each of *results*, and at last the names of the countries whose codes are in them."""
    codes: set[str] = set()
    for result in results:
        data = _shown(result)
        for quotation in data.get("quotations", ()):
            codes.update(filter(None, _countries(quotation)))
        yield _json(data)
    yield _json({"countries": {code: _country_names().get(code, code) for code in sorted(codes)}})


def _shown(result: Result) -> dict[str, Any]:
    """What the page needs of *result*; a quotation's words are taken from the text by its spans."""
    data = result.to_dict()
    if isinstance(result, Failure):
        return data
    del data["schema"], data["sha256"], data["speakers"]
    for quotation in data["quotations"]:
        del quotation["text"]
    return data


def _countries(quotation: dict[str, Any]) -> tuple[str | None, str | None]:
    target = quotation["stance"]["target"]
    return quotation["role"]["country"], target and target["country"]


@cache
def _country_names() -> dict[str, str]:
    return {code: name for code, name, *_ in read_table(DATA / "countries.tsv")}


def _json(data: dict[str, Any]) -> str:
    """*data* as JSON that is safe within a script element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _MARKUP.sub(lambda match: f"\\u{ord(match[0]):04x}", _SURROGATE.sub("�", text))
