"""The furnished database of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.rotation.house import House


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    """A database with one row of everything that has to do with the key."""
    house = House(database_url, tmp_path)
    yield house
    house.close()
