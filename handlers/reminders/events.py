"""What the bot sees of others' messages: the one that a command answers, and albums going by."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.context import Context
from handlers.reminders.drafted import Quoted
from handlers.reminders.typed_text import formatted, formatted_part

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


def quoted_by(
    command: Message | None, replied: Message | None, albums: dict[str, list[int]]
) -> Quoted | None:
    """What a command answers, None where it answers nothing; what can't be posted says why.

    `replied` is the answered message of the same chat and topic, `albums` are the messages of the albums
    that the bot has seen.
    """
    if command is None:
        return None
    if command.quote is not None and command.quote.is_manual:
        return Quoted(formatted_part(command.quote, replied), "text")
    if replied is not None:
        return _quoted(replied, albums)
    refused = _out_of_reach(command)
    return Quoted(refused=refused) if refused else None


def _out_of_reach(command: Message) -> str | None:
    """Why what a command is about can't be had, None where it is about nothing but its words."""
    if command.external_reply is not None:
        return "reminders.refused.elsewhere"
    if command.reply_to_story is not None:
        return "reminders.refused.uncopyable"
    if command.text is None:
        return "reminders.refused.caption"
    return None


def _quoted(replied: Message, albums: dict[str, list[int]]) -> Quoted:
    if replied.text:
        return Quoted(formatted(replied), "text", (replied.message_id,))
    kind = next((kind for kind in (*_KINDS, *_OTHER_KINDS) if getattr(replied, kind)), None)
    refused = _why_uncopyable(replied, kind)
    if kind is None or refused:
        return Quoted(refused=refused)
    album = albums.get(replied.media_group_id or "", [])
    numbers = tuple(sorted({replied.message_id, *album}))
    is_partial = replied.media_group_id is not None and len(numbers) == 1
    return Quoted(formatted(replied), kind if kind in _KINDS else "other", numbers, is_partial)


def _why_uncopyable(message: Message, kind: str | None) -> str:
    """Empty for what Telegram copies. Whatever kind it may think of next counts as what it doesn't: it never
    copies its own lines, stories, giveaways, paid media and bills, nor what one person alone sees."""
    if message.has_protected_content:
        return "reminders.refused.protected"
    if kind is None or not message.message_id:
        return "reminders.refused.uncopyable"
    poll = message.poll
    if poll is not None and poll.type == "quiz" and not poll.correct_option_ids:
        return "reminders.refused.quiz"
    return ""


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
