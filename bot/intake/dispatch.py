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
from bot.domain.refusal import Refused
from bot.feature import ButtonHandler, Command, Feature
from bot.message.payload import Payload
from bot.person.place import Person
from bot.store import Redelivered, UnitOfWork
from bot.whisper.deep_links import find_link, parse_page
from bot.whisper.ladder import OpenLink
from storage import drafts

logger = logging.getLogger(__name__)

# New messages only: an edited or forwarded command does nothing, a channel has no say.
TYPED = filters.UpdateType.MESSAGE & ~filters.FORWARDED
_IN_PRIVATE = TYPED & filters.ChatType.PRIVATE

_ALBUMS = 100

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def add_handlers(
    application: Application[Any, Context, Any, Any, Any, Any], features: tuple[Feature, ...]
) -> None:
    """Give every feature's commands, buttons, pages, typing and events to the application."""
    for handler in _handlers(features):
        application.add_handler(handler)


def _handlers(features: tuple[Feature, ...]) -> list[BaseHandler[Update, Context, None]]:
    events = [event for feature in features for event in feature.events]
    commands: list[BaseHandler[Update, Context, None]] = [
        CommandHandler(command.name, _on_command(command), filters=TYPED)
        for feature in features
        for command in feature.commands
    ]
    return [
        *events,
        CommandHandler("start", _on_start, filters=_IN_PRIVATE, has_args=1),
        *commands,
        CallbackQueryHandler(_on_tap(features)),
        MessageHandler(_IN_PRIVATE & filters.COMMAND, _on_unknown_command),
        MessageHandler(_IN_PRIVATE & (filters.TEXT | filters.ATTACHMENT), _on_typed(features)),
    ]


def _on_command(command: Command) -> Callback:
    async def run(update: Update, context: Context) -> None:
        if is_nobody(update):
            return
        await context.prepare()
        if not context.place.is_group and not command.in_private:
            raise Refused("frame.refused.group_only")
        await command.run(context, _after_command(update))

    return run


def _after_command(update: Update) -> str:
    """What was typed after "/command@bot", line breaks and all."""
    text = (update.message.text or "") if update.message else ""
    entity_end = (
        next((e.offset + e.length for e in update.message.entities if e.offset == 0), 0)
        if update.message
        else 0
    )
    return text[entity_end:].strip()


async def _on_start(_update: Update, context: Context) -> None:
    """`/start <token>` in private: somebody came from a group by a deep link."""
    token = (context.args or [""])[0]
    link = await context.read(find_link, context.person, token)
    await context.show(parse_page(context.services.features, link.page))


def _on_tap(features: tuple[Feature, ...]) -> Callback:
    taps: dict[str, tuple[type[Payload], ButtonHandler]] = {OpenLink.code: (OpenLink, _open_link)}
    for feature in features:
        for kind, handler in feature.buttons.items():
            taps[kind.code] = (kind, handler)
        for page in feature.pages:
            taps.setdefault(page.code, (page, _show_page))

    async def run(update: Update, context: Context) -> None:
        data = update.callback_query.data if update.callback_query else None
        kind, handler = taps.get((data or "").split(":")[0], (None, None))
        payload = kind.parse(data or "") if kind else None
        await context.prepare()
        if payload is None or handler is None:
            logger.warning("a button with an unknown payload was tapped")
            raise Refused("frame.refused.unknown_thing")
        context.services.whisperer.require_author(context)
        await context.services.unknown_cards.note_tap(context)
        try:
            await handler(context, payload)
        except Redelivered:
            logger.info("a tap came twice")
        await context.services.whisperer.toast(context, None)  # every tap is answered

    return run


async def _show_page(context: Context, page: Payload) -> None:
    await context.show(page)


async def _open_link(context: Context, payload: OpenLink) -> None:
    link = await context.read(find_link, context.person, payload.token)
    await context.show(parse_page(context.services.features, link.page))
    await context.services.whisperer.retire(context)


def _on_typed(features: tuple[Feature, ...]) -> Callback:
    flows = {flow: handler for feature in features for flow, handler in feature.typed.items()}

    # Telegram brings the pictures of an album one by one; the first is answered.
    albums: deque[str] = deque(maxlen=_ALBUMS)

    async def run(update: Update, context: Context) -> None:
        album = update.message.media_group_id if update.message else None
        if album in albums:
            return
        if album is not None:
            albums.append(album)
        found = await context.read(_awaited, context.person)
        text = (update.message.text or "") if update.message else ""
        if found is None or found[1] not in flows:
            raise Refused("frame.refused.nothing_asked")
        if not text:
            raise Refused("frame.refused.in_words")
        await flows[found[1]](context, found[0], text)

    return run


def _awaited(work: UnitOfWork, person: Person) -> tuple[int, str] | None:
    if person.id is None:
        return None
    draft = drafts.awaiting_typing(work.session, work.keys.tag("draft", person.id), work.now)
    return (draft.id, draft.flow) if draft is not None and draft.id is not None else None


async def _on_unknown_command(_update: Update, _context: Context) -> None:
    raise Refused("frame.refused.unknown_command")
