"""A country changes its clocks, and newer zone data knows of it: what is planned keeps its wall time.

Things fall due by their instants, which were right by the data of their day. So at the first start with
other data every instant follows anew from the wall time beside it.
"""

from __future__ import annotations

import logging
from datetime import datetime

from bot.domain.timekeeping import zone_data
from bot.feature import Features, Planned
from bot.store import Store, UnitOfWork
from storage import instance

logger = logging.getLogger(__name__)

_AT_ONCE = 200
"""How many one transaction looks at: another process may wait to write meanwhile."""


async def keep_wall_times(store: Store, features: Features) -> None:
    """Let everything planned go by the zone data at hand; nothing to do where it does already.

    To be called before anything falls due. Where it is cut off, the next start does all of it again.
    """
    version = zone_data.version()
    if await store.read(_known_version) == version:
        return
    for planned in features.planned:
        last: int | None = 0
        while last is not None:
            last = await store.run(_keep_some, planned, last)
    await store.run(_remember_version, version)
    logger.info("planned moments go by the time zone data %s", version)


def warn_of_old_zone_data(now: datetime) -> None:
    """Say in the log that some country may have changed its clocks since; `now` is aware."""
    if zone_data.age(now) > zone_data.OLD:
        logger.warning(
            "the time zone data (%s) is over a year old, and clocks may have changed since: "
            "install a newer version of Dvor, or of the package tzdata",
            zone_data.version(),
        )


def _keep_some(work: UnitOfWork, planned: Planned, after: int) -> int | None:
    """Look at the next few. Returns the id of the last of them, None where there were no more."""
    rows = planned.rows(work.session, after, _AT_ONCE)
    for row in rows:
        planned.keep(work, row)
    return rows[-1].id if rows else None


def _known_version(work: UnitOfWork) -> str | None:
    return instance.zone_data(work.session)


def _remember_version(work: UnitOfWork, version: str) -> None:
    instance.keep_zone_data(work.session, version)
