"""What stands in the output in place of an article's analysis when there is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from analyzer.errors import ArticleError
from analyzer.quotation import SCHEMA_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why the article *id* was not analyzed. *type* is the Python exception's name, *message* for people."""

    id: str
    type: str
    message: str

    @classmethod
    def from_error(cls, id: str, error: Exception) -> Failure:
        """The failure that *error* is for the article *id*."""
        name = type(error).__name__
        if isinstance(error, ArticleError):
            message = str(error)
        elif isinstance(error, OSError):
            message = error.strerror or str(error)
        else:
            message = f"internal error, please report it: {name}: {error}"
        return cls(id=id, type=name, message=message)

    def to_dict(self) -> dict[str, Any]:
        """The output format's object, made of JSON's types only."""
        error = {"type": self.type, "message": self.message}
        return {"schema": SCHEMA_VERSION, "id": self.id, "error": error}

    def to_json(self) -> str:
        """One line of JSON, in ASCII, since file names may hold what UTF-8 cannot carry."""
        return json.dumps(self.to_dict())
