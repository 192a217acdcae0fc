"""The command menus, for each language and right, made from what the features declare."""

from __future__ import annotations

from typing import Any

from bot.bot_api.client import Client
from bot.feature import Command, Features
from bot.message.words import Texts, Words
from bot.person.rights import Who


async def publish_menus(client: Client, texts: Texts, features: Features) -> None:
    """Tell Telegram the menus. A language of "" is what everyone else sees."""
    for language in ("", *texts.languages):
        words = texts.in_language(language)
        for scope, commands in _scopes(features).items():
            await client.set_menu(
                [_entry(c, words, scope) for c in commands], {"type": scope}, language
            )


def _scopes(features: Features) -> dict[str, list[Command]]:
    commands = [command for command in features.commands if command.in_menu]
    everyone = [command for command in commands if command.right.who is not Who.ORGANISERS]
    organisers = [command for command in commands if command.right.who is Who.ORGANISERS]
    return {
        "all_private_chats": [command for command in commands if command.in_private],
        "all_group_chats": everyone,
        "all_chat_administrators": everyone + organisers,
    }


def _entry(command: Command, words: Words, scope: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"command": command.name, "description": words.plain(command.summary)}
    if command.ephemeral and scope != "all_private_chats":
        entry["is_ephemeral"] = True
    return entry
