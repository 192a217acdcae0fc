"""A courtyard whose bot tells how it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.health.asking import free_port
from tests.yard import Yard


@pytest.fixture
def port(bare_yard: Yard) -> Iterator[int]:
    """Where the yard's bot listens."""
    with free_port() as port:
        bare_yard.overrides["LISTEN"] = f"127.0.0.1:{port}"
        yield port
