"""Which articles are analyzed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from analyzer.article import Article
from analyzer.readers import Item

ARTICLES_TOGETHER = 16
BYTES_TOGETHER = 8_000

T = TypeVar("T")


def in_groups(
    things: Iterable[T], size: Callable[[T], int], most: int = ARTICLES_TOGETHER
) -> Iterator[list[T]]:
    """*things* in their order, in lists of at most *most*, each closed when it has ``BYTES_TOGETHER`` by *size*.

    Only short articles gain from company; long ones would but wait for each other and fill the memory. If *things*
    raise an error, it comes after the last list.
    """
    group: list[T] = []
    total = 0
    remaining = iter(things)
    problem: Exception | None = None
    while True:
        try:
            thing = next(remaining)
        except StopIteration:
            break
        except Exception as error:
            problem = error
            break
        group.append(thing)
        total += size(thing)
        if len(group) >= most or total >= BYTES_TOGETHER:
            yield group
            group, total = [], 0
    if group:
        yield group
    if problem is not None:
        raise problem


def item_size(item: Item) -> int:
    """How many bytes *item* has, or about as many characters if it is read already."""
    return len(item.content.text) if isinstance(item.content, Article) else item.size
