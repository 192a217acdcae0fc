"""A long list, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Paging:
    """One page of a list: the first is 0, and a list of nothing has one page."""

    page: int
    pages: int
    at_once: int

    @property
    def first(self) -> int:
        """The place in the list at which this page begins."""
        return self.page * self.at_once

    def part(self, things: Sequence[T]) -> Sequence[T]:
        """Return what stands on this page, of the whole list."""
        return things[self.first : self.first + self.at_once]


def paging(count: int, page: int, at_once: int) -> Paging:
    """Return a page of a list of `count` things, the last one where there is no such page any more."""
    pages = max(1, -(-count // at_once))
    return Paging(min(page, pages - 1), pages, at_once)
