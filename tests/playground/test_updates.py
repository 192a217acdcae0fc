"""Polling: confirming, filtering, one poller at a time; and taps."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from playground.chats import ChatKind

if TYPE_CHECKING:
    import httpx
    from telegram import Bot

    from bot.clock import TurnableClock
    from playground.chats import Chat, Message
    from playground.people import Person
    from playground.taps import Tap
    from playground.world import World


async def poll(ask: Any, **params: object) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = (await ask("getUpdates", **params))["result"]
    return updates


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in updates]


async def test_updates_stay_until_they_are_confirmed(
    ask: Any, world: World, yard: Chat, vera: Person
) -> None:
    world.say(yard, vera, "/help")
    first = await poll(ask)
    assert kinds(first) == ["my_chat_member", "message", "message"]
    assert await poll(ask) == first
    assert await poll(ask, limit=1) == first[:1]
    assert await poll(ask, offset=first[1]["update_id"]) == first[1:]
    assert await poll(ask, offset=-1) == first[2:]
    assert await poll(ask, offset=first[2]["update_id"] + 1) == []


async def test_a_confirmed_update_can_come_again(
    ask: Any, world: World, yard: Chat, vera: Person
) -> None:
    world.say(yard, vera, "/help")
    last = (await poll(ask))[-1]
    await poll(ask, offset=last["update_id"] + 1)
    world.redeliver(last["update_id"])
    assert await poll(ask, offset=last["update_id"] + 1) == [last]
    assert await poll(ask) == []


async def test_a_long_poll_wakes_when_something_happens(
    ask: Any, world: World, yard: Chat, vera: Person
) -> None:
    seen = await poll(ask)
    waiting = asyncio.create_task(poll(ask, offset=seen[-1]["update_id"] + 1, timeout=30))
    await world.settled()
    world.say(yard, vera, "/help")
    assert kinds(await waiting) == ["message"]


async def test_the_older_of_two_polls_ends(ask: Any, world: World, yard: Chat) -> None:
    seen = await poll(ask)
    older = asyncio.create_task(ask("getUpdates", offset=seen[-1]["update_id"] + 1, timeout=30))
    await world.settled()
    assert await poll(ask) == []
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_allowed_updates_are_remembered(
    ask: Any, world: World, vera: Person, anton: Person
) -> None:
    await poll(ask, allowed_updates='["message", "chat_member"]')
    group = world.add_group("Yard 6", creator=vera)
    world.add_bot(group, by=vera)
    world.join(group, anton)
    assert kinds(await poll(ask)) == ["message", "message"]
    world.set_bot_rights(group, vera, can_pin_messages=True)
    world.leave(group, anton)
    assert kinds(await poll(ask, offset=-2)) == ["message", "chat_member"]
    await poll(ask, allowed_updates=[])
    world.demote(group, world.bot, vera)
    assert kinds(await poll(ask, offset=-1)) == ["my_chat_member"]


async def test_reactions_come_on_request_to_administrators(
    ask: Any, bot: Bot, world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    await poll(ask, allowed_updates=["message", "message_reaction"])
    sent = await bot.send_message(yard.id, "x")
    world.react(anton, yard.messages[-1], "👍")
    assert "message_reaction" not in kinds(await poll(ask))
    world.promote(yard, world.bot, vera)
    world.react(anton, yard.messages[-1], None)
    reaction = (await bot.get_updates(offset=-1))[0].message_reaction
    assert reaction is not None
    assert reaction.message_id == sent.message_id
    assert reaction.new_reaction == ()


async def test_old_updates_expire(
    ask: Any, world: World, yard: Chat, card: Message, vera: Person, clock: TurnableClock
) -> None:
    world.tap(vera, card, "Going")
    assert kinds(await poll(ask))[-1] == "callback_query"
    clock.turn(timedelta(seconds=151))
    assert "callback_query" not in kinds(await poll(ask))
    clock.turn(timedelta(hours=24))
    assert await poll(ask) == []


async def test_raw_updates_of_any_kind(ask: Any, world: World) -> None:
    number = world.push({"telepathy": {"from": None}})
    assert await poll(ask) == [{"update_id": number, "telepathy": {"from": None}}]


async def test_wrong_tokens_and_unknown_methods(http: httpx.AsyncClient, world: World) -> None:
    wrong = await http.get(str(http.base_url).replace("AAF", "AAG") + "getMe")
    assert wrong.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    unknown = await http.get("getHoroscope")
    assert unknown.status_code == 404
    assert unknown.json()["description"] == "Not Found: method not found"


# Taps


@pytest.fixture
async def card(bot: Bot, yard: Chat) -> Message:
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Going 3", callback_data="go")],
            [InlineKeyboardButton("Sign", url="https://t.me/dvor_bot?start=sign-5")],
        ]
    )
    await bot.send_message(yard.id, "Concert", reply_markup=keyboard)
    return yard.messages[-1]


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(
    bot: Bot, world: World, yard: Chat, card: Message, anton: Person
) -> None:
    tap: Tap = world.tap(anton, card, "Going")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (tap.id, "go", anton.id)
    assert query.message is not None
    assert query.message.message_id == card.message_id
    await query.answer("See you there", show_alert=True)
    answer = await world.answered(tap)
    assert (answer.text, answer.show_alert, answer.url) == ("See you there", True, None)


async def test_a_tap_is_answered_once_and_in_time(
    ask: Any, refusal: Any, world: World, card: Message, anton: Person, clock: TurnableClock
) -> None:
    too_late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    tap: Tap = world.tap(anton, card, (0, 0))
    words = await refusal("answerCallbackQuery", callback_query_id=tap.id, text="x" * 201)
    assert words == "Bad Request: MESSAGE_TOO_LONG"
    assert (await ask("answerCallbackQuery", callback_query_id=tap.id))["ok"]
    assert await refusal("answerCallbackQuery", callback_query_id=tap.id) == too_late
    late: Tap = world.tap(anton, card, (0, 0))
    clock.turn(timedelta(seconds=151))
    assert await refusal("answerCallbackQuery", callback_query_id=late.id) == too_late
    assert await refusal("answerCallbackQuery", callback_query_id="17") == too_late


async def test_an_answer_may_open_only_the_bots_own_chat(
    ask: Any, refusal: Any, world: World, card: Message, anton: Person
) -> None:
    tap: Tap = world.tap(anton, card, "Going")
    for url in ("https://example.org", "https://t.me/dvor_bot", "https://t.me/other?start=x"):
        words = await refusal("answerCallbackQuery", callback_query_id=tap.id, url=url)
        assert words == "Bad Request: URL_INVALID"
    url = "https://t.me/dvor_bot?start=sign-5"
    assert (await ask("answerCallbackQuery", callback_query_id=tap.id, url=url))["ok"]
    assert tap.answer is not None
    started = world.open_url(anton, tap.answer.url or "")
    assert started.chat.kind is ChatKind.PRIVATE
    assert started.text == "/start sign-5"


async def test_link_buttons_give_their_address(world: World, card: Message, anton: Person) -> None:
    assert world.tap(anton, card, "Sign") == "https://t.me/dvor_bot?start=sign-5"


async def test_only_those_who_see_a_button_can_tap_it(
    world: World, yard: Chat, card: Message, anton: Person
) -> None:
    with pytest.raises(LookupError, match="Maybe"):
        world.tap(anton, card, "Maybe")
    world.leave(yard, anton)
    with pytest.raises(LookupError, match="doesn't see"):
        world.tap(anton, card, "Going")
