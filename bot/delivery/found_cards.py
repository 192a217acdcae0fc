"""Cards that stand in a chat under a number nobody knows: the answer to their sending never came, and an
organiser said that they are there. The first tap on one tells its number."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import InlineKeyboardMarkup, Message

from bot.context import Context
from bot.feature import Card
from bot.person.place import Place
from bot.store import Store, UnitOfWork
from storage import chats
from storage.delivery import cards, outbox, removals
from storage.delivery.outbox import FoundPost


class FoundCards:
    """Takes a tapped message for a card where that is certain: the bot sent it to all, it carries a button
    that stands beneath this card only, and such a card is sought in this chat."""

    def __init__(self, store: Store, kinds: Mapping[str, Card]) -> None:
        self._store = store
        self._hallmarks = {kind: card.hallmark for kind, card in kinds.items() if card.hallmark}
        # Telegram's ids of chats where none is sought, so that a tap there costs nothing.
        self._none_sought: set[int] = set()

    def seek_in(self, place: Place) -> None:
        """An organiser said that something is there; it may be a card."""
        if place.telegram_id is not None:
            self._none_sought.discard(place.telegram_id)

    async def note_tap(self, context: Context) -> None:
        """Learn where a card stands, if the tapped message is one that is sought."""
        place = context.place
        if place.telegram_id is None or place.telegram_id in self._none_sought:
            return
        sought = await self._store.read(_sought, place, tuple(self._hallmarks))
        if not sought:
            self._none_sought.add(place.telegram_id)
        elif (message := context.message) is not None and _is_own(context, message):
            carried = _payloads(message.reply_markup)
            for post in sought:
                if self._hallmarks[post.kind](post.ref).pack() in carried:
                    await self._store.run(_adopt, place, post, message.message_id)


def _is_own(context: Context, message: Message) -> bool:
    """Whether the bot sent it, to everyone: a page for one person may carry the same buttons."""
    sender = message.from_user
    is_bots = sender is not None and sender.id == context.client.id
    return is_bots and not context.services.whisperer.is_page(context)


def _payloads(markup: InlineKeyboardMarkup | None) -> set[object]:
    """What the message's buttons carry, by Telegram's word; what was tapped may be forged."""
    return (
        {button.callback_data for row in markup.inline_keyboard for button in row}
        if markup
        else set()
    )


def _sought(work: UnitOfWork, place: Place, kinds: tuple[str, ...]) -> list[FoundPost]:
    chat = chats.find(work.session, place.telegram_id) if place.telegram_id else None
    return outbox.found(work.session, chat.id, kinds) if chat else []


def _adopt(work: UnitOfWork, place: Place, post: FoundPost, message_id: int) -> None:
    """From now on it is redrawn like any card. Another tap may have told already."""
    if post not in _sought(work, place, (post.kind,)):
        return
    if removals.is_planned(work.session, post.chat_id, message_id):
        return  # a page whose command is gone: nothing that is to vanish is a card
    known = cards.all_of(work.session, post.kind, post.ref)
    if (post.chat_id, message_id) in {(card.chat_id, card.message_id) for card in known}:
        return
    outbox.end_search(work.session, post.id)
    card = cards.CardRow(
        kind=post.kind,
        ref=post.ref,
        chat_id=post.chat_id,
        thread_id=place.thread_id,
        message_id=message_id,
    )
    cards.add(work.session, card)
    work.later.redraw(post.kind, post.ref)
