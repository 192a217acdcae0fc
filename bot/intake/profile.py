"""What the bot says of itself to those who don't know it yet: in its empty chat, and on its profile."""

from __future__ import annotations

import logging

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.message.words import Texts

logger = logging.getLogger(__name__)


async def publish_profile(client: Client, texts: Texts) -> None:
    """Tell Telegram, where it says something else. A language of "" is what everyone else reads.

    Telegram takes few such changes a day. What it doesn't take now can wait for the next start.
    """
    try:
        for language in ("", *texts.languages):
            words = texts.in_language(language)
            await _describe(client, language, words.plain("frame.profile.description"))
            await _describe_shortly(client, language, words.plain("frame.profile.short"))
    except TelegramError as error:
        logger.warning("The bot's description wasn't renewed (%s)", type(error).__name__)


async def _describe(client: Client, language: str, description: str) -> None:
    told = await client.get_my_description(language)
    if told.description != description:
        await client.set_my_description(description, language)


async def _describe_shortly(client: Client, language: str, description: str) -> None:
    told = await client.get_my_short_description(language)
    if told.short_description != description:
        await client.set_my_short_description(description, language)
