"""What the tests in a browser share: buttons under a message, and the taps that come of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

if TYPE_CHECKING:
    from telegram import CallbackQuery

NOON = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)


def buttons(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label) for label in labels]]
    )


async def next_tap(bot: Bot) -> CallbackQuery:
    offset = 0
    async with asyncio.timeout(10):
        while True:
            for update in await bot.get_updates(offset=offset, timeout=5):
                offset = update.update_id + 1
                if update.callback_query:
                    return update.callback_query
