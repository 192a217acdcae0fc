"""Which of several processes on one database does what only one may do.

On PostgreSQL an advisory lock decides: whoever holds it is on duty, and when its process dies, its
connection and the lock go with it. SQLite's file belongs to one process, which is always on duty.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from enum import IntEnum

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.occupied import ChangedKeyError, OccupiedDatabaseError, stay_present

logger = logging.getLogger(__name__)


class Task(IntEnum):
    """What one process does at a time, by the number of its lock."""

    DELIVERY = 7_246_174
    INTAKE = 7_246_175


class Duty:
    """One task, and whether it is this process's."""

    def __init__(self, url: str, task: Task, is_ours: Callable[[bytes], bool]) -> None:
        """`is_ours` as in `storage/occupied.py`."""
        self.is_shared = make_url(url).get_backend_name() != "sqlite"
        self.task = task
        self._engine = (
            create_engine(
                url, hide_parameters=True, poolclass=NullPool, isolation_level="AUTOCOMMIT"
            )
            if self.is_shared
            else None
        )
        if self._engine is not None:
            stay_present(self._engine, is_ours)
        self.never: ChangedKeyError | None = None
        """Why this process is never on duty again."""
        self._connection: Connection | None = None
        self._is_mine = False
        self._is_over = False
        self._is_out_of_reach = False
        # Several threads ask: a second connection would find the task taken by the first.
        self._one_at_a_time = threading.Lock()

    @property
    def is_held(self) -> bool:
        """Whether the task was this process's when that was asked last. Asks nothing."""
        return not self.is_shared or self._is_mine

    def take(self) -> bool:
        """Whether the task is this process's now; takes it where it is free. Not from the event loop."""
        if self._engine is None:
            return True
        with self._one_at_a_time:
            return not (self._is_over or self.never) and self._take(self._engine)

    def _take(self, engine: Engine) -> bool:
        try:
            if self._connection is None:
                self._connection = engine.connect()
            if self._is_mine:
                # The lock lives as long as its connection: all there is to ask.
                self._connection.execute(text("SELECT 1"))
            else:
                self._is_mine = bool(
                    self._connection.execute(
                        text("SELECT pg_try_advisory_lock(:task)"), {"task": self.task.value}
                    ).scalar()
                )
        except OccupiedDatabaseError:
            return False
        except ChangedKeyError as error:
            self.never = error
        except DBAPIError:
            # Once: it is asked every second, for as long as that takes.
            if not self._is_out_of_reach:
                logger.warning("the database can't be reached; this process is off duty")
            self._is_out_of_reach = True
            self._let_go()
        else:
            self._is_out_of_reach = False
        return self._is_mine

    async def is_mine(self) -> bool:
        """The same, from the event loop."""
        return self._engine is None or await asyncio.to_thread(self.take)

    def close(self) -> None:
        """Leave the task to others, for good: a thread that still asks doesn't take it again."""
        with self._one_at_a_time:
            self._is_over = True
            self._let_go()

    def _let_go(self) -> None:
        self._is_mine = False
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
