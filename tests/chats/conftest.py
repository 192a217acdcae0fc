"""How a chat is set up is a matter of Telegram's, so SQLite alone will do."""

from __future__ import annotations

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
