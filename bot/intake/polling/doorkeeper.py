"""Who asks too much is let in later: before an update is even read, and long before any database.

Nothing of it is stored or logged. What Telegram says of a chat itself is always let in: added, removed,
promoted, joined, left, moved to a supergroup. And what neighbours say to each other is nobody's asking.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram.error import TelegramError

from bot.bot_api.client import Client, RawUpdate
from bot.clock import Clock
from bot.intake.polling.buckets import Allowance, Buckets
from bot.message.words import Texts
from bot.whisper.recently import Recently

logger = logging.getLogger(__name__)

PERSON = Allowance(at_once=20, each_second=1.0)
"""Nobody reads and taps faster than once a second for long; an album of ten pictures is ten messages."""
CHAT = Allowance(at_once=1_500, each_second=20.0)
"""A thousand neighbours may tap one card within a minute, and tap again. Only many accounts of one person
come here: each has an allowance of its own."""
PRIVATE = Allowance(at_once=50, each_second=25.0)
"""Private messages of all people together: more than Telegram lets the bot answer need not be taken."""

_TELL_AGAIN = timedelta(minutes=1)
_ALWAYS = ("migrate_to_chat_id", "migrate_from_chat_id", "left_chat_member")


class Doorkeeper:
    """Lets in what a person and a chat may ask for, and says once a minute that it was enough."""

    def __init__(self, client: Client, texts: Texts, clock: Clock) -> None:
        self._client = client
        self._texts = texts
        self._people = Buckets(clock, PERSON)
        self._chats = Buckets(clock, CHAT)
        self._private = Buckets(clock, PRIVATE)
        self._told = Recently(clock, _TELL_AGAIN)
        self._telling: set[asyncio.Task[None]] = set()

    def admits(self, raw: RawUpdate) -> bool:
        """Whether there is room for this update. What isn't let in is done with."""
        tap, message = _part(raw, "callback_query"), _part(raw, "message")
        if tap:
            person, chat = _part(tap, "from", "id"), _part(tap, "message", "chat", "id")
        elif message and self._asks(message):
            # Behind the sender of an anonymous administrator's message stands every group's.
            person = _part(message, "sender_chat", "id") or _part(message, "from", "id")
            chat = _part(message, "chat", "id")
        else:
            return True
        if self._have_room(person, chat, is_tap=bool(tap)):
            return True
        self._turn_away(person, raw)
        return False

    def _asks(self, message: Any) -> bool:
        """Whether a message may want something of the bot: in private, where it begins like a command, and in
        reply to the bot. Thirty pictures in a group use up nobody's allowance."""
        if any(_part(message, field) for field in _ALWAYS):
            return False
        words = _part(message, "text") or _part(message, "caption")
        is_to_bot = _part(message, "reply_to_message", "from", "id") == self._client.id
        return is_to_bot or _is_private(_part(message, "chat", "id")) or str(words).startswith("/")

    def _have_room(self, person: Any, chat: Any, *, is_tap: bool) -> bool:
        if not isinstance(person, int) or not isinstance(chat, int):
            return True  # it will be skipped for its shape, and says nothing of anybody
        if not self._people.take(person):
            return False
        if _is_private(chat):
            return is_tap or self._private.take("all")
        return self._chats.take(chat)

    def _turn_away(self, person: Any, raw: RawUpdate) -> None:
        """A tap and a private message get a word; the others of a minute, and what is typed in a group,
        get nothing: each answer would cost as much as was saved."""
        if not isinstance(person, int) or not self._told.note(person):
            return
        task = asyncio.create_task(self._tell(person, raw))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, person: int, raw: RawUpdate) -> None:
        tap_id, sender = _part(raw, "callback_query", "id"), _part(raw, "callback_query", "from")
        sender = sender or _part(raw, "message", "from")
        language = _part(sender, "language_code")
        words = self._texts.in_language(
            self._texts.spoken(language if isinstance(language, str) else None)
        )
        try:
            if isinstance(tap_id, str):
                await self._client.answer_callback_query(tap_id, words.plain("frame.enough"))
            elif _is_private(_part(raw, "message", "chat", "id")):
                await self._client.send_message(person, words.plain("frame.enough"))
        except TelegramError as error:
            logger.info("that it was enough didn't get through: %s", type(error).__name__)


def _is_private(chat: Any) -> bool:
    """Whether this number is a private chat's, which is its person's. An anonymous administrator's message
    has the number of one chat twice as well: of the group."""
    return isinstance(chat, int) and chat > 0


def _part(value: Any, *path: str) -> Any:
    """What stands there in a raw update, None where its shape is another."""
    for field in path:
        value = value.get(field) if isinstance(value, Mapping) else None
    return value
