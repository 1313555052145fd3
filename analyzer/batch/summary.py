"""What a run has come to: counts, a line for people, and the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts of a run; *failures* by type."""

    articles: int = 0
    quotations: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, quotations: int, error: str | None) -> None:
        """Count one article, with the type of its *error* if it failed."""
        self.articles += 1
        self.quotations += quotations
        if error is not None:
            self.failures[error] += 1

    def merge(self, other: Tally) -> None:
        """Count what *other* has counted as well."""
        self.articles += other.articles
        self.quotations += other.quotations
        self.failures.update(other.failures)

    @property
    def failed(self) -> int:
        return self.failures.total()

    def describe(self, seconds: float, before: int = 0) -> str:
        """One line: what was done in *seconds*, of which *before* articles had been done by an earlier run."""
        parts = [_count(self.articles, "article"), _count(self.quotations, "quotation")]
        if self.failures:
            kinds = ", ".join(f"{count} {type}" for type, count in sorted(self.failures.items()))
            parts.append(f"{self.failed:,} not analyzed ({kinds})")
        now = self.articles - before
        rate = f", {now / seconds:.1f} a second" if now > 1 and seconds > 0 else ""
        resumed = f"; {before:,} of the articles had been done before" if before else ""
        return f"{', '.join(parts)} in {_duration(seconds)}{rate}{resumed}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
