"""The command menus, for each language and right, made from what the features declare."""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.bot_api.client import Client
from bot.clock import Clock
from bot.feature import Command, Features
from bot.message.words import Texts, Words
from bot.person.rights import Who


def menus_told(data_dir: Path) -> Path:
    """Return the file that remembers what Telegram was told; before the first start it isn't there."""
    return data_dir / "menus"


async def publish_menus(
    client: Client, texts: Texts, features: Features, clock: Clock, known: Path
) -> None:
    """Tell Telegram the menus, where it doesn't know them already: the file `known` holds the digest of what
    it was told last."""
    menus = _menus(texts, features)
    year, week, _ = clock.now().isocalendar()
    # Another bot, or another server, was told nothing. Whoever else has the token may have changed the menus;
    # that heals within a week's starts.
    told = json.dumps((client.id, client.base_url.rpartition("/bot")[0], year, week, menus))
    digest = hashlib.sha256(told.encode()).hexdigest()
    if _read(known) == digest:
        return
    for menu in menus:
        await client.set_menu(*menu)
    _write(known, digest)


async def count_untold(client: Client, texts: Texts, features: Features) -> tuple[int, int]:
    """Return how many menus Telegram has otherwise than this program would tell it, and of how many."""
    menus = _menus(texts, features)
    told = await asyncio.gather(*(client.menu(scope, language) for _, scope, language in menus))
    pairs = zip(menus, told, strict=True)
    differ = sum(_as_read(menu) != _as_read(has) for (menu, _, _), has in pairs)
    return differ, len(menus)


def _as_read(menu: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """What people read of it: an older server doesn't know `is_ephemeral`, and keeps the rest."""
    return [(entry.get("command"), entry.get("description")) for entry in menu]


def _menus(
    texts: Texts, features: Features
) -> list[tuple[list[dict[str, Any]], dict[str, Any], str]]:
    """What each scope sees in each language. A language of "" is what everyone else sees."""
    return [
        (
            [_entry(c, texts.in_language(language), scope) for c in commands],
            {"type": scope},
            language,
        )
        for language in ("", *texts.languages)
        for scope, commands in _scopes(features).items()
    ]


def _read(known: Path) -> str | None:
    try:
        return known.read_text()
    except (OSError, ValueError):
        return None


def _write(known: Path, digest: str) -> None:
    with suppress(OSError):  # then each start tells it anew
        known.write_text(digest)


def _scopes(features: Features) -> dict[str, list[Command]]:
    commands = [command for command in features.commands if command.in_menu]
    everyone = [command for command in commands if command.right.who is not Who.ORGANISERS]
    organisers = [command for command in commands if command.right.who is Who.ORGANISERS]
    return {
        "all_private_chats": everyone,
        "all_group_chats": everyone,
        "all_chat_administrators": everyone + organisers,
    }


def _entry(command: Command, words: Words, scope: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"command": command.name, "description": words.plain(command.summary)}
    if command.ephemeral and scope != "all_private_chats":
        entry["is_ephemeral"] = True
    return entry
