"""Whether numbers of messages that are kept still mean the same messages."""

from __future__ import annotations

from bot.privacy import mac, same
from bot.store import UnitOfWork
from storage.chats import Chat
from storage.reminders import Reminder


def chat_mark(work: UnitOfWork, chat: Chat) -> bytes:
    """Tells whether kept numbers of messages are of this chat under its present number: a group that
    becomes a supergroup counts its messages anew."""
    return mac(work.keys.derive("reminder-numbers"), chat.telegram_id)


def is_numbered_here(work: UnitOfWork, chat: Chat, reminder: Reminder) -> bool:
    return reminder.chat_mark is not None and same(reminder.chat_mark, chat_mark(work, chat))
