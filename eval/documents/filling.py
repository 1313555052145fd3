"""The figures in README, datasheet and model card, filled in from the stored results so that they cannot drift.

In a document they stand between ``<!-- figures NAME -->`` and ``<!-- end -->``. ``python -m eval.documents`` writes
them, and with ``--check`` only says which differ from the results.
"""

from __future__ import annotations

import re
from pathlib import Path

from analyzer.output import open_output
from eval.documents.blocks import BLOCKS
from eval.documents.stored import StoredResults

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "docs/cluster.md",
    "docs/peers.md",
    "corpus/DATASHEET.md",
    "analyzer/data/model/README.md",
)

_BLOCK = re.compile(
    r"(?P<begin><!-- figures (?P<name>[\w-]+) -->\n)(?:(?!<!-- figures ).)*?(?P<end><!-- end -->)", re.DOTALL
)


def fill(text: str, results: StoredResults) -> str:
    """*text* with what stands in each block of figures replaced by what *results* say.

    Raises KeyError for a block of a name that is not known, and ValueError for one that is not well marked.
    """
    if len(_BLOCK.findall(text)) != text.count("<!-- figures"):
        raise ValueError("not every <!-- figures NAME --> has a line of its own and an <!-- end -->")
    return _BLOCK.sub(lambda found: f"{found['begin']}{BLOCKS[found['name']](results)}\n{found['end']}", text)


def update(results: StoredResults, *, write: bool) -> list[str]:
    """The documents whose figures differ from *results*; with *write*, they are brought up to them."""
    differing = []
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        if (filled := fill(text, results)) != text:
            differing.append(name)
            if write:
                with open_output(path) as stream:
                    stream.write(filled)
    return differing
