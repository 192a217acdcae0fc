"""Slow mode, reactions, and what links lead to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telegram import Bot

    from bot.clock import TurnableClock
    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


async def test_slow_mode_holds_members_and_lets_administrators_be(
    refusal: Any, bot: Bot, world: World, yard: Chat, vera: Person, clock: TurnableClock
) -> None:
    tom = world.add_person("Tom")
    world.join(yard, tom)
    yard.slow_mode = 60
    first = await bot.send_message(yard.id, "one")
    said = await refusal("sendMessage", chat_id=yard.id, text="two")
    assert said == "Too Many Requests: retry after 60"
    clock.turn(timedelta(seconds=30))
    said = await refusal(
        "copyMessage", chat_id=yard.id, from_chat_id=yard.id, message_id=first.message_id
    )
    assert said == "Too Many Requests: retry after 30"
    await bot.edit_message_text("anew", yard.id, first.message_id)
    world.say(yard, tom, "one")
    with pytest.raises(PermissionError, match="slow mode"):
        world.say(yard, tom, "two")
    for text in ("one", "two"):
        world.say(yard, vera, text)
    clock.turn(timedelta(seconds=30))
    await bot.send_message(yard.id, "three")
    world.promote(yard, world.bot, vera)
    await bot.send_message(yard.id, "four")


async def test_reactions_are_of_a_list_and_of_what_the_group_allows(
    refusal: Any, bot: Bot, world: World, yard: Chat, vera: Person
) -> None:
    tea = world.say(yard, vera, "Tea")
    await bot.set_message_reaction(yard.id, tea.message_id, "🙊")
    assert tea.reactions[world.bot.id] == ["🙊"]
    here = {"chat_id": yard.id, "message_id": tea.message_id}
    unknown = '[{"type": "emoji", "emoji": "🍵"}]'
    assert await refusal("setMessageReaction", **here, reaction=unknown) == (
        "Bad Request: REACTION_INVALID"
    )
    yard.reactions = frozenset("👍")
    monkey = unknown.replace("🍵", "🙊")
    assert await refusal("setMessageReaction", **here, reaction=monkey) == (
        "Bad Request: REACTION_INVALID"
    )


@pytest.mark.parametrize(
    ("text", "options", "shows"),
    [
        ("See https://example.org", None, True),
        ("See https://example.org", '{"is_disabled": true}', False),
        ("See https://example.org", '{"prefer_small_media": true, "is_disabled": false}', True),
        ("See it", None, False),
    ],
)
async def test_what_a_link_leads_to_is_shown_unless_that_is_off(
    ask: Any, yard: Chat, text: str, options: str | None, shows: bool
) -> None:
    more = {"link_preview_options": options} if options else {}
    assert (await ask("sendMessage", chat_id=yard.id, text=text, **more))["ok"]
    assert yard.messages[-1].content.shows_preview is shows


async def test_options_of_a_preview_are_an_object(refusal: Any, yard: Chat) -> None:
    said = await refusal("sendMessage", chat_id=yard.id, text="x", link_preview_options="[]")
    assert said == "Bad Request: object expected as link preview options"
