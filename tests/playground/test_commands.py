"""Command menus by scope and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
)

if TYPE_CHECKING:
    from telegram import Bot, BotCommandScope

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


async def test_the_narrowest_scope_and_the_own_language_win(
    bot: Bot, world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    def offered(person: Person, chat: Chat) -> list[str]:
        return [command.command for command in world.menu(person, chat)]

    async def offer(name: str, scope: BotCommandScope | None = None, language: str = "") -> None:
        await bot.set_my_commands([BotCommand(name, "what")], scope, language)

    private = world.start(anton).chat
    await offer("everywhere")
    assert offered(anton, yard) == offered(anton, private) == ["everywhere"]
    await offer("private", BotCommandScopeAllPrivateChats())
    await offer("group", BotCommandScopeAllGroupChats())
    assert (offered(anton, yard), offered(anton, private)) == (["group"], ["private"])
    await offer("admin", BotCommandScopeAllChatAdministrators())
    assert (offered(vera, yard), offered(anton, yard)) == (["admin"], ["group"])
    await offer("belarusian", BotCommandScopeAllGroupChats(), "be")
    assert offered(anton, yard) == ["belarusian"]
    await offer("here", BotCommandScopeChat(yard.id))
    assert offered(vera, yard) == offered(anton, yard) == ["here"]
    await offer("yours", BotCommandScopeChatMember(yard.id, anton.id))
    assert offered(anton, yard) == ["yours"]
    await bot.delete_my_commands(BotCommandScopeChatMember(yard.id, anton.id))
    assert offered(anton, yard) == ["here"]


async def test_a_list_is_read_back_as_it_was_set(ask: Any) -> None:
    commands = [
        {"command": "help", "description": "What I can do"},
        {"command": "mine", "description": "Yours", "is_ephemeral": True},
    ]
    assert (await ask("setMyCommands", commands=commands, language_code="be"))["result"] is True
    assert (await ask("getMyCommands", language_code="be"))["result"] == commands
    assert (await ask("getMyCommands"))["result"] == []


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Help", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help-me", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "помощь", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "help", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "help"}, "can't parse BotCommand: Can't find field \"description\""),
        ("help", "can't parse BotCommand: expected an Object"),
    ],
)
async def test_which_commands_are_refused(refusal: Any, command: object, words: str) -> None:
    assert await refusal("setMyCommands", commands=[command]) == f"Bad Request: {words}"


async def test_which_menus_are_refused(refusal: Any) -> None:
    command = {"command": "help", "description": "x"}
    words = await refusal("setMyCommands", commands=[command] * 101)
    assert words == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    for scope, words in (
        ({"type": "moon"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat"}, "can't parse BotCommandScope: Empty chat_id specified"),
        ({"type": "chat", "chat_id": 5}, "chat not found"),
        (
            {"type": "chat_member", "chat_id": 5},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
    ):
        said = await refusal("setMyCommands", commands=[command], scope=scope)
        assert said == f"Bad Request: {words}"
    assert await refusal("setMyCommands", commands=[command], language_code="eng") == (
        "Bad Request: invalid language code specified"
    )
