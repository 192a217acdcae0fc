"""Strangers and nonsense at the playground's door."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import TurnableClock
from playground.asked import Asked
from playground.chats import Chat
from playground.gate import Problem
from playground.people import Person
from playground.server import Server
from playground.world import World
from playground.yard import make_yard
from tests.playground.page.asking import FIFTEEN_TO_ELEVEN


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "[", ""])
async def test_names_that_only_resolve_to_this_machine_are_turned_away(
    page: httpx.AsyncClient, host: str
) -> None:
    for path in ("/", "/api/state"):
        assert (await page.get(path, headers={"Host": host})).status_code in (400, 403)


async def test_other_sites_cannot_post(
    page: httpx.AsyncClient, server: Server, group: Chat, vera: Person
) -> None:
    said = {"person": vera.id, "chat": group.id, "text": "Buy now"}
    body = json.dumps(said)
    foreign = {"Origin": "https://evil.example", "Content-Type": "application/json"}
    assert (await page.post("/api/say", content=body, headers=foreign)).status_code == 403
    plain = {"Content-Type": "text/plain"}
    assert (await page.post("/api/say", content=body, headers=plain)).status_code == 415
    own = {"Origin": server.url, "Content-Type": "application/json"}
    assert (await page.post("/api/say", content=body, headers=own)).status_code == 200


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', "{}", '{"person": 1}', '{"person": {}, "chat": [1]}']
)
@pytest.mark.parametrize(
    "deed", ["say", "tap", "start", "open", "clock", "bot", "block", "anonymity"]
)
async def test_nonsense_is_refused_with_words(
    page: httpx.AsyncClient, deed: str, body: str
) -> None:
    answer = await page.post(
        f"/api/{deed}", content=body, headers={"Content-Type": "application/json"}
    )
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@given(fields=st.dictionaries(st.sampled_from(["person", "chat", "topic", "text", "key"]), _JSON))
def test_whatever_is_asked_is_understood_or_refused(fields: dict[str, Any]) -> None:
    world = World(clock=TurnableClock(FIFTEEN_TO_ELEVEN, running=False))
    yard = make_yard(world)
    for given_fields in (
        fields,
        {**fields, "person": yard.founder.id},
        {**fields, "person": yard.founder.id, "chat": yard.forum.id},
    ):
        _read_everything(Asked(world, given_fields))


def _read_everything(asked: Asked) -> None:
    with suppress(Problem):
        asked.text("text").encode()
    with suppress(Problem):
        asked.whole("topic")
    with suppress(Problem):
        asked.message(asked.spot, "key")
