"""Which reminders a person may touch from where they are."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.store import PersonalWork
from handlers.reminders.due.use_cases import POST
from storage import reminders
from storage.reminders import ReminderRow


def reachable(work: PersonalWork, chat_id: int, reminder_id: int) -> ReminderRow:
    """Return a reminder of this chat that is still to come, or on its way. Raises `Refused`.

    Another chat's looks the same as one that is gone: a forged button learns nothing.
    """
    work.reach(chat_id)
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.chat_id != chat_id or reminder.is_deleted:
        raise Refused("reminders.waiting.refused.gone")
    is_over = reminder.next_at is None
    if is_over and not reminders.is_being_posted(work.session, POST, reminder):
        raise Refused("reminders.waiting.refused.gone")
    return reminder
