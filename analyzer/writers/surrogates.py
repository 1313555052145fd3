"""Lone surrogates, as some file names have them, which UTF-8 cannot carry: made writable."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from analyzer.quotation import Analysis
from analyzer.results import result_from_dict

_SURROGATE = re.compile("[\ud800-\udfff]")


def escaped(text: str) -> str:
    """*text* with each lone surrogate as a backslash escape like ``\\udcff``: as exact as UTF-8 allows."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def without_surrogates(analysis: Analysis) -> Analysis:
    """*analysis* with ``�`` for each lone surrogate, so that all offsets stay right; its id is `escaped`."""
    line = json.dumps(analysis.to_dict(), ensure_ascii=False)
    if not _SURROGATE.search(line):
        return analysis
    data = json.loads(_SURROGATE.sub("�", line))
    # The hash was that of the other text.
    del data["sha256"]
    result = result_from_dict(data)
    assert isinstance(result, Analysis)
    return replace(result, id=escaped(analysis.id))
