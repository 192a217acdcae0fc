"""Whether numbers of messages that are kept still mean the same messages."""

from __future__ import annotations

from typing import Protocol

from bot.safety.keys import Keys, mac, same
from bot.safety.rotation.carrying import Rotation
from bot.store import UnitOfWork
from storage import chats
from storage.chats import ChatRow

# Marks that are stored go by this name, whatever they are kept for.
_PURPOSE = "reminder-numbers"


class Marked(Protocol):
    """What is kept with numbers of a chat's messages."""

    chat_id: int
    chat_mark: bytes | None


def chat_mark(work: UnitOfWork, chat: ChatRow) -> bytes:
    """Return what is kept beside numbers of this chat's messages: a group that becomes a supergroup counts
    its messages anew, and has another mark from then on."""
    return _mark(work.keys, chat)


def is_numbered_here(work: UnitOfWork, chat: ChatRow, mark: bytes | None) -> bool:
    """Whether numbers that are kept with this mark are of this chat as it is now; without one none are."""
    return mark is not None and same(mark, chat_mark(work, chat))


def carry_mark(rotation: Rotation, row: Marked) -> None:
    """Where the key is changed, numbers that are of this chat's messages stay so; a mark of what the chat was
    before goes."""
    if row.chat_mark is not None:
        chat = chats.get(rotation.session, row.chat_id)
        is_here = same(row.chat_mark, _mark(rotation.old, chat))
        row.chat_mark = _mark(rotation.new, chat) if is_here else None


def _mark(keys: Keys, chat: ChatRow) -> bytes:
    return mac(keys.derive(_PURPOSE), chat.telegram_id)
