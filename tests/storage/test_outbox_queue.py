"""What delivery asks of the outbox stays within what a database can be asked."""

from __future__ import annotations

import sqlite3

import pytest
from sqlmodel import Session

from bot.delivery.outbox import LONGEST_ROUND
from storage.database import Database
from storage.delivery import queue
from storage.delivery.outbox import DuePost, Urgency
from tests.yard import NOON

pytestmark = pytest.mark.databases("sqlite", "postgresql")

USUAL_LIMIT = 32_766
BUSY, A_TURN = range(2_000), 100


def test_the_longest_round_fits_into_one_query(database_url: str) -> None:
    database = Database(database_url)

    def first_rows(session: Session) -> list[DuePost]:
        raw = session.connection().connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            # Some systems build SQLite with a higher one.
            raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, USUAL_LIMIT)
        return queue.next_of_each_chat(
            session,
            NOON,
            Urgency.NOW,
            limit=A_TURN,
            busy=BUSY,
            but_not=range(LONGEST_ROUND + A_TURN),
        )

    assert database.read_now(first_rows) == []
    database.close()
