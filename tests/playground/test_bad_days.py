"""Limits, faults, and requests that no sane client sends."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram.error import NetworkError

from bot.clock import TurnableClock
from playground.methods.registry import all_methods
from playground.server import MAX_REQUEST_BYTES, Server
from playground.world import World

if TYPE_CHECKING:
    from telegram import Bot

    from playground.chats import Chat
    from playground.people import Person


async def test_limits_are_off_unless_asked_for(bot: Bot, yard: Chat) -> None:
    for number in range(40):
        await bot.send_message(yard.id, str(number))


async def test_twenty_a_minute_in_a_group_edits_included(
    bot: Bot, ask: Any, server: Server, yard: Chat, clock: TurnableClock
) -> None:
    async def wait_told() -> int:
        answer = await ask("sendMessage", chat_id=yard.id, text="too much")
        assert answer["error_code"] == 429
        return int(answer["parameters"]["retry_after"])

    server.limits.enforce = True
    first = await bot.send_message(yard.id, "1")
    for number in range(19):
        await bot.edit_message_text(f"edit {number}", yard.id, first.message_id)
    assert await wait_told() == 60
    clock.turn(timedelta(seconds=59))
    assert await wait_told() == 1
    clock.turn(timedelta(seconds=1))
    await bot.send_message(yard.id, "now")
    assert server.limits.refused == 2


async def test_a_private_chat_takes_short_bursts(
    bot: Bot, ask: Any, server: Server, world: World, vera: Person, clock: TurnableClock
) -> None:
    world.start(vera)
    server.limits.enforce = True
    for number in range(3):
        await bot.send_message(vera.id, str(number))
    answer = await ask("sendMessage", chat_id=vera.id, text="x")
    assert answer["parameters"] == {"retry_after": 3}
    assert answer["description"] == "Too Many Requests: retry after 3"
    clock.turn(timedelta(seconds=3))
    await bot.send_message(vera.id, "now")


async def test_thirty_a_second_overall(
    bot: Bot, refusal: Any, server: Server, world: World, clock: TurnableClock
) -> None:
    people = [world.add_person(f"Person {number}") for number in range(31)]
    for person in people:
        world.start(person)
    server.limits.enforce = True
    for person in people[:30]:
        await bot.send_message(person.id, "x")
    words = await refusal("sendMessage", chat_id=people[30].id, text="x")
    assert words == "Too Many Requests: retry after 1"
    clock.turn(timedelta(seconds=1))
    await bot.send_message(people[30].id, "x")


async def test_errors_before_the_work(bot: Bot, server: Server, yard: Chat) -> None:
    before = len(yard.messages)
    server.faults.add("sendMessage", "500", times=2)
    server.faults.add("sendMessage", "502")
    server.faults.add("sendMessage", "refuse_before")
    for _ in range(4):
        with pytest.raises(NetworkError):
            await bot.send_message(yard.id, "x")
    assert len(yard.messages) == before
    await bot.send_message(yard.id, "x")


async def test_a_connection_cut_after_the_work(bot: Bot, server: Server, yard: Chat) -> None:
    server.faults.add("sendMessage", "cut", when=lambda params: params.text("text") == "lost?")
    await bot.send_message(yard.id, "first")
    with pytest.raises(NetworkError):
        await bot.send_message(yard.id, "lost?")
    assert yard.messages[-1].text == "lost?"


async def test_flood_waits_and_errors_of_choice(refusal: Any, server: Server, yard: Chat) -> None:
    server.faults.add("sendMessage", "429", retry_after=7)
    words = await refusal("sendMessage", chat_id=yard.id, text="x")
    assert words == "Too Many Requests: retry after 7"
    server.faults.add("*", "error", code=403, description="Forbidden: user is deactivated")
    assert await refusal("getMe") == "Forbidden: user is deactivated"


async def test_delays(bot: Bot, server: Server, yard: Chat) -> None:
    server.faults.add("sendMessage", "delay", seconds=0.2)
    slow = asyncio.create_task(bot.send_message(yard.id, "slow"))
    await bot.get_me()
    await bot.send_message(yard.id, "quick")
    await slow
    assert {message.text for message in yard.messages[-2:]} == {"slow", "quick"}


async def test_bodies_that_are_no_json(http: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"\xff", b"[" * 100_000):
        answer = await http.post("sendMessage", content=body, headers=headers)
        assert answer.json()["description"] == "Bad Request: can't parse JSON object"
    answer = await http.post("sendMessage", content=b"[]", headers=headers)
    assert answer.json()["description"] == "Bad Request: object expected"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b""),
        ("multipart/form-data; boundary=a", b"--a\r\nx"),
        (
            "multipart/form-data; boundary=a",
            b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\n5',
        ),
        ("application/x-www-form-urlencoded; charset=klingon", b"a=b"),
    ],
)
async def test_broken_forms(http: httpx.AsyncClient, kind: str, body: bytes) -> None:
    answer = await http.post("sendMessage", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert answer.json()["description"] == "Bad Request: can't parse the request's body"


async def test_bodies_beyond_all_measure(http: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await http.post("sendMessage", content=bytes(MAX_REQUEST_BYTES + 1), headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (413, 413)


async def test_control_characters_are_tolerated(ask: Any, yard: Chat) -> None:
    result = (await ask("sendMessage", chat_id=yard.id, text="a\0b\r\nc\x07"))["result"]
    assert result["text"] == "a b\nc"


_JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["²", "-1", "9" * 5000, "{", "HTML", '<tg-time unix="' + "9" * 5000 + '">x']),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["type", "chat_id", "user_id", "message_id", "text", "inline_keyboard", "offset",
             "length", "callback_data", "url", "command", "description", "media", "emoji",
             "receiver_user_id", "ephemeral_message_id"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=6,
)  # fmt: skip
_NAMES = st.sampled_from(
    ["text", "parse_mode", "entities", "reply_markup", "reply_parameters", "message_id", "caption",
     "message_ids", "message_thread_id", "scope", "commands", "language_code", "user_id", "media",
     "ephemeral_message_parameters", "receiver_user_id", "ephemeral_message_id", "offset", "limit",
     "callback_query_id", "url", "options", "question", "photo", "document", "file_id", "reaction",
     "from_chat_id", "name", "secret_token", "allowed_updates"]
)  # fmt: skip
_JSON = {"Content-Type": "application/json"}
_METHODS = sorted(set(all_methods()) - {"leavechat"})


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    method=st.sampled_from(_METHODS),
    params=st.dictionaries(_NAMES, _JUNK, max_size=5),
    in_chat=st.booleans(),
)
def test_junk_is_refused_never_stumbled_over(
    method: str, params: dict[str, Any], in_chat: bool
) -> None:
    async def call() -> httpx.Response:
        clock = TurnableClock(running=False)
        world = World(clock=clock)
        vera = world.add_person("Vera")
        yard = world.add_group("Yard", creator=vera)
        world.add_bot(yard, by=vera, can_manage_topics=True)
        server = Server(world, clock)
        await server.start()
        try:
            url = f"{server.url}/bot{world.bot.token}/{method}"
            place = {"chat_id": yard.id, "from_chat_id": yard.id} if in_chat else {}
            async with httpx.AsyncClient() as client:
                return await client.post(url, content=json.dumps(place | params), headers=_JSON)
        finally:
            await server.stop()

    answer = asyncio.run(call())
    assert answer.status_code < 500, answer.text
    assert answer.json()["ok"] == (answer.status_code == 200)
