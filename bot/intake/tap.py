"""A tap on a button as Telegram tells of it: what this bot reads of one, as a plain value."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Message

from bot.intake.well_formed import without_impossible_characters
from bot.person.place import PRIVATE, Place

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TappedMessage:
    """The message beneath which the button stands, where Telegram still shows it."""

    id: int
    chat_id: int
    # Set where only the person who tapped sees it.
    ephemeral_id: int | None
    # Whether it answers somebody's message. Everything in a topic looks like a reply to the message that
    # opened it, which doesn't count; nor does a post in answer to one of the bot's own cards.
    is_reply: bool
    # Who wrote what it answers; None where nobody in particular did.
    answers: int | None
    raw: Mapping[str, Any]

    def __repr__(self) -> str:
        return "TappedMessage(...)"  # ids and words stay out of logs

    def whole(self, bot: Bot) -> Message | None:
        """Everything that Telegram tells of it, as the library's object; None where the library can't read
        that."""
        try:
            return Message.de_json(without_impossible_characters(self.raw), bot)
        except Exception as error:
            logger.warning("a tapped message is of an unknown shape (%s)", type(error).__name__)
            return None


@dataclass(frozen=True)
class IncomingTap:
    """Somebody tapped a button."""

    update_id: int
    # By this it is answered.
    id: str
    # What the button carries, as far as is known: it may be forged.
    data: str
    person_id: int
    is_by_bot: bool
    language_code: str | None
    # None where Telegram tells nothing of a chat.
    chat_id: int | None
    place: Place
    # None where it is too old, or isn't the bot's.
    message: TappedMessage | None

    def __repr__(self) -> str:
        return "IncomingTap(...)"  # ids stay out of logs


def read_tap(raw: Mapping[str, Any]) -> IncomingTap:
    """Return the tap of a raw update that is one, and is well formed."""
    tap = raw["callback_query"]
    sender, message = tap["from"], tap.get("message")
    return IncomingTap(
        update_id=raw["update_id"],
        id=without_impossible_characters(tap["id"]),
        data=without_impossible_characters(tap.get("data") or ""),
        person_id=sender["id"],
        is_by_bot=sender["is_bot"],
        language_code=sender.get("language_code"),
        chat_id=message["chat"]["id"] if message is not None else None,
        place=_place_of(message) if message is not None else PRIVATE,
        message=_tapped(message) if message is not None and message["date"] else None,
    )


def _place_of(message: Mapping[str, Any]) -> Place:
    chat = message["chat"]
    if chat["type"] == "private":
        return PRIVATE
    is_in_topic = message["date"] and message.get("is_topic_message")
    return Place(chat["id"], message.get("message_thread_id") if is_in_topic else None)


def _tapped(message: Mapping[str, Any]) -> TappedMessage:
    answered = _answered(message)
    return TappedMessage(
        id=message["message_id"],
        chat_id=message["chat"]["id"],
        ephemeral_id=message.get("ephemeral_message_id"),
        is_reply=answered is not None,
        answers=_author_of(answered) if answered is not None else None,
        raw=message,
    )


def _answered(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
    replied: Mapping[str, Any] | None = message.get("reply_to_message")
    if replied is None or _author_of(replied) == _author_of(message) is not None:
        return None
    if not message.get("is_topic_message"):
        return replied
    return None if replied["message_id"] == message.get("message_thread_id") else replied


def _author_of(message: Mapping[str, Any]) -> int | None:
    sender = message.get("from")
    if sender is None or message.get("sender_chat") is not None:
        return None
    author: int = sender["id"]
    return author
