"""Where the bot is: it comes into a group, loses it, and follows it to a new number."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from telegram.error import TelegramError

from bot.bot_api.refusals import Moved, classify
from bot.context import Context
from bot.delivery.setbacks import notices
from bot.person.drafts import note_merged
from bot.person.place import Place
from bot.safety.codes import ForeignRow, genuine_chat, is_genuine, vouch
from bot.store import Store, UnitOfWork
from storage import chats
from storage.chats import Presence
from storage.coded import coded_of_chat
from storage.delivery import cards, removals

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def note_presence(work: UnitOfWork, place: Place) -> None:
    """Somebody writes to the bot in a group or taps there, so it is there, also where it missed being added
    or where its removal was believed too soon."""
    chat = work.chat_at(place)
    if chat.presence == Presence.AWAY:
        chats.see(work.session, chat, Presence.MEMBER)
        work.later.wake()


def note_absence(work: UnitOfWork, chat_id: int, sightings: int) -> bool:
    """Telegram lets the bot say nothing there, it answered to what was sent after so many sightings.

    False where the bot is back already, so that what waits there may be tried at once.
    """
    is_gone = chats.lose(work.session, chat_id, sightings=sightings)
    if is_gone:
        work.later.report(_log_absence)
    else:
        work.later.wake()
    return is_gone


def _log_absence() -> None:
    logger.warning(
        "Telegram says that the bot isn't in a group any more; what is planned there waits"
    )


def move_chat(work: UnitOfWork, old_telegram_id: int, new_telegram_id: int) -> int | None:
    """A group became a supergroup: the same chat under a new number, its cards posted anew.

    Returns our id of the chat, None where neither number was known. Safe to repeat, in either order.
    Raises `ForeignRow`: what isn't known to be this group doesn't become it.
    """
    found = (chats.find(work.session, number) for number in (old_telegram_id, new_telegram_id))
    old, new = (genuine_chat(work.keys, chat) if chat is not None else None for chat in found)
    if old is not None:
        _let_go_of_messages(work, old.id)
    both = [chat.id for chat in (old, new) if chat is not None]
    carried = [row for chat_id in both for row in coded_of_chat(work.session, chat_id)]
    genuine = [row for row in carried if is_genuine(work.keys, row)]
    kept = chats.move(work.session, old_telegram_id, new_telegram_id)
    if kept is not None:
        vouch(work.keys, chats.get(work.session, kept))
        for row in genuine:
            work.session.refresh(row)
            vouch(work.keys, row)
        for gone in set(both) - {kept}:
            note_merged(work, gone, into=kept)
    return kept


async def follow_chat(store: Store, old_telegram_id: int, new_telegram_id: int) -> bool:
    """Follow a group to its new number. False where it isn't known to be this group: nothing reaches it
    then, and the operator has been told."""
    try:
        await store.run(move_chat, old_telegram_id, new_telegram_id)
    except ForeignRow:
        return False
    return True


async def send_to_group(
    context: Context,
    send: Callable[Concatenate[int, P], Awaitable[T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Send to the group of a context at once, outside the outbox; to where it is now, if it became a
    supergroup."""
    try:
        return await send(context.place.require_group(), *args, **kwargs)
    except TelegramError as error:
        if not await goes_along(context, error):
            raise
        return await send(context.place.require_group(), *args, **kwargs)


async def goes_along(context: Context, error: TelegramError) -> bool:
    """Whether an error tells that the group of a context became a supergroup. Then it is followed, and the
    context is there: what is looked up, kept or said from now on is that chat's."""
    moved, before = classify(error), context.place.telegram_id
    if not isinstance(moved, Moved) or before is None:
        return False
    if not await follow_chat(context.store, before, moved.telegram_id):
        return False
    context.place = replace(context.place, telegram_id=moved.telegram_id)
    return True


def _let_go_of_messages(work: UnitOfWork, chat_id: int) -> None:
    """The old messages can't be reached any more, and under the new chat their numbers mean others.

    Numbers that features keep have a mark that says so by itself: `bot/message/numbering.py`.
    """
    removals.forget_chat(work.session, chat_id)
    newest = {
        (card.kind, card.ref): card for card in reversed(cards.take_all(work.session, chat_id))
    }
    for (kind, ref), card in newest.items():
        work.later.post(kind, ref, chat_id=chat_id, key=f"{kind}:{ref}:after:{card.id}")
    notices.ask_anew(work, chat_id)
    work.later.wake()
