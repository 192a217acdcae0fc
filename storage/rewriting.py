"""Write what people wrote anew, in the order of its keys, so that the disk tells neither that nor who left.

One rule for both databases: what changed since the last time is written anew. How, `storage/portions.py` says
of SQLite and `storage/clustering.py` of PostgreSQL.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError

from storage.changes import bytes_of
from storage.clustering import Clustering, OlderStateSeenError
from storage.database import Database
from storage.portions import Key, rewrite_portion
from storage.tables import all_tables

_LOOK_AGAIN = 0.1


class NotNowError(Exception):
    """Others are in the way; the message says who or what. What was done till then holds."""


class Rewriting:
    """Rewrites the tables of one database; everything once after the start, then what changed.

    Both ways take `patience`, so many seconds in which others who look at older rows may come to their end.
    They raise `NotNowError`, and `UnusableDatabaseError` where the disk itself can't be written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        database.changed |= {table.name for table in all_tables()}
        self._clustering = None if database.is_sqlite else Clustering(database.engine)

    async def forget_order(self, patience: float) -> None:
        """Let nothing show any more in which order rows were written, or which rows one deed wrote."""
        names = frozenset(self._database.changed)
        with _said_as_not_now():
            if self._clustering is None:
                await self._rewrite_portions(names)
                await self._empty_wal(patience)
                return
            self._database.changed -= names
            try:
                await asyncio.to_thread(self._clustering.forget_order, names, patience)
            except BaseException:
                self._database.changed |= names
                raise

    async def forget_erased(self, names: Collection[str], patience: float) -> None:
        """Let nothing of what was erased from these tables stay on the disk.

        On SQLite only tables of one portion are written anew for that: those who wait for others shouldn't
        wait for a hundred. Copies that a split left of what was erased from a larger one, if it had any since
        it was last rewritten, stay until it is the next time.
        """
        with _said_as_not_now():
            if self._clustering is None:
                await self._rewrite_portions(names, only_small=True)
                await self._empty_wal(patience)
            else:
                await asyncio.to_thread(self._clustering.forget_erased, names, patience)

    async def _rewrite_portions(self, names: Collection[str], *, only_small: bool = False) -> None:
        """In portions, between which taps come in."""
        for table in all_tables():
            if table.name not in self._database.changed.intersection(names):
                continue
            self._database.changed.discard(table.name)
            is_whole = False
            try:
                is_whole = not shows_order(table) or await self._rewrite(table, only_small)
            finally:
                if not is_whole:
                    self._database.changed.add(table.name)

    async def _rewrite(self, table: Table, only_small: bool) -> bool:
        """Whether all of it is rewritten."""
        after: Key | None = None
        while True:
            portion = partial(rewrite_portion, table=table, after=after, only_small=only_small)
            after = await self._database.maintain(portion)
            if after is None or only_small:
                return after is None

    async def _empty_wal(self, patience: float) -> None:
        for _ in range(1 + round(patience / _LOOK_AGAIN)):
            if await self._database.empty_wal():
                return
            await asyncio.sleep(_LOOK_AGAIN)
        raise OlderStateSeenError


@contextmanager
def _said_as_not_now() -> Iterator[None]:
    try:
        yield
    except OlderStateSeenError as error:
        raise NotNowError("somebody reads an older state, for a backup or a dump") from error
    except DBAPIError as error:
        raise NotNowError(f"SQLSTATE {getattr(error.orig, 'sqlstate', None)}") from error
    except sqlite3.OperationalError as error:
        raise NotNowError(error.sqlite_errorname) from error


def shows_order(table: Table) -> bool:
    """Whether the bytes of SQLite's file tell more of a table than a look into it.

    Where the key is one growing number it tells the order itself, and what is left are texts and numbers that
    name nobody.
    """
    keys = list(table.primary_key.columns)
    is_numbered = len(keys) == 1 and keys[0].type.python_type is int
    return not is_numbered or bool(bytes_of(table))
