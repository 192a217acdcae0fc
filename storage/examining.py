"""A database looked at as it lies there: nothing is made, brought up to date or locked for others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text

from storage.database import engine_of_reader

LEAST_SQLITE = (3, 35, 0)
"""From this version on rows come back from what writes them, which the house relies on."""

_BUSY_SECONDS = 5.0
_STEPS_BETWEEN = 10_000


@contextmanager
def looked_at(url: str | URL) -> Iterator[Engine]:
    """An engine that only reads. Raises what the driver does where a file or server isn't there."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, creator=lambda: _opened(Path(address.database or "")))
    else:
        engine = engine_of_reader(address)
    try:
        yield engine
    finally:
        engine.dispose()


def count_damage(connection: Connection, goes_on: Callable[[], bool]) -> int:
    """Return how many faults the database finds in itself, a hundred at most. `goes_on` is asked now and
    then; where it says no, looking ends with an error of the driver's.

    SQLite goes through every page, index and reference; a writer isn't kept waiting. PostgreSQL tells how
    many pages it has read whose checksums were wrong, where it has checksums.
    """
    if connection.dialect.name != "sqlite":
        failures = connection.execute(
            text(
                "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database"
                " WHERE datname = current_database()"
            )
        )
        return int(failures.scalar_one())
    driver: Any = connection.connection.dbapi_connection
    driver.set_progress_handler(lambda: not goes_on(), _STEPS_BETWEEN)
    found: list[str] = list(connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars())
    faults = 0 if found == ["ok"] else len(found)
    return faults or len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(100))


def postgresql_version(connection: Connection) -> tuple[int, int]:
    """Return the server's version: (17, 2)."""
    number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    return divmod(number, 10_000)


def _opened(file: Path) -> sqlite3.Connection:
    # By this address nothing is made where nothing is, whatever characters stand in a file's name.
    address = f"file:{quote(str(file.absolute()))}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)
