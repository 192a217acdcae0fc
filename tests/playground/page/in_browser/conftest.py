"""A browser at the playground's page, at noon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.clock import TurnableClock
from playground.server import Server
from tests.browser import Visitor
from tests.playground.page.in_browser.looking import NOON

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playground.chats import Chat


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON)


@pytest.fixture
async def page(visitor: Visitor, server: Server, group: Chat) -> AsyncIterator[Visitor]:
    await visitor.opens(server.url)
    yield visitor
    assert await visitor.complaints() == []
