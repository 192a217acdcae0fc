"""What Telegram's errors mean: the one place that knows the library's errors and Telegram's English.

The library tells errors apart by their HTTP status; what lies behind a 400 only its words say. Three
programs write them:

- the Bot API server, in sentences: `Client.cpp` in github.com/tdlib/telegram-bot-api;
- TDLib beneath it, in sentences: `td/telegram/` in github.com/tdlib/td;
- Telegram itself, in constants: core.telegram.org/api/errors. The server passes them on as they are, and a
  403 in a constant as a 400 (`Client::fail_query_with_error`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import httpx
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


class Refusal(Enum):
    """Telegram understood the request and says no (400): asked again, it would say the same."""

    # The message looks so already.
    NOT_MODIFIED = auto()
    # The chat is gone, or was never known to this bot.
    NO_SUCH_CHAT = auto()
    NO_SUCH_TOPIC = auto()
    TOPIC_CLOSED = auto()
    # Whatever else is wrong with the topic.
    TOPIC_UNUSABLE = auto()
    # The bot is in the group and may not write there now.
    MUTED = auto()
    RESTRICTED = auto()
    # It may write, but send no pictures; or nothing of this kind.
    NO_PICTURES = auto()
    MAY_NOT_SEND_THIS = auto()
    # It may not do this, which isn't sending.
    NO_RIGHT = auto()
    # The message that was to be copied is gone, or its chat lets nobody copy.
    NOTHING_TO_COPY = auto()
    # Somebody or something else that isn't there.
    NOT_FOUND = auto()
    # None of these: most likely we asked for nonsense.
    OTHER = auto()


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

NO_COPIES = "there are no messages to copy"
"""What `Client.copy_into` says where Telegram made no copy and no complaint."""

# Looked for in this order; what a phrase is part of counts as what the phrase says.
_PHRASES = (
    # Client.cpp, for MESSAGE_NOT_MODIFIED: "message is not modified: specified new message content ..."
    ("not modified", Refusal.NOT_MODIFIED),
    # Client.cpp, check_chat: "chat not found"
    ("chat not found", Refusal.NO_SUCH_CHAT),
    # Client.cpp, TdOnCheckMessageThreadCallback: "message thread not found"
    ("thread not found", Refusal.NO_SUCH_TOPIC),
    # core.telegram.org/method/messages.sendMessage: TOPIC_CLOSED
    ("topic_closed", Refusal.TOPIC_CLOSED),
    # MessageContent.cpp, can_send_message_content: "Not enough rights to send text messages to the chat"
    ("rights to send text", Refusal.MUTED),
    # core.telegram.org/method/messages.sendMessage: CHAT_WRITE_FORBIDDEN, a 403 there
    ("chat_write_forbidden", Refusal.MUTED),
    # MessageContent.cpp: "Not enough rights to send photos to the chat", and so for each kind of content.
    # Servers up to Bot API 6 said "have no rights to send a message" for all of them.
    ("rights to send photos", Refusal.NO_PICTURES),
    ("rights to send", Refusal.MAY_NOT_SEND_THIS),
    # TDLib, everywhere: "Not enough rights to manage pinned messages in the chat"
    ("not enough rights", Refusal.NO_RIGHT),
    ("have no rights", Refusal.NO_RIGHT),
    # core.telegram.org/method/messages.sendMessage: TOPIC_DELETED
    ("topic", Refusal.TOPIC_UNUSABLE),
    # core.telegram.org/method/messages.sendMessage: CHAT_RESTRICTED, USER_RESTRICTED
    ("restricted", Refusal.RESTRICTED),
    # Client.cpp, process_copy_message_query: "message to copy not found"
    ("to copy not found", Refusal.NOTHING_TO_COPY),
    # MessagesManager.cpp, forward_message: "The message can't be copied"
    ("message can't be copied", Refusal.NOTHING_TO_COPY),
    # An older server's copyMessages where nothing is left; today's answers with an empty list.
    ("no messages to copy", Refusal.NOTHING_TO_COPY),
    # core.telegram.org/method/channels.getParticipant: PARTICIPANT_ID_INVALID
    ("participant_id_invalid", Refusal.NOT_FOUND),
    # Client.cpp and TDLib, everywhere: "user not found", "message to edit not found"
    ("not found", Refusal.NOT_FOUND),
)

_FAILURES = (
    (Forbidden, Failure.SHUT_OUT),
    (InvalidToken, Failure.UNKNOWN_ADDRESS),
    (Conflict, Failure.CONFLICT),
)
# Without a connection nothing was asked.
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Client.cpp: the server itself says that it failed. A gateway between doesn't know.
_SERVER_FAILED = "Internal Server Error"


def classify(error: TelegramError) -> Verdict:
    """Return what an error means. Order matters: the library's BadRequest is a NetworkError."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Wait(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, BadRequest):
        reason = error.message.lower()
        return next((kind for words, kind in _PHRASES if words in reason), Refusal.OTHER)
    if isinstance(error, NetworkError):
        return _without_answer(error)
    return next((kind for known, kind in _FAILURES if isinstance(error, known)), Failure.UNKNOWN)


def is_refused(error: TelegramError) -> bool:
    """Whether Telegram says no for good: to this request (400), or to the bot in this chat (403)."""
    verdict = classify(error)
    return isinstance(verdict, Refusal) or verdict is Failure.SHUT_OUT


def _without_answer(error: NetworkError) -> Failure:
    """Return whether the work may have been done although no good answer came: not where there was no
    connection to ask by, nor where Telegram says that it failed. A connection that broke tells nothing."""
    cause = error.__cause__
    if cause is None:
        was_tried = not error.message.startswith(_SERVER_FAILED)
    else:
        was_tried = not isinstance(cause, _NOT_CONNECTED)
    return Failure.LOST if was_tried else Failure.WEATHER
