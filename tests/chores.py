"""What the bot does by itself, all portions of it one after another, where no bot runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.chores import Chore
from bot.feature import Feature
from bot.store import UnitOfWork


def done_at_once(chores: Iterable[Chore[Any]]) -> Callable[[UnitOfWork], None]:
    """A use case that does these chores, all of them in its one transaction."""

    def do_all(work: UnitOfWork) -> None:
        for chore in chores:
            found = chore.look(work, None)
            while found.things or found.go_on is not None:
                chore.do(work, found.things)
                work.session.flush()
                if found.go_on is None:
                    break
                found = chore.look(work, found.go_on)

    return do_all


def all_that_is_due(*features: Feature) -> Callable[[UnitOfWork], None]:
    """A use case that moves what has fallen due of these, portion after portion, in its one transaction."""

    def move_all(work: UnitOfWork) -> None:
        for source in (each for feature in features for each in feature.due):
            while (due := source.next_due(work)) is not None and due <= work.now:
                source.move(work, *(() if source.look is None else (source.look(work),)))
                work.session.flush()

    return move_all
