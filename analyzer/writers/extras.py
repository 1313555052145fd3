"""Packages that only an extra of communique installs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from analyzer.errors import MissingExtraError


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Around imports of what *extra* installs: raises `MissingExtraError` where one fails."""
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(f"{error}; install it with: pip install 'communique[{extra}]'") from error
