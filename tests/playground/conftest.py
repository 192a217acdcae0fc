"""A small neighbourhood, its server, and the bot's side of the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Bot

from bot.clock import TurnableClock
from playground.server import Server
from playground.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from playground.chats import Chat
    from playground.people import Person

Answer = dict[str, Any]


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(running=False)


@pytest.fixture
def world(clock: TurnableClock) -> World:
    return World(clock=clock)


@pytest.fixture
async def server(world: World, clock: TurnableClock) -> AsyncIterator[Server]:
    server = Server(world, clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    base = server.url
    async with Bot(
        server.world.bot.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot"
    ) as bot:
        yield bot


@pytest.fixture
async def http(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    base = f"{server.url}/bot{server.world.bot.token}/"
    async with httpx.AsyncClient(base_url=base, timeout=10) as client:
        yield client


@pytest.fixture
def ask(http: httpx.AsyncClient) -> Callable[..., Awaitable[Answer]]:
    """Call a method with JSON parameters; the whole answer."""

    async def call(method: str, **params: object) -> Answer:
        # httpx would not send half a surrogate pair; a careless client does.
        response = await http.post(
            method, content=json.dumps(params), headers={"Content-Type": "application/json"}
        )
        answer: Answer = response.json()
        assert response.status_code == (200 if answer["ok"] else answer["error_code"])
        return answer

    return call


@pytest.fixture
def refusal(ask: Callable[..., Awaitable[Answer]]) -> Callable[..., Awaitable[str]]:
    """Call a method that must be refused; Telegram's words."""

    async def call(method: str, **params: object) -> str:
        answer = await ask(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    return call


@pytest.fixture
def vera(world: World) -> Person:
    return world.add_person("Vera")


@pytest.fixture
def anton(world: World) -> Person:
    return world.add_person("Anton", language="be")


@pytest.fixture
def yard(world: World, vera: Person, anton: Person) -> Chat:
    """A supergroup that Vera made; the bot is an ordinary member."""
    group = world.add_group("Yard 5", creator=vera, members=[anton])
    world.add_bot(group, by=vera)
    return group


@pytest.fixture
def house(world: World, vera: Person, anton: Person) -> Chat:
    """A basic group that Vera made; the bot is an ordinary member."""
    group = world.add_group("House 7", creator=vera, kind="group", members=[anton])
    world.add_bot(group, by=vera)
    return group
