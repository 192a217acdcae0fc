"""What a tap or a command gets beside or in place of words: the line over the chat, a way out, a reaction."""

from __future__ import annotations

import logging

from telegram import Message
from telegram.constants import ReactionEmoji
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import classify
from bot.intake.tap import IncomingTap

logger = logging.getLogger(__name__)

ALERT_LENGTH = 200
_CAN_NOT_SPEAK = ReactionEmoji.SPEAK_NO_EVIL_MONKEY


async def answer_tap(
    client: Client,
    tap: IncomingTap,
    text: str | None = None,
    *,
    alert: bool = False,
    url: str | None = None,
) -> bool:
    """Answer a tap; one that is too old to be answered is let go, whatever else went wrong is raised.

    Returns whether it was answered.
    """
    if text is not None and len(text) > ALERT_LENGTH:
        text = text[: ALERT_LENGTH - 1] + "…"
    try:
        await client.answer_callback_query(tap.id, text, show_alert=alert, url=url)
    except TelegramError as error:
        if not isinstance(classify(error), Refusal):
            raise
        logger.info("a tap was too old to be answered")
        return False
    return True


async def react(client: Client, command: Message) -> None:
    """Show at least that a typed command was read. A reaction disturbs nobody, and neither slow mode nor
    a missing right to write forbids it."""
    try:
        await client.set_message_reaction(command.chat.id, command.message_id, _CAN_NOT_SPEAK)
    except TelegramError as error:
        logger.info("a command stays without a sign: %s", type(error).__name__)
