"""An article as it was read, before anything is known of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article. *text* is what is analyzed, with its own line ends; *id* is what the output calls it.

    *title*, *date* (of publication, ``YYYY-MM-DD``) and *outlet* go through to the output where they are known.
    *warnings* tell what had to be guessed.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    warnings: tuple[str, ...] = ()
