"""What organisers do with a reminder that waits: pause, skip, move, post now, delete. Plain functions on a
unit of work."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import SETTINGS
from handlers.reminders.due.use_cases import POST, has_something_to_say, post, unpin_last
from handlers.reminders.waiting.reach import reachable
from handlers.reminders.waiting.undoing import let_undo_go, remember_undo
from storage import reminders
from storage.delivery import removals
from storage.reminders import Reminder, ReminderRow


def pause(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """It stays, and doesn't come; what was on its way is held back too, and waits where it was the last.

    Raises `Refused` where that is too late.
    """
    reminder = reachable(work, chat_id, reminder_id)
    held_back = reminders.withdraw(work.session, POST, reminder)
    if reminder.next_at is None:
        if not held_back:
            raise Refused("reminders.waiting.refused.on_its_way")
        reminders.plan(reminder, work.now)
    reminder.is_paused = True
    let_undo_go(reminder)
    work.session.add(reminder)


def resume(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """It comes again, next at its first moment from now on. Raises `Refused` where there is none."""
    reminder = reachable(work, chat_id, reminder_id)
    _require_something_to_say(work, reminder)
    row = reminders.plain(reminder)
    next_at = row.next_at
    if next_at is not None and next_at <= work.now:
        zone = ZoneInfo(row.timezone)
        moment = row.recurrence.next_after(work.now, zone) if row.recurrence else None
        if moment is None:
            raise Refused("reminders.waiting.refused.passed")
        next_at = moment.at
    reminder.is_paused = False
    reminders.plan(reminder, next_at)
    work.session.add(reminder)
    work.later.wake(next_at)


def skip_next(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """Leave out one occurrence. Raises `Refused` where it is the last."""
    reminder = reachable(work, chat_id, reminder_id)
    row = reminders.plain(reminder)
    if row.recurrence is None or row.next_at is None:
        raise Refused("reminders.waiting.refused.last")
    after = row.recurrence.next_after(row.next_at, ZoneInfo(row.timezone))
    if after is None:
        raise Refused("reminders.waiting.refused.last")
    remember_undo(work, reminder)
    reminders.plan(reminder, after.at)
    work.session.add(reminder)


def delete_reminder(work: PersonalWork, chat_id: int, reminder_id: int) -> Reminder:
    """Delete a reminder of this chat; nothing more of it is posted. It is erased in a minute."""
    reminder = reachable(work, chat_id, reminder_id)
    row = reminders.plain(reminder)
    remember_undo(work, reminder)
    reminder.is_deleted = True
    reminders.plan(reminder, None)
    work.session.add(reminder)
    work.later.wake(reminder.undo_until)
    return row


def post_now(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """Post it at once. One that comes once has come with that; the others keep their times."""
    reminder = reachable(work, chat_id, reminder_id)
    row = reminders.plain(reminder)
    if reminders.is_being_posted(work.session, POST, reminder):
        raise Refused("reminders.waiting.refused.on_its_way")
    _require_something_to_say(work, reminder)
    # Two organisers may have the same thought: within a minute it is one.
    post(work, row, f"{POST}:{row.id}:now:{work.now:%Y%m%d%H%M}")
    if row.recurrence is None:
        reminders.plan(reminder, None)
    let_undo_go(reminder)
    work.session.add(reminder)


def switch_setting(work: PersonalWork, chat_id: int, reminder_id: int, setting: str) -> None:
    """Turn one of a reminder's settings over."""
    reminder = reachable(work, chat_id, reminder_id)
    if setting not in SETTINGS:
        raise Refused("frame.refused.unknown_thing")
    if setting == "silent":
        reminder.is_silent = not reminder.is_silent
    elif setting == "pinned":
        reminder.is_pinned = not reminder.is_pinned
        if not reminder.is_pinned:
            unpin_last(work, reminder)
    else:
        reminder.is_latest_only = not reminder.is_latest_only
        if not reminder.is_latest_only:
            numbers = reminders.numbers_of(reminder.last_posts)
            removals.forget_messages(work.session, reminder.chat_id, numbers)
    work.session.add(reminder)


def move_here(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """From now on it comes in the topic where the person acts."""
    reminder = reachable(work, chat_id, reminder_id)
    reminder.thread_id = work.thread_in(chat_id)
    work.session.add(reminder)


def _require_something_to_say(work: UnitOfWork, reminder: ReminderRow) -> None:
    if not has_something_to_say(work, reminder):
        raise Refused("reminders.waiting.refused.nothing_to_say")
