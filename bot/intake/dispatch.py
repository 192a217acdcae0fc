"""From python-telegram-bot's handlers to the features': one strict gate for commands, taps and typing."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.context import Context, is_nobody
from bot.delivery.found_cards import FoundCards
from bot.delivery.presence import note_presence
from bot.domain.refusal import Refused
from bot.feature import Command, Features
from bot.store import PersonalWork, Redelivered, UnitOfWork
from bot.whisper.deep_links import find_link
from bot.whisper.ladder import OpenLink
from storage import chats, drafts
from storage.chats import ChatSettings

logger = logging.getLogger(__name__)

# New messages only: an edited or forwarded command does nothing, a channel has no say.
TYPED = filters.UpdateType.MESSAGE & ~filters.FORWARDED
_IN_PRIVATE = TYPED & filters.ChatType.PRIVATE

_ALBUMS = 100

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def add_handlers(
    application: Application[Any, Context, Any, Any, Any, Any],
    features: Features,
    found_cards: FoundCards,
) -> None:
    """Give every feature's commands, buttons, pages, typing and events to the application."""
    handlers: list[BaseHandler[Update, Context, None]] = [
        *features.events,
        CommandHandler("start", _on_start(features), filters=_IN_PRIVATE, has_args=1),
        *(CommandHandler(c.name, _on_command(c), filters=TYPED) for c in features.commands),
        CallbackQueryHandler(_on_tap(features, found_cards)),
        MessageHandler(_IN_PRIVATE & filters.COMMAND, _on_unknown_command),
        MessageHandler(_IN_PRIVATE & (filters.TEXT | filters.ATTACHMENT), _on_typed(features)),
    ]
    for handler in handlers:
        application.add_handler(handler)


def _on_command(command: Command) -> Callback:
    async def run(update: Update, context: Context) -> None:
        if is_nobody(update):
            return
        await _prepare(context)
        if not context.place.is_group and not command.in_private:
            raise Refused("frame.refused.group_only")
        await context.require(command.right)
        await command.run(context, _after_command(update))

    return run


async def _prepare(context: Context) -> None:
    """Know the group, and take its language for somebody whose own isn't spoken here."""
    telegram_id = context.place.telegram_id
    if telegram_id is None:
        return
    chat = await context.store.read(_settings_at, telegram_id)
    is_news = context.query is None if chat is None else not chat.is_here
    if is_news:
        await context.store.run(note_presence, context.place)
    if context.person.language is None:
        context.words = context.texts.in_language(chat.language if chat else None)


def _after_command(update: Update) -> str:
    """What was typed after "/command@bot", line breaks and all."""
    message = update.message
    if message is None:
        return ""
    command_end = next((e.offset + e.length for e in message.entities if e.offset == 0), 0)
    return (message.text or "")[command_end:].strip()


def _on_start(features: Features) -> Callback:
    async def run(_update: Update, context: Context) -> None:
        """`/start <token>` in private: somebody came from a group by a deep link."""
        await _open_link(context, features, (context.args or [""])[0])

    return run


async def _open_link(context: Context, features: Features, token: str) -> None:
    """Show the page that a link leads to. Raises `Refused` where no feature knows it any more."""
    link = await context.read(find_link, token)
    page = features.parse(link.page)
    if page is None or not features.is_page(page):
        raise Refused("frame.refused.link_expired")
    await context.show(page)


def _on_tap(features: Features, found_cards: FoundCards) -> Callback:
    async def run(update: Update, context: Context) -> None:
        data = (update.callback_query.data if update.callback_query else None) or ""
        payload = OpenLink.parse(data) or features.parse(data)
        await _prepare(context)
        if payload is None:
            logger.warning("a button with an unknown payload was tapped")
            raise Refused("frame.refused.unknown_thing")
        context.services.whisperer.require_author(context)
        await found_cards.note_tap(context)
        try:
            if isinstance(payload, OpenLink):
                await _open_link(context, features, payload.token)
                await context.services.whisperer.retire(context)
            else:
                await features.tap(context, payload)
        except Redelivered:
            logger.info("a tap came twice")
        await context.toast(None)  # every tap is answered

    return run


def _on_typed(features: Features) -> Callback:
    # Telegram brings the pictures of an album one by one; the first is answered.
    albums: deque[str] = deque(maxlen=_ALBUMS)

    async def run(update: Update, context: Context) -> None:
        album = update.message.media_group_id if update.message else None
        if album in albums:
            return
        if album is not None:
            albums.append(album)
        found = await context.read(_awaited)
        text = (update.message.text or "") if update.message else ""
        if found is None or found[1] not in features.typed:
            raise Refused("frame.refused.nothing_asked")
        if not text:
            raise Refused("frame.refused.in_words")
        draft_id, flow = found
        await features.typed[flow].take(context, draft_id, text)

    return run


async def _on_unknown_command(_update: Update, _context: Context) -> None:
    raise Refused("frame.refused.unknown_command")


def _awaited(work: PersonalWork) -> tuple[int, str] | None:
    """The draft that this person's next private message answers, and its flow."""
    if work.person.id is None:
        return None
    draft = drafts.awaiting_typing(work.session, work.tag("draft"), work.now)
    return (draft.id, draft.flow) if draft is not None else None


def _settings_at(work: UnitOfWork, telegram_id: int) -> ChatSettings | None:
    chat = chats.find(work.session, telegram_id)
    return chats.settings_of(chat) if chat else None
