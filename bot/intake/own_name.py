"""The bot's username, which its owner may change at @BotFather while it runs."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.clock import Clock
from bot.intake.typed_command import read_command

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 60.0


class OwnName:
    """Knows when to ask Telegram for it again."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._ask_from = 0.0

    async def learn_from(self, update: Update) -> None:
        """Ask where a command is for a name that isn't known here: the new one, or another bot's. Those are
        many where the bot hears everything, so this is at most once a minute."""
        typed = read_command(update.message) if update.message is not None else None
        if typed is None or typed.is_for(self._client.username):
            return
        if self._clock.monotonic() >= self._ask_from:
            self._ask_from = self._clock.monotonic() + _PAUSE_SECONDS
            await self.ask()

    async def ask(self) -> None:
        """Ask Telegram; where it can't be reached the name stays as it was known."""
        before = self._client.username
        try:
            await self._client.get_me()
        except TelegramError as error:
            logger.info("the bot's own name wasn't told (%s)", type(error).__name__)
            return
        if self._client.username != before:
            logger.info("the bot has a new username")
