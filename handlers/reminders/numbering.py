"""Whether numbers of messages that are kept still mean the same messages."""

from __future__ import annotations

from bot.safety.keys import mac, same
from bot.store import UnitOfWork
from storage.chats import ChatRow
from storage.reminders import ReminderRow


def chat_mark(work: UnitOfWork, chat: ChatRow) -> bytes:
    """Tells whether kept numbers of messages are of this chat under its present number: a group that
    becomes a supergroup counts its messages anew."""
    return mac(work.keys.derive("reminder-numbers"), chat.telegram_id)


def is_numbered_here(work: UnitOfWork, chat: ChatRow, reminder: ReminderRow) -> bool:
    return reminder.chat_mark is not None and same(reminder.chat_mark, chat_mark(work, chat))
