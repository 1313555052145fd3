"""The JSON Schema of the output: what one article's object in JSON Lines is made of."""

from __future__ import annotations

import json
from typing import Any

from analyzer.tables import DATA


def output_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the object that ``to_dict`` of an `Analysis` or a `Failure` gives."""
    schema: dict[str, Any] = json.loads((DATA / "output-schema.json").read_text(encoding="utf-8"))
    return schema
