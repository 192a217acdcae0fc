"""From a raw update to what the handlers are given: a tap as a value of ours, all else as the library's
object."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import Message, Update

from bot.bot_api.client import Client, RawUpdate
from bot.intake.tap import IncomingTap, read_tap
from bot.intake.unreadable import read_unreadable
from bot.intake.well_formed import is_well_formed, without_impossible_characters
from bot.message.words import Texts
from bot.person.place import NOBODY, PRIVATE, Person, Place

logger = logging.getLogger(__name__)

Incoming = IncomingTap | Update


def read_update(raw: RawUpdate, client: Client, kinds: Sequence[str]) -> Incoming | None:
    """Return an update of one of these kinds; None for what isn't, and for what can't be read."""
    if not any(raw.get(kind) for kind in kinds):
        logger.info("an update of a kind that wasn't asked for was skipped")
        return None
    try:
        if is_well_formed(raw):
            return _read(raw, client)
        problem = "malformed"
    except Exception as error:
        problem = type(error).__name__
    logger.warning("an update of an unknown shape was skipped (%s)", problem)
    try:
        return read_unreadable(raw, client)
    except Exception as error:
        # What can't be read may stand in the very part that a hint needs.
        logger.info("nor could it be answered with a hint (%s)", type(error).__name__)
        return None


def _read(raw: RawUpdate, client: Client) -> Incoming | None:
    if raw.get("callback_query") is not None:
        return read_tap(raw)
    return Update.de_json(without_impossible_characters(raw), client)


def chat_of(incoming: Incoming) -> object:
    """Return whatever updates must keep their order within."""
    if isinstance(incoming, IncomingTap):
        chat_id = incoming.chat_id
    else:
        chat_id = incoming.effective_chat.id if incoming.effective_chat else None
    return ("no chat", incoming.update_id) if chat_id is None else chat_id


def place_of(update: Update) -> Place:
    """Return where something happened."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type == "private":
        return PRIVATE
    in_topic = isinstance(message, Message) and message.is_topic_message
    return Place(chat.id, message.message_thread_id if in_topic else None)  # type: ignore[union-attr]


def person_of(update: Update, texts: Texts) -> Person:
    """Return who acted, with the language among ours that they speak."""
    user = update.effective_user
    sender_chat = update.message.sender_chat if update.message else None
    if user is None or sender_chat is not None:
        return NOBODY
    return Person(user.id, texts.spoken(user.language_code))
