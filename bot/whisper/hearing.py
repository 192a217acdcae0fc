"""What follows from an answer to a typed command: a reply to it goes on, and the refusal before it goes."""

from __future__ import annotations

from contextlib import suppress

from telegram import Message
from telegram.error import TelegramError

from bot.bot_api.client import ephemeral_id_of
from bot.context import Context
from bot.person.unfinished import Standing, Unfinished, note_answer, note_asked, stands_refused
from bot.store import PersonalWork
from bot.whisper.replies import Note


def note_of_reply(context: Context, unfinished: Unfinished | None, *, is_refusal: bool) -> Note:
    """Return what is written down beside an ordinary reply."""
    refused = _refused_message(context)

    def note(work: PersonalWork, message_id: int) -> None:
        standing = Standing(told=message_id, refused=refused) if is_refusal else None
        note_answer(work, str(message_id), unfinished, standing)

    return note


async def note_whisper(
    context: Context, unfinished: Unfinished | None, whisper: int, *, is_refusal: bool
) -> None:
    """Write down the same beside a whisper, and take away the whispered refusal before it. Half a command
    that is asked about goes like one that was refused; what asks stays."""
    if not is_refusal and unfinished is None and not await context.read(stands_refused):
        return
    standing = None
    if is_refusal or unfinished is not None:
        told = whisper if is_refusal else 0
        standing = Standing(whisper=told, refused=_refused_message(context))
    before = await context.note(note_answer, _name_of_whisper(whisper), unfinished, standing)
    chat_id, person_id = context.place.telegram_id, context.person.id
    if before is not None and before.whisper and chat_id is not None and person_id is not None:
        with suppress(TelegramError):  # it may have vanished by itself
            await context.client.delete_ephemeral(chat_id, person_id, before.whisper)


async def note_page(context: Context, unfinished: Unfinished | None, whisper: int | None) -> None:
    """Write down that a page asks to which a tap led: by this whisper, or by the message that was tapped."""
    tapped = context.tap.message if context.tap is not None else None
    if unfinished is None or tapped is None:
        return
    name = str(tapped.id) if whisper is None else _name_of_whisper(whisper)
    await context.note(note_asked, name, unfinished)


def asking_message(context: Context) -> str | None:
    """The bot's message that the typed one replies to, by the name under which it is written down."""
    replied = context.answered
    if replied is None or replied.from_user is None or replied.from_user.id != context.client.id:
        return None
    whisper = ephemeral_id_of(replied)
    return str(replied.message_id) if whisper is None else _name_of_whisper(whisper)


async def take_away(context: Context, question: Message | None) -> None:
    """What was asked is answered: it goes, with keys that would stand above what follows."""
    chat_id, person_id = context.place.telegram_id, context.person.id
    if question is None or chat_id is None:
        return
    whisper = ephemeral_id_of(question)
    with suppress(TelegramError):  # it may have gone by itself, and goes later anyway
        if whisper is None:
            await context.client.delete_message(chat_id, question.message_id)
        elif person_id is not None:
            await context.client.delete_ephemeral(chat_id, person_id, whisper)


def _refused_message(context: Context) -> int:
    """What was typed for all to see, in words alone: a picture isn't taken away with them."""
    typed = context.message
    is_seen = typed is not None and typed.text is not None and context.ephemeral_id is None
    return typed.message_id if typed is not None and is_seen else 0


def _name_of_whisper(ephemeral_id: int) -> str:
    return f"whisper {ephemeral_id}"
