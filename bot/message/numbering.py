"""Whether numbers of messages that are kept still mean the same messages."""

from __future__ import annotations

from bot.safety.keys import mac, same
from bot.store import UnitOfWork
from storage.chats import ChatRow

# Marks that are stored go by this name, whatever they are kept for.
_PURPOSE = "reminder-numbers"


def chat_mark(work: UnitOfWork, chat: ChatRow) -> bytes:
    """Return what is kept beside numbers of this chat's messages: a group that becomes a supergroup counts
    its messages anew, and has another mark from then on."""
    return mac(work.keys.derive(_PURPOSE), chat.telegram_id)


def is_numbered_here(work: UnitOfWork, chat: ChatRow, mark: bytes | None) -> bool:
    """Whether numbers that are kept with this mark are of this chat as it is now; without one none are."""
    return mark is not None and same(mark, chat_mark(work, chat))
