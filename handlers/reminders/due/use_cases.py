"""What becomes of a reminder whose moment has come: its post, and what is left of it afterwards. Plain
functions on a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chores import Found, some
from bot.domain.timekeeping.moment import instant_of
from bot.message.numbering import chat_mark, is_numbered_here
from bot.store import UnitOfWork
from storage import chats, reminders
from storage.delivery.outbox import Urgency
from storage.reminders import Reminder, ReminderRow

POST = "reminders.post"
GONE_POST = "reminders.gone"
_POSTS = (POST, GONE_POST)

_MOVED_AT_ONCE = 3
_FORGOTTEN_AT_ONCE = 100
# Telegram lets a bot take away its own messages for 48 hours; an hour is left for a busy chat.
_REMOVABLE_FOR = timedelta(hours=47)


@dataclass(frozen=True)
class NotCopied:
    """What became of a reminder whose message couldn't be copied: it is gone, or there and protected."""

    is_gone: bool
    has_text: bool
    is_paused: bool


@dataclass(frozen=True)
class Post:
    """What is said when a reminder is due. `sources` are the messages to copy instead of the text, and
    `kind` is what they are."""

    text: str
    link_preview: str
    sources: tuple[int, ...]
    kind: str
    is_silent: bool
    is_pinned: bool


def move_due(work: UnitOfWork) -> None:
    """Put what is due into the outbox, and find out when each comes next.

    Of what was missed in a time of silence only the latest occurrence comes, and where an earlier one
    still waits to be sent, that one stands for it. From now on it comes only at moments after now.
    """
    reminders.forget_deleted(work.session, POST, work.now, _MOVED_AT_ONCE)
    for reminder in reminders.due(work.session, work.now, _MOVED_AT_ONCE):
        row, zone = reminders.plain(reminder), ZoneInfo(reminder.timezone)
        if row.next_at is None:
            continue
        moment = row.next_at
        if row.recurrence is not None:
            moment = row.recurrence.latest(row.next_at, work.now, zone)
        after = row.recurrence.next_after(work.now, zone) if row.recurrence else None
        reminders.plan(reminder, after.at if after else None)
        work.session.add(reminder)
        if reminders.is_being_posted(work.session, POST, reminder):
            reminders.bring_up_to_date(work.session, POST, reminder, moment)
        elif has_something_to_say(work, reminder):
            post(work, row, f"{POST}:{row.id}:{moment.isoformat()}", due_at=moment)
        else:  # the group moved, and the message stayed behind
            lose_source(work, row.id)


def keep_wall_time(work: UnitOfWork, reminder: ReminderRow) -> None:
    """It comes when the clock of its zone shows what was promised, whatever the zone's rules are by now."""
    if reminder.next_wall is not None:
        reminders.plan(reminder, instant_of(reminder.next_wall, ZoneInfo(reminder.timezone)))
        work.session.add(reminder)


def next_due(work: UnitOfWork) -> datetime | None:
    """The next moment of a reminder, or at which a deletion can't be undone any more."""
    moments = (reminders.next_due(work.session), reminders.undo_ends(work.session))
    return min((moment for moment in moments if moment is not None), default=None)


def post(work: UnitOfWork, row: Reminder, key: str, *, due_at: datetime | None = None) -> None:
    """Put a post of this reminder into the outbox, once for each key: at its moment, or else at once."""
    work.later.post(
        POST,
        row.id,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        key=key,
        due_at=due_at,
        urgency=Urgency.TIMED if due_at else Urgency.NOW,
    )


def load_post(work: UnitOfWork, reminder_id: int) -> Post | None:
    """What to post; None where the reminder was deleted meanwhile."""
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.is_deleted:
        return None
    chat = chats.get(work.session, reminder.chat_id)
    knows_numbers = is_numbered_here(work, chat, reminder.chat_mark)
    return Post(
        text=reminder.text,
        link_preview=reminder.link_preview,
        sources=reminders.numbers_of(reminder.sources) if knows_numbers else (),
        kind=reminder.source_kind,
        is_silent=reminder.is_silent,
        is_pinned=reminder.is_pinned,
    )


