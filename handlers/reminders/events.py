"""What the bot sees of others' messages: the one that a command answers, and albums going by."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.reminders.drafted import Quoted
from handlers.reminders.typed_text import formatted

_KINDS = ("photo", "video", "document", "poll")
_OTHER_KINDS = (
    "animation",
    "audio",
    "contact",
    "dice",
    "location",
    "sticker",
    "venue",
    "video_note",
    "voice",
)
_MOST_ALBUMS = 20


def quoted_by(command: Message | None, albums: dict[str, list[int]]) -> Quoted | None:
    """The message that a command answers, None where it answers none that could be posted.

    `albums` are the messages of the albums that the bot has seen. Raises `Refused` for what Telegram lets
    nobody copy.
    """
    replied = _answered(command)
    if replied is None:
        return None
    if replied.text:
        return Quoted(formatted(replied), "text")
    kind = _kind_of(replied)
    if kind is None:
        return None
    _require_copyable(replied)
    album = albums.get(replied.media_group_id or "", [])
    numbers = tuple(sorted({replied.message_id, *album}))
    is_partial = replied.media_group_id is not None and len(numbers) == 1
    return Quoted(formatted(replied), kind, numbers, is_partial)


def _answered(command: Message | None) -> Message | None:
    """The message of the same chat that a command answers."""
    if command is None or command.reply_to_message is None:
        return None
    replied = command.reply_to_message
    return replied if replied.chat.id == command.chat.id else None


def _kind_of(message: Message) -> str | None:
    """What there is to copy; None for a line of Telegram's own, such as the one that opened the topic."""
    if not message.message_id:
        return None
    kind = next((kind for kind in (*_KINDS, *_OTHER_KINDS) if getattr(message, kind)), None)
    return "other" if kind in _OTHER_KINDS else kind


def _require_copyable(message: Message) -> None:
    if message.has_protected_content:
        raise Refused("reminders.refused.protected")
    if message.poll is not None and message.poll.type == "quiz":
        raise Refused("reminders.refused.quiz")


def albums_in(chat_data: dict[Any, Any] | None) -> dict[str, list[int]]:
    """The albums seen in a chat since the start, newest last. They are remembered, never stored."""
    albums: dict[str, list[int]] = {} if chat_data is None else chat_data.setdefault("albums", {})
    return albums


def note_album(albums: dict[str, list[int]], message: Message) -> None:
    """One more message of an album was seen."""
    if message.media_group_id is None:
        return
    albums.setdefault(message.media_group_id, []).append(message.message_id)
    while len(albums) > _MOST_ALBUMS:
        del albums[next(iter(albums))]


class _PartOfAlbum(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return message.media_group_id is not None


async def album_seen(update: Update, context: Context) -> None:
    """A message of an album; bots that are no administrators see none of them."""
    if update.message is not None:
        note_album(albums_in(context.chat_data), update.message)


HANDLERS: tuple[BaseHandler[Update, Context, None], ...] = (
    MessageHandler(
        filters.UpdateType.MESSAGE & filters.ChatType.GROUPS & _PartOfAlbum(), album_seen
    ),
)
