"""Addresses of messages, and of the cards of things."""

from __future__ import annotations

from bot.message.words import Html, paragraphs
from bot.store import UnitOfWork
from storage import chats
from storage.delivery import cards
from storage.delivery.cards import CardRow

_SUPERGROUP_PREFIX = "-100"


def message_link(
    telegram_chat_id: int, message_id: int | None, thread_id: int | None = None
) -> str | None:
    """A link that members of a supergroup can follow; basic groups have none.

    Source: core.telegram.org/api/links#private-chat-links.
    """
    chat = str(telegram_chat_id)
    if message_id is None or not chat.startswith(_SUPERGROUP_PREFIX):
        return None
    path = [chat.removeprefix(_SUPERGROUP_PREFIX), *([str(thread_id)] if thread_id else [])]
    return f"https://t.me/c/{'/'.join(path)}/{message_id}"


def promotion_link(bot: str) -> str:
    """A link by which organisers make the bot of this name an administrator who may pin messages: Telegram
    asks them for nothing else."""
    return f"https://t.me/{bot}?startgroup&admin=pin_messages"


def card_link(work: UnitOfWork, chat_id: int, kind: str, ref: int) -> str | None:
    """A link to the newest card of a thing; None where it isn't posted yet or has no address."""
    card = cards.latest(work.session, kind, ref)
    return None if card is None else _link_to(work, chat_id, card)


def with_link(work: UnitOfWork, text: Html, label: Html, kind: str, ref: int) -> Html:
    """A text with a link to the card of a thing beneath it, where Telegram has one."""
    card = cards.latest(work.session, kind, ref)
    link = None if card is None else _link_to(work, card.chat_id, card)
    return text if link is None else paragraphs(text, Html(f'<a href="{link}">{label}</a>'))


def _link_to(work: UnitOfWork, chat_id: int, card: CardRow) -> str | None:
    telegram_id = chats.get(work.session, chat_id).telegram_id
    return message_link(telegram_id, card.message_id, card.thread_id)
