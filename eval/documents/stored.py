"""The results in ``eval/results``, as the documents quote them."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from eval.report.tables import percent
from eval.systems import MODEL


class StoredEvaluation:
    """What ``communique evaluate`` or ``evaluate-corpus`` stored."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.stored = stored

    @property
    def digest(self) -> str:
        """That of the model that was evaluated: see ``eval.systems.model_digest``."""
        return str(self.stored["made_with"]["model folder (SHA-256)"])

    def size(self, group: str) -> tuple[int, int]:
        """How many articles and quotations *group* has. Raises LookupError if there is no such group."""
        for found in self.stored["groups"]:
            if found["name"] == group:
                return found["articles"], found["quotations"]
        raise LookupError(f"no stored group {group}")

    def figure(
        self, group: str, measure: str, system: str = MODEL, part: tuple[str, str] = ("all", "all")
    ) -> dict[str, Any]:
        """The one figure with these properties. Raises LookupError if there is none."""
        wanted = (group, measure, system, list(part))
        for found in self.stored["figures"]:
            if (found["group"], found["measure"], found["system"], found["part"]) == wanted:
                figure: dict[str, Any] = found
                return figure
        raise LookupError(f"no stored figure of {wanted}")

    def value(
        self, group: str, measure: str, system: str = MODEL, part: tuple[str, str] = ("all", "all")
    ) -> str:
        """F1 alone, as in ``90.5``."""
        return percent(self.figure(group, measure, system, part)["score"]["f1"])

    def f1(self, group: str, measure: str, system: str = MODEL) -> str:
        """F1 with its interval, as in ``90.5 (88.9–92.0)``."""
        found = self.figure(group, measure, system)
        low, high = found["intervals"]["f1"]
        return f"{percent(found['score']['f1'])} ({percent(low)}–{percent(high)})"

    def calibration_error(self, group: str, of: str) -> float:
        """How far the model's stated probabilities *of* quotations or stances are off. Raises LookupError."""
        for found in self.stored["reliabilities"]:
            if (found["group"], found["of"]) == (group, of):
                return float(found["error"])
        raise LookupError(f"no stored calibration of {of} on {group}")

    def lead(self, group: str, measure: str, baseline: str) -> dict[str, Any]:
        """How far the model is ahead of *baseline*: ``value``, ``interval`` and ``p``. Raises LookupError."""
        for found in self.stored["comparisons"]:
            if (found["group"], found["measure"], found["baseline"]) == (group, measure, baseline):
                lead: dict[str, Any] = found
                return lead
        raise LookupError(f"no stored comparison with {baseline} by {measure} on {group}")


class StoredResults:
    """All results in *folder*, each read when it is asked for. Raises OSError for one that is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> dict[str, Any]:
        """The stored result ``NAME.json``."""
        found: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def polnear(self) -> StoredEvaluation:
        return StoredEvaluation(self.read("polnear-dev"))

    @cached_property
    def textacy(self) -> StoredEvaluation:
        return StoredEvaluation(self.read("peer-textacy"))

    @cached_property
    def corpus(self) -> StoredEvaluation:
        return StoredEvaluation(self.read("corpus-test"))
