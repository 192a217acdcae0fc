"""Most of what happens to offices is no matter of the database; a module that is says so itself."""

from __future__ import annotations

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
