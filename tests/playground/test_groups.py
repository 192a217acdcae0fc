"""Roles, rights, privacy mode, pins, and groups that become supergroups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import ChatMemberAdministrator, Update
from telegram.error import ChatMigrated

from playground.people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM

if TYPE_CHECKING:
    from telegram import Bot

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


async def newest(bot: Bot, count: int = 1) -> list[Update]:
    return list(await bot.get_updates(offset=-count))


async def test_the_bot_learns_of_its_own_role(
    bot: Bot, world: World, house: Chat, vera: Person
) -> None:
    added, service = await bot.get_updates()
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert service.message.new_chat_members[0].id == world.bot.id
    world.set_bot_rights(house, vera, can_pin_messages=True)
    promoted = (await newest(bot))[0].my_chat_member
    assert promoted is not None
    now = promoted.new_chat_member
    assert isinstance(now, ChatMemberAdministrator)
    assert (now.can_pin_messages, now.can_delete_messages) == (True, False)
    world.demote(house, world.bot, vera)
    world.kick(house, world.bot, vera)
    left, kicked = await newest(bot, 2)
    assert left.message is not None
    assert left.message.left_chat_member is not None
    assert kicked.my_chat_member is not None
    assert kicked.my_chat_member.new_chat_member.status == "kicked"


async def test_blocking_is_told_in_private(bot: Bot, world: World, vera: Person) -> None:
    world.start(vera)
    world.block(vera)
    blocked = (await newest(bot))[0].my_chat_member
    assert blocked is not None
    assert (blocked.chat.id, blocked.new_chat_member.status) == (vera.id, "kicked")


async def test_roles_are_asked_live(
    bot: Bot, refusal: Any, world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    assert (await bot.get_chat_member(yard.id, vera.id)).status == "creator"
    assert (await bot.get_chat_member(yard.id, world.bot.id)).status == "member"
    words = await refusal("getChatMember", chat_id=yard.id, user_id=anton.id)
    assert words == "Bad Request: member list is inaccessible"
    world.promote(yard, world.bot, vera)
    assert (await bot.get_chat_member(yard.id, anton.id)).status == "member"
    world.restrict(yard, anton, vera, can_send_messages=True)
    assert (await bot.get_chat_member(yard.id, anton.id)).status == "restricted"
    world.kick(yard, anton, vera)
    assert (await bot.get_chat_member(yard.id, anton.id)).status == "kicked"
    administrators = await bot.get_chat_administrators(yard.id)
    assert {member.user.id for member in administrators} == {vera.id, world.bot.id}
    assert await bot.get_chat_member_count(yard.id) == 2
    assert await refusal("getChatMember", chat_id=yard.id, user_id=0) == (
        "Bad Request: invalid user_id specified"
    )
    assert await refusal("getChatAdministrators", chat_id=world.start(vera).chat.id) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_privacy_mode_hides_chatter(world: World, yard: Chat, vera: Person, bot: Bot) -> None:
    mine = await bot.send_message(yard.id, "x")
    own = yard.by_id[mine.message_id]
    before = len(world.updates)
    heard = [
        world.say(yard, vera, "/help"),
        world.say(yard, vera, "/help@dvor_bot now"),
        world.say(yard, vera, "ask @dvor_bot"),
        world.say(yard, vera, "yes", reply_to=own),
    ]
    for words in ("hello", "/help@other_bot", "see https://example.org/help", "and/or"):
        world.say(yard, vera, words)
    world.channel_post(yard, "news")
    assert len(world.updates) == before + len(heard)
    world.bot.privacy_mode = False
    world.say(yard, vera, "hello")
    assert len(world.updates) == before + len(heard) + 1


async def test_administrators_hear_everything(world: World, yard: Chat, vera: Person) -> None:
    world.promote(yard, world.bot, vera)
    before = len(world.updates)
    world.say(yard, vera, "hello")
    assert len(world.updates) == before + 1


async def test_edited_messages_are_told(bot: Bot, world: World, yard: Chat, vera: Person) -> None:
    said = world.say(yard, vera, "/action tomorow")
    world.edit(yard, vera, said, "/action tomorrow")
    update = (await newest(bot))[0]
    assert update.edited_message is not None
    assert update.edited_message.text == "/action tomorrow"


async def test_those_who_are_nobody(bot: Bot, world: World, yard: Chat, vera: Person) -> None:
    world.promote(yard, world.bot, vera)
    world.say(yard, vera, "/a", anonymous=True)
    world.say(yard, vera, "/b", as_channel=True)
    world.channel_post(yard, "/c")
    anonymous, channel, linked = (update.message for update in await newest(bot, 3))
    assert anonymous is not None
    assert channel is not None
    assert linked is not None
    senders = [
        message.from_user and message.from_user.id for message in (anonymous, channel, linked)
    ]
    assert senders == [GROUP_ANONYMOUS_BOT.id, CHANNEL_BOT.id, TELEGRAM.id]
    assert anonymous.sender_chat is not None
    assert anonymous.sender_chat.id == yard.id
    assert linked.is_automatic_forward
    assert str(vera.id) not in str([anonymous, channel, linked])


async def test_only_administrators_can_be_anonymous(
    world: World, yard: Chat, anton: Person
) -> None:
    with pytest.raises(PermissionError):
        world.say(yard, anton, "x", anonymous=True)


async def test_forwards_carry_their_origin(
    bot: Bot, world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    world.say(yard, vera, "/help", forward_from=anton)
    message = (await newest(bot))[0].message
    assert message is not None
    assert message.forward_origin is not None
    assert message.forward_origin.type == "user"


@pytest.mark.parametrize("kind", ["yard", "house"])
async def test_pinning_takes_a_right(
    bot: Bot, refusal: Any, world: World, request: pytest.FixtureRequest, vera: Person, kind: str
) -> None:
    group: Chat = request.getfixturevalue(kind)
    card = await bot.send_message(group.id, "card")
    place = {"chat_id": group.id, "message_id": card.message_id}
    no_right = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert await refusal("pinChatMessage", **place) == no_right
    assert await refusal("pinChatMessage", chat_id=group.id, message_id=999) == (
        "Bad Request: message to pin not found"
    )
    world.set_bot_rights(group, vera, can_delete_messages=True)
    assert await refusal("pinChatMessage", **place) == no_right
    world.set_bot_rights(group, vera, can_pin_messages=True)
    assert await bot.pin_chat_message(group.id, card.message_id)
    told = (await newest(bot))[0].message
    assert told is not None
    assert told.pinned_message is not None
    assert told.pinned_message.message_id == card.message_id
    full = await bot.get_chat(group.id)
    assert full.pinned_message is not None
    assert full.pinned_message.text == "card"
    assert await bot.unpin_chat_message(group.id)
    assert (await bot.get_chat(group.id)).pinned_message is None
    assert await refusal("unpinChatMessage", chat_id=group.id) == (
        "Bad Request: message to unpin not found"
    )


@pytest.mark.parametrize("order", ["to_first", "from_first"])
async def test_a_group_becomes_a_supergroup(
    bot: Bot, refusal: Any, world: World, house: Chat, vera: Person, order: Any
) -> None:
    card = await bot.send_message(house.id, "card")
    new = world.migrate(house, order=order)
    messages = [update.message for update in await newest(bot, 2)]
    moves = [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in messages if m]
    expected = [(house.id, new.id, None), (new.id, None, house.id)]
    assert moves == (expected if order == "to_first" else expected[::-1])
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(house.id, "still here?")
    assert migrated.value.new_chat_id == new.id
    words = await refusal(
        "editMessageText", chat_id=new.id, message_id=card.message_id, text="new card"
    )
    assert words == "Bad Request: message to edit not found"
    assert (await bot.send_message(new.id, "here")).chat.id == new.id
    assert new.is_admin(vera)
    with pytest.raises(PermissionError):
        world.say(house, vera, "hello?")


async def test_the_bot_can_leave(bot: Bot, world: World, yard: Chat) -> None:
    assert await bot.leave_chat(yard.id)
    assert not yard.has(world.bot)
