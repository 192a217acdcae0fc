"""A deletion or a skip can be taken back for a minute. Plain functions on a unit of work."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.use_cases import require_room
from storage import reminders
from storage.reminders import ReminderRow

UNDO_FOR = timedelta(minutes=1)


def undo(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """Take back the deletion or the skip of a moment ago. Raises `Refused` after a minute."""
    work.reach(chat_id)
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.chat_id != chat_id or not may_undo(work, reminder):
        raise Refused("reminders.waiting.refused.too_late")
    if reminder.is_deleted:
        require_room(work, chat_id)
    reminder.is_deleted = False
    reminders.plan_as_before(reminder)
    let_undo_go(reminder)
    work.session.add(reminder)
    work.later.wake(reminder.next_at)


def may_undo(work: UnitOfWork, reminder: ReminderRow) -> bool:
    """Whether the minute isn't over."""
    return reminder.undo_until is not None and work.now <= reminder.undo_until


def remember_undo(work: UnitOfWork, reminder: ReminderRow) -> None:
    """The next moment as it is now is what an undoing brings back."""
    reminders.remember_for_undo(reminder, work.now + UNDO_FOR)


def let_undo_go(reminder: ReminderRow) -> None:
    """Something newer happened to it: what was before can't come back."""
    reminder.undo_until = reminder.undo_wall = None
