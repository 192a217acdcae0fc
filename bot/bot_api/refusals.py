"""What Telegram's errors mean: the one place that knows the library's errors.

The library tells errors apart by their HTTP status. What lies behind a 400 or a 403 only Telegram's words
say, which `bot/bot_api/phrases.py` knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.bot_api.phrases import Refusal, is_shut_out, meaning_of


class Failure(Enum):
    """It wasn't for what the request says: another in its place would have failed too."""

    # The bot has no business there: removed from the group, blocked by the person (403).
    SHUT_OUT = auto()
    # The server doesn't know the token, or the method (401, 404).
    UNKNOWN_ADDRESS = auto()
    # Another process fetches updates with the same token (409).
    CONFLICT = auto()
    # The network or the server failed before anything was done.
    WEATHER = auto()
    # No good answer came; it may have been done all the same.
    LOST = auto()
    # An error that the library has no name for; nobody knows what was done.
    UNKNOWN = auto()


@dataclass(frozen=True)
class Moved:
    """The group became a supergroup, with this number (400 with `migrate_to_chat_id`)."""

    telegram_id: int


@dataclass(frozen=True)
class Wait:
    """Telegram wants silence for so long (429), or our own count of its limits does."""

    seconds: float


Verdict = Refusal | Failure | Moved | Wait


class ForeignPage(NetworkError):
    """Somebody on the way answered in Telegram's place: a proxy, a provider, a hotel's portal."""

    def __init__(self, status: int) -> None:
        super().__init__(f"a page with status {status} came in place of an answer")
        self.status = status


class NotConnected(Exception):
    """Why a request failed that had no connection to go by: nothing was asked. It says no more than its kind,
    because an error's words may hold the token."""


_FAILURES = (
    (InvalidToken, Failure.UNKNOWN_ADDRESS),
    (Conflict, Failure.CONFLICT),
)
# Client.cpp: the server itself says that it failed. A gateway between doesn't know.
_SERVER_FAILED = "Internal Server Error"
# RFC 9110, 15.6.3 and 15.6.5: whoever answers so handed the request on, and no good answer came, or none.
_HANDED_ON = (502, 504)


def classify(error: TelegramError) -> Verdict:
    """Return what an error means. Order matters: the library's BadRequest is a NetworkError."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Wait(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, Forbidden):
        words = words_of(error)
        return Failure.SHUT_OUT if is_shut_out(words) else meaning_of(words)
    if isinstance(error, BadRequest):
        return meaning_of(words_of(error))
    if isinstance(error, NetworkError):
        return _without_answer(error)
    return next((kind for known, kind in _FAILURES if isinstance(error, known)), Failure.UNKNOWN)


def words_of(error: TelegramError) -> str:
    """Return Telegram's own words, without the name of the status before them.

    The library writes only the first letter large; Telegram's constants are large altogether.
    """
    words = re.sub(r"^(Bad Request|Forbidden): ", "", error.message, flags=re.IGNORECASE)
    return words.upper() if re.fullmatch(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)+", words) else words


def is_refused(error: TelegramError) -> bool:
    """Whether Telegram says no: to this request (400), or to the bot in this chat (403)."""
    verdict = classify(error)
    return isinstance(verdict, Refusal) or verdict is Failure.SHUT_OUT


def _without_answer(error: NetworkError) -> Failure:
    """Return whether the work may have been done although no good answer came: not where there was no
    connection to ask by, where somebody on the way kept the request, nor where Telegram says that it failed.
    A connection that broke tells nothing."""
    if isinstance(error, ForeignPage):
        return Failure.LOST if error.status in _HANDED_ON else Failure.WEATHER
    cause = error.__cause__
    if cause is None:
        was_tried = not error.message.startswith(_SERVER_FAILED)
    else:
        was_tried = not isinstance(cause, NotConnected)
    return Failure.LOST if was_tried else Failure.WEATHER
