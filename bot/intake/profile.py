"""What the bot says of itself to those who don't know it yet: in its empty chat, and on its profile."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.message.words import Texts

logger = logging.getLogger(__name__)


async def publish_profile(client: Client, texts: Texts) -> None:
    """Tell Telegram, where it says something else. A language of "" is what everyone else reads.

    Telegram takes few such changes a day. What it doesn't take now can wait for the next start.
    """
    try:
        for language, description, short in _profiles(texts):
            await _describe(client, language, description)
            await _describe_shortly(client, language, short)
    except TelegramError as error:
        logger.warning("The bot's description wasn't renewed (%s)", type(error).__name__)


async def is_told(client: Client, texts: Texts) -> bool:
    """Whether Telegram says of the bot what this program would tell it."""
    for language, description, short in _profiles(texts):
        told = await client.get_my_description(language)
        told_shortly = await client.get_my_short_description(language)
        if (told.description, told_shortly.short_description) != (description, short):
            return False
    return True


def _profiles(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """A language, and what the bot says of itself in it: at length, and shortly."""
    for language in ("", *texts.languages):
        words = texts.in_language(language)
        yield (
            language,
            words.plain("frame.profile.description"),
            words.plain("frame.profile.short"),
        )


async def _describe(client: Client, language: str, description: str) -> None:
    told = await client.get_my_description(language)
    if told.description != description:
        await client.set_my_description(description, language)


async def _describe_shortly(client: Client, language: str, description: str) -> None:
    told = await client.get_my_short_description(language)
    if told.short_description != description:
        await client.set_my_short_description(description, language)
