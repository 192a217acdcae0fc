"""The sample courtyard behind a server with the page's routes, and a client that asks as the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from bot.clock import TurnableClock
from playground.control import Control
from playground.server import Server
from playground.yard import Yard, make_yard
from tests.browser import browser, visitor
from tests.playground.page.asking import FIFTEEN_TO_ELEVEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

__all__ = ["browser", "visitor"]


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(FIFTEEN_TO_ELEVEN, running=False)


@pytest.fixture
def yard(world: World) -> Yard:
    return make_yard(world)


@pytest.fixture
def group(world: World, yard: Yard) -> Chat:
    """The courtyard's group with the bot in it."""
    world.add_bot(yard.group, by=yard.founder)
    return yard.group


@pytest.fixture
async def server(world: World, clock: TurnableClock, yard: Yard) -> AsyncIterator[Server]:
    server = Server(world, clock)
    Control(world, clock, yard).add_to(server.app)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def page(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as client:
        yield client


@pytest.fixture
def vera(yard: Yard) -> Person:
    return yard.neighbours[0].person


@pytest.fixture
def ales(yard: Yard) -> Person:
    return yard.neighbours[1].person


@pytest.fixture
def tom(yard: Yard) -> Person:
    return yard.neighbours[3].person
