"""What was promised by the clock on a wall keeps that, also when a country changes its clocks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.clock import Clock
from bot.domain.timekeeping import zone_data
from bot.store import Store, UnitOfWork
from storage import instance

logger = logging.getLogger(__name__)

_KEPT_AT_ONCE = 20


@dataclass(frozen=True)
class Planned:
    """Things promised by a clock on the wall, which keep that when a country changes its clocks.

    `rows` gives so many of them, those after an id, in the order of their ids; `keep` lets one fall due at
    the instant at which the clock shows what was promised.
    """

    rows: Callable[[Session, int, int], Sequence[Any]]
    keep: Callable[[UnitOfWork, Any], None]

    def keep_some(self, work: UnitOfWork, after: int) -> int | None:
        """Do that for as many as fit into a transaction. Returns the last one's id, None where there were
        no more."""
        rows = self.rows(work.session, after, _KEPT_AT_ONCE)
        for row in rows:
            self.keep(work, row)
        return rows[-1].id if rows else None


class WallTimes:
    """Lets every planned instant follow anew from its wall time where newer zone data knows other rules.

    Several processes may plan in one database. One with older data, until it gets newer data too, plants
    instants by rules that no longer hold: it says so, and leaves a mark by which a newer one mends them at
    its next look. It never mends anything itself.
    """

    def __init__(self, store: Store, clock: Clock, planned: Iterable[Planned]) -> None:
        self._store = store
        self._clock = clock
        self._planned = tuple(planned)
        # The newest data that another process was seen to go by.
        self._newer: str | None = None

    async def keep(self) -> None:
        """Look by which data everything is planned, and plan anew by ours. Cut off, it is all done again at
        the next look."""
        own, kept = zone_data.version(), await self._store.read(_version)
        if kept is not None and kept > own:
            await self._yield_to(kept)
        elif kept == own:
            self._newer = None
        elif self._newer is None:
            await self._plan_anew(own)

    def warn_of_old_data(self) -> None:
        """Tell the operator where clocks may have changed since our data was made."""
        if zone_data.age(self._clock.now()) > zone_data.OLD:
            logger.warning(
                "the time zone data (%s) is over a year old, and clocks may have changed since: "
                "install a newer version of Dvor, or of the package tzdata",
                zone_data.version(),
            )

    async def _yield_to(self, newer: str) -> None:
        if self._newer is None:
            logger.error(
                "another process goes by newer time zone data (%s, and %s here): install it here too",
                newer,
                zone_data.version(),
            )
        self._newer = newer
        await self._store.run(_keep_version, None)

    async def _plan_anew(self, version: str) -> None:
        for planned in self._planned:
            last: int | None = 0
            while last is not None:
                last = await self._store.run(planned.keep_some, last)
        await self._store.run(_keep_version, version)
        logger.info("what is planned goes by the time zone data %s", version)


def _version(work: UnitOfWork) -> str | None:
    return instance.zone_data(work.session)


def _keep_version(work: UnitOfWork, version: str | None) -> None:
    instance.keep_zone_data(work.session, version)