def note_posted(work: UnitOfWork, reminder_id: int, message_ids: tuple[int, ...]) -> None:
    """A post of it stands in the chat: what came before makes room where that is wanted.

    Telegram lets a bot take its messages away for two days only. So of those that are to make room the
    newest one goes too, before that time is over.
    """
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None:
        return
    chat = chats.get(work.session, reminder.chat_id)
    if is_numbered_here(work, chat, reminder.chat_mark):
        _make_room(work, reminder)
    else:
        reminder.sources = reminder.source_kind = ""
    if reminder.is_latest_only:
        for number in message_ids:
            work.later.delete_message(reminder.chat_id, number, after=_REMOVABLE_FOR)
    reminder.chat_mark = chat_mark(work, chat)
    reminder.last_posts = reminders.keep_numbers(message_ids)
    reminder.last_posted_at = work.now
    work.session.add(reminder)


def _make_room(work: UnitOfWork, reminder: ReminderRow) -> None:
    if reminder.is_pinned:
        unpin_last(work, reminder)
    before = reminders.numbers_of(reminder.last_posts)
    posted_at = reminder.last_posted_at
    is_removable = posted_at is not None and work.now - posted_at < _REMOVABLE_FOR
    if reminder.is_latest_only and is_removable:
        for number in before:
            work.later.delete_message(reminder.chat_id, number, after=timedelta())


def unpin_last(work: UnitOfWork, reminder: ReminderRow) -> None:
    """Its newest post leaves the top of the chat."""
    before = reminders.numbers_of(reminder.last_posts)
    if before and is_numbered_here(
        work, chats.get(work.session, reminder.chat_id), reminder.chat_mark
    ):
        work.later.unpin_message(reminder.chat_id, before[0])


def note_not_copied(work: UnitOfWork, reminder_id: int, *, is_gone: bool) -> None:
    """What was to be copied can't be, and its text comes instead. A post tells the chat's organisers.

    A message that is gone is forgotten. What merely can't be copied now is tried again the next time; without
    words besides it is paused until an organiser has looked.
    """
    if is_gone:
        lose_source(work, reminder_id)
        return
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or not reminder.sources:
        return
    if not reminder.text:
        reminder.is_paused = True
        reminders.plan(reminder, reminder.next_at or work.now)
        work.session.add(reminder)
    _tell_not_copied(work, reminder, reminder.sources)


def lose_source(work: UnitOfWork, reminder_id: int) -> None:
    """The message to copy is there no more: it is forgotten, and what has no text besides is paused.

    What had no text keeps its kind: that is all it can be called by.
    """
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or not reminder.sources:
        return
    numbers, reminder.sources = reminder.sources, ""
    if reminder.text:
        reminder.source_kind = ""
    else:
        reminder.is_paused = reminder.next_at is not None
    work.session.add(reminder)
    _tell_not_copied(work, reminder, numbers)


def _tell_not_copied(work: UnitOfWork, reminder: ReminderRow, numbers: str) -> None:
    """Once of the same messages; but each pause is news."""
    key = f"{GONE_POST}:{reminder.id}:{numbers}:{bool(reminder.sources)}"
    if reminder.sources and reminder.is_paused and reminder.next_at is not None:
        key += f":{reminder.next_at.isoformat()}"
    work.later.post(
        GONE_POST,
        reminder.id,
        chat_id=reminder.chat_id,
        thread_id=reminder.thread_id,
        key=key,
    )


def keep_passed(work: UnitOfWork, reminder_id: int, moment: datetime) -> None:
    """Its last post was too late to be sent: it waits, paused, for an organiser to post it all the same."""
    reminder = reminders.get(work.session, reminder_id)
    if reminder is not None and not reminder.is_deleted and reminder.next_at is None:
        reminder.is_paused = True
        reminders.plan(reminder, moment)
        work.session.add(reminder)


def load_not_copied(work: UnitOfWork, reminder_id: int) -> NotCopied | None:
    """What there is to tell of a message that couldn't be copied; None where the reminder was deleted."""
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.is_deleted:
        return None
    return NotCopied(not reminder.sources, bool(reminder.text), reminder.is_paused)


def has_something_to_say(work: UnitOfWork, reminder: ReminderRow) -> bool:
    """Whether it has a text, or messages to copy that can still be reached."""
    if reminder.text:
        return True
    chat = chats.get(work.session, reminder.chat_id)
    return bool(reminder.sources) and is_numbered_here(work, chat, reminder.chat_mark)


def find_done(work: UnitOfWork, _after: int | None) -> Found[int]:
    """What came for the last time."""
    found = reminders.done(work.session, _POSTS, work.now, _FORGOTTEN_AT_ONCE)
    return some(found, _FORGOTTEN_AT_ONCE)


def forget_done(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Erase it."""
    reminders.forget_done(work.session, work.now, ids)
