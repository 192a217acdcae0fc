"""A bot to examine."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.server import Server
from tests.bot_process import BotProcess


@pytest.fixture
def bot(tmp_path: Path, database_url: str, real_server: Server) -> BotProcess:
    """One that isn't started yet, with a database that is as good as new."""
    return BotProcess(tmp_path, database_url, real_server)


@pytest.fixture
def new_bot(tmp_path: Path, real_server: Server) -> BotProcess:
    """One with nothing there yet."""
    return BotProcess(tmp_path, f"sqlite:///{tmp_path / 'data' / 'dvor.sqlite3'}", real_server)
