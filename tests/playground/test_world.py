"""The world as tests and the page use it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from telegram import Bot

    from playground.chats import Chat
    from playground.people import Person
    from playground.server import Server
    from playground.taps import Tap
    from playground.world import World


async def _ask(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    words = " ".join(context.args or [])
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Going 0", callback_data="go")]])
    await update.effective_message.reply_text(f"Card: {words}", reply_markup=keyboard)


async def _count(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Counted")
    await query.edit_message_text("Card: one is going")


@pytest.fixture
async def application(server: Server) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """A small bot on python-telegram-bot's own polling."""
    token, base = server.world.bot.token, server.url
    application = ApplicationBuilder().token(token).base_url(f"{base}/bot").build()
    application.add_handlers([CommandHandler("ask", _ask), CallbackQueryHandler(_count)])
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=5)
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.mark.usefixtures("application")
async def test_a_real_bot_plays_along(
    world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    world.say(yard, vera, "/ask Concert")
    card = await world.message(anton, yard, "Card: Concert")
    tap: Tap = world.tap(anton, card, "Going")
    assert (await world.answered(tap)).text == "Counted"
    await world.until(lambda: card.text == "Card: one is going")
    await world.settled()


async def test_waiting_in_vain_tells_what_happened(
    world: World, bot: Bot, yard: Chat, vera: Person
) -> None:
    world.say(yard, vera, "/help")
    await bot.send_message(yard.id, "Not what you wait for")
    with pytest.raises(AssertionError) as failed:
        await world.message(vera, yard, "Here is help", timeout=0.01)
    told = str(failed.value)
    assert "Vera: '/help'" in told
    assert "Dvor: 'Not what you wait for'" in told
    assert "sendMessage" in told


async def test_what_was_last_seen_is_told_in_ten_lines_and_in_its_own_letters(
    world: World, bot: Bot, yard: Chat, vera: Person
) -> None:
    for number in range(20):
        world.say(yard, vera, f"/help {number}")
        await bot.send_message(yard.id, "ў" * 4_000)
    button = InlineKeyboardMarkup([[InlineKeyboardButton("Падпісаць", callback_data="go")]])
    card = await bot.send_message(yard.id, "Concert", reply_markup=button)
    world.say(yard, vera, "Where is it?")
    await card.edit_text("Канцэрт", reply_markup=button)
    await bot.set_my_commands([("help", "Дапамога")])
    told = world.last_seen()
    assert len(told.splitlines()) <= 10
    assert len(told) < 3_000
    assert "Dvor: 'Канцэрт' [Падпісаць] (edited)" in told
    assert "'text': 'Падпісаць'" in told, "of the call too"
    assert "/help 1\n" not in told, "long ago"
    assert "setMyCommands" not in told, "nobody wonders about the menus"


async def test_every_change_is_told(world: World, yard: Chat, vera: Person) -> None:
    told: list[int] = []

    def note() -> None:
        told.append(len(yard.messages))

    world.on_change(note)
    world.say(yard, vera, "hello")
    assert told
    assert told[-1] == len(yard.messages)
    world.off_change(note)
    before = len(told)
    world.say(yard, vera, "again")
    assert len(told) == before


async def test_every_update_is_one_the_library_reads(
    bot: Bot, world: World, vera: Person, anton: Person
) -> None:
    """python-telegram-bot raises on a field that is missing or of another type."""
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    forum = world.add_group("Forum", creator=vera, forum=True, members=[anton])
    world.add_bot(forum, by=vera, can_pin_messages=True, can_manage_topics=True)
    topic = world.add_topic(forum, "Actions", by=vera)
    said = world.say(forum, vera, "see #yard and @anton", topic=topic)
    world.edit(forum, vera, said, "see #yard")
    world.pin(vera, said)
    world.react(anton, said, "👍")
    world.close_topic(forum, topic)
    world.reopen_topic(forum, topic)
    world.promote(forum, anton, vera, is_anonymous=True)
    world.say(forum, anton, "as nobody", reply_to=said)
    world.restrict(forum, anton, vera, can_send_messages=True)
    world.say(forum, anton, "forwarded", forward_from="A hidden name")
    world.kick(forum, anton, vera)
    world.channel_post(forum, "news")
    world.start(anton, "payload")
    world.block(anton)
    world.migrate(world.add_group("Old", creator=vera, kind="group"))
    world.kick(forum, world.bot, vera)
    updates = await bot.get_updates()
    assert len(updates) == len(world.updates)
    kinds = {kind for update in updates for kind in update.to_dict() if kind != "update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "message_reaction",
        "my_chat_member",
        "chat_member",
    }


async def test_a_stopped_server_lets_go(world: World, bot: Bot, server: Server) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await world.until(lambda: world.updates.is_polled)
    await server.stop()
    with pytest.raises(Exception, match=r"(?i)conflict|disconnected|connect"):
        await polling


async def test_people_and_groups_have_ids_as_telegram_gives_them(
    world: World, yard: Chat, house: Chat, vera: Person
) -> None:
    assert 10**9 < vera.id < 10**10
    assert str(yard.id).startswith("-100")
    assert -(10**10) < house.id < 0
