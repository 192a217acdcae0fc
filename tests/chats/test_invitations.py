"""The operators may say who adds the bot: elsewhere it says a kind word, leaves, and keeps nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from playground.chats import Chat
from storage.chats import ChatRow
from tests.yard import Yard, page_after

pytestmark = pytest.mark.databases("sqlite")

GOODBYE = {"en": "Thank you for the invitation", "ru": "Спасибо за приглашение"}


@pytest.fixture
async def choosy_yard(bare_yard: Yard) -> Yard:
    """A courtyard whose bot comes along with Vera only."""
    yard = bare_yard
    yard.overrides = {"OPERATORS": str(yard.vera.id), "MAY_ADD": "operators"}
    await yard.move_in()
    return yard


def said_in(yard: Yard, chat: Chat) -> list[str]:
    return [m.text for m in chat.log if m.sender is yard.world.bot and m.text]


async def known(yard: Yard) -> list[int]:
    """The groups that the database knows."""
    assert yard.app is not None
    return await yard.app.store.read(
        lambda work: [row.telegram_id for row in work.session.exec(select(ChatRow))]
    )


async def test_added_by_somebody_else_it_says_a_word_and_leaves(choosy_yard: Yard) -> None:
    yard = choosy_yard
    group = yard.world.add_group("Elsewhere", yard.nina)
    yard.world.add_bot(group, by=yard.nina)
    await yard.quiet()
    yard.clock.turn(timedelta(seconds=10))
    await yard.world.until(lambda: group.member(yard.world.bot).status == "left")
    (farewell,) = said_in(yard, group)
    assert farewell.startswith(GOODBYE["ru"])
    assert await known(yard) == [yard.group.id]
    log = "\n".join(yard.log.lines)
    assert "isn't among MAY_ADD" in log
    assert str(yard.vera.id) not in log
    assert str(yard.nina.id) not in log


async def test_where_it_may_not_write_it_leaves_without_a_word(choosy_yard: Yard) -> None:
    yard = choosy_yard
    group = yard.world.add_group("Elsewhere", yard.tom, kind="supergroup")
    yard.server.faults.add("sendMessage", "error", description="Bad Request: CHAT_RESTRICTED")
    yard.world.add_bot(group, by=yard.tom)
    await yard.quiet()
    yard.clock.turn(timedelta(seconds=10))
    await yard.world.until(lambda: group.member(yard.world.bot).status == "left")
    assert said_in(yard, group) == []


async def test_a_group_that_becomes_a_supergroup_isnt_left(choosy_yard: Yard) -> None:
    """Telegram tells of the new number as of a bot that an administrator added there."""
    yard = choosy_yard
    old = yard.world.add_group("Yard 6", yard.nina, kind="group", members=[yard.vera])
    yard.world.add_bot(old, by=yard.vera)
    await yard.hears(yard.nina, "Hello, neighbours", old)
    new = yard.world.add_group("Yard 6", yard.nina, kind="supergroup")
    yard.world.add_bot(new, by=yard.nina)
    await yard.quiet()
    upgraded = yard.world.migrate(old)
    await yard.quiet()
    assert upgraded.id in await known(yard)
    yard.clock.turn(timedelta(seconds=10))
    await yard.world.until(lambda: new.member(yard.world.bot).status == "left")
    assert upgraded.member(yard.world.bot).status != "left"


async def test_where_it_missed_being_added_only_who_may_add_it_makes_it_speak(
    choosy_yard: Yard,
) -> None:
    yard = choosy_yard
    group = yard.world.add_group("Elsewhere", yard.tom, kind="supergroup", members=[yard.vera])
    await yard.stop()
    yard.world.add_bot(group, by=yard.tom)
    yard.world.updates.drop()
    await yard.start()
    yard.say(yard.tom, "/action tomorrow 19:00 Concert", chat=group)
    await yard.hears(yard.tom, "hasn't let me into this chat", group)
    assert await known(yard) == [yard.group.id]
    yard.say(yard.vera, "/help", chat=group)
    await yard.quiet()
    assert await known(yard) == [yard.group.id, group.id]
    yard.world.promote(group, yard.world.bot, yard.tom)
    yard.say(yard.tom, "/action tomorrow 19:00 Concert", chat=group)
    await yard.hears(yard.tom, "Concert", group)


async def test_a_known_group_may_have_it_back(choosy_yard: Yard) -> None:
    yard = choosy_yard
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.world.kick(yard.group, yard.world.bot, yard.tom)
    yard.world.add_bot(yard.group, by=yard.tom)
    await yard.quiet()
    yard.clock.turn(timedelta(seconds=10))
    assert await page_after(yard, yard.tom, "/help")
