"""What can be done with reminders that wait: list, pause, skip, change, post now, delete, undo.

Plain functions on a unit of work. Whoever gets to a change is an organiser, which is asked live before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.formatted import FormattedText
from bot.domain.moments.reading import read_schedule
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import moment_at
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.message import moment as moments
from bot.message.moment import DraftedMoment
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import (
    SETTINGS,
    SHOWN_MOMENTS,
    Times,
    keep_content,
    keep_schedule,
    read_label,
    times_of,
)
from handlers.reminders.posting.use_cases import POST, has_something_to_say, post, unpin_last
from handlers.reminders.use_cases import require_room
from storage import chats, reminders
from storage.chats import ChatRow
from storage.delivery import removals
from storage.reminders import Reminder, ReminderRow

EDIT_FLOW = "reminders.edit"
PAGE_LENGTH = 8
UNDO_FOR = timedelta(minutes=1)
EDITABLE = ("text", "when", "label")


@dataclass(frozen=True)
class Waiting:
    """A page of what waits in a chat. `page` counts from 0, `count` is that of all pages."""

    chat_id: int
    page: int
    pages: int
    count: int
    today: date
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True)
class Item:
    """One reminder as an organiser sees it. `is_elsewhere`: it comes in another topic than here."""

    reminder: Reminder
    times: Times
    page: int
    is_elsewhere: bool
    may_undo: bool
    today: date


@dataclass(frozen=True)
class Change:
    """A reminder as it will be: with another text or label, or at other times."""

    draft_id: int
    # Of "text", "when" and "label", which.
    what: str
    text: str
    times: Times | None
    today: date
    quiet: QuietHours


def waiting_here(work: PersonalWork) -> Waiting:
    """The first page of what waits in the chat of a group place."""
    chat = work.find_chat_here()
    if chat is None:
        return Waiting(0, page=0, pages=1, count=0, today=work.now.date(), reminders=())
    return _waiting(work, chat, 0)


def waiting_in(work: PersonalWork, chat_id: int, page: int) -> Waiting:
    """A page of what waits in a chat; the last one where it has fewer."""
    return _waiting(work, work.reach(chat_id), page)


def require_chat(work: PersonalWork, chat_id: int) -> None:
    """Go on only where the person may touch this chat's things from here. Raises `Refused`."""
    work.reach(chat_id)


def item(work: PersonalWork, chat_id: int, reminder_id: int, page: int) -> Item:
    """One reminder with its next few moments."""
    reminder = _reachable(work, chat_id, reminder_id)
    row, zone = reminders.plain(reminder), ZoneInfo(reminder.timezone)
    thread = work.thread_in(chat_id)
    return Item(
        reminder=row,
        times=_times(row, zone),
        page=page,
        is_elsewhere=thread != row.thread_id,
        may_undo=_may_undo(work, reminder),
        today=work.now.astimezone(zone).date(),
    )


def pause(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """It stays, and doesn't come; what was on its way is held back too, and waits where it was the last.

    Raises `Refused` where that is too late.
    """
    reminder = _reachable(work, chat_id, reminder_id)
    held_back = reminders.withdraw(work.session, POST, reminder)
    if reminder.next_at is None:
        if not held_back:
            raise Refused("managing.refused.on_its_way")
        reminder.next_at = work.now
    reminder.is_paused = True
    _let_undo_go(reminder)
    work.session.add(reminder)


def resume(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """It comes again, next at its first moment from now on. Raises `Refused` where there is none."""
    reminder = _reachable(work, chat_id, reminder_id)
    _require_something_to_say(work, reminder)
    row = reminders.plain(reminder)
    next_at = row.next_at
    if next_at is not None and next_at <= work.now:
        zone = ZoneInfo(row.timezone)
        moment = row.recurrence.next_after(work.now, zone) if row.recurrence else None
        if moment is None:
            raise Refused("managing.refused.passed")
        next_at = moment.at
    reminder.is_paused, reminder.next_at = False, next_at
    work.session.add(reminder)
    work.later.wake(next_at)


def skip_next(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """Leave out one occurrence. Raises `Refused` where it is the last."""
    reminder = _reachable(work, chat_id, reminder_id)
    row = reminders.plain(reminder)
    if row.recurrence is None or row.next_at is None:
        raise Refused("managing.refused.last")
    after = row.recurrence.next_after(row.next_at, ZoneInfo(row.timezone))
    if after is None:
        raise Refused("managing.refused.last")
    _remember_undo(work, reminder)
    reminder.next_at = after.at
    work.session.add(reminder)


def delete_reminder(work: PersonalWork, chat_id: int, reminder_id: int) -> Reminder:
    """Delete a reminder of this chat; nothing more of it is posted. It is erased in a minute."""
    reminder = _reachable(work, chat_id, reminder_id)
    row = reminders.plain(reminder)
    _remember_undo(work, reminder)
    reminder.next_at, reminder.is_deleted = None, True
    work.session.add(reminder)
    work.later.wake(reminder.undo_until)
    return row


def undo(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """Take back the deletion or the skip of a moment ago. Raises `Refused` after a minute."""
    work.reach(chat_id)
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.chat_id != chat_id or not _may_undo(work, reminder):
        raise Refused("managing.refused.too_late")
    if reminder.is_deleted:
        require_room(work, chat_id)
    reminder.next_at, reminder.is_deleted = reminder.undo_next_at, False
    _let_undo_go(reminder)
    work.session.add(reminder)
    work.later.wake(reminder.next_at)


def post_now(work: PersonalWork, chat_id: int, reminder_id: int) -> None:
    """Post it at once. One that comes once has come with that; the others keep their times."""
    reminder = _reachable(work, chat_id, reminder_id)
    row = reminders.plain(reminder)
    if reminders.is_being_posted(work.session, POST, reminder):
        raise Refused("managing.refused.on_its_way")
    _require_something_to_say(work, reminder)
    # Two organisers may have the same thought: within a minute it is one.
    post(work, row, f"{POST}:{row.id}:now:{work.now:%Y%m%d%H%M}")
    if row.recurrence is None:
        reminder.next_at = None
    _let_undo_go(reminder)
    work.session.add(reminder)


def switch_setting(work: PersonalWork, chat_id: int, reminder_id: int, setting: str) -> None:
    """Turn one of a reminder's settings over."""
    reminder = _reachable(work, chat_id, reminder_id)
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
    reminder = _reachable(work, chat_id, reminder_id)
    reminder.thread_id = work.thread_in(chat_id)
    work.session.add(reminder)


def begin_edit(work: PersonalWork, chat_id: int, reminder_id: int, what: str) -> None:
    """Ask for a new text, time or label: the person's next private message is the answer."""
    reminder = _reachable(work, chat_id, reminder_id)
    if what not in EDITABLE:
        raise Refused("frame.refused.unknown_thing")
    data = {"reminder": reminder_id, "what": what, "timezone": reminder.timezone}
    keep_draft(work, chat_id, EDIT_FLOW, data, awaits_typing=True)


def take_typed(work: PersonalWork, draft_id: int, typed: FormattedText) -> None:
    """What an edit had asked for came; it waits to be saved. Raises `Refused` where it won't do."""
    draft = _open_edit(work, draft_id)
    taken = _read(work, draft, typed)
    change_draft(work, draft, {**draft.data, **taken}, awaits_typing=False)


def choose_reading(work: PersonalWork, draft_id: int, reading: str) -> None:
    """The organiser said what "19.10" meant."""
    draft = _open_edit(work, draft_id)
    data = moments.choose_reading(draft.data, reading)
    change_draft(work, draft, data, awaits_typing=False)


def change(work: PersonalWork, draft_id: int) -> Change:
    """What an edit is about to change."""
    draft = _open_edit(work, draft_id)
    data = draft.data
    today = work.now.astimezone(ZoneInfo(data["timezone"])).date()
    quiet = chats.settings_of(draft.chat).quiet
    if data["what"] == "when" and ("rule" in data or "at" in data):
        reminder = _edited(work, draft)
        return Change(draft.id, "when", reminder.text, times_of(data, work.now), today, quiet)
    if data["what"] != "when" and data["what"] in data:
        return Change(draft.id, data["what"], data[data["what"]], None, today, quiet)
    raise Refused("frame.refused.draft_over")


def save_change(work: PersonalWork, draft_id: int) -> tuple[int, int]:
    """Change the reminder as the edit says. Gives the ids of its chat and its own."""
    draft = _open_edit(work, draft_id)
    reminder = _edited(work, draft)
    data = draft.data
    if data["what"] == "when":
        _set_times(work, reminder, data)
    elif data["what"] not in data:
        raise Refused("frame.refused.draft_over")
    elif data["what"] == "text":
        reminder.text, reminder.sources, reminder.source_kind = data["text"], "", ""
    else:
        reminder.label = data["label"]
    end_draft(work, draft)
    work.session.add(reminder)
    return reminder.chat_id, data["reminder"]


def drop_change(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open_edit(work, draft_id))


def _read(work: UnitOfWork, draft: OpenDraft, typed: FormattedText) -> dict[str, Any]:
    if draft.data["what"] == "label":
        return {"label": read_label(typed.text)}
    if draft.data["what"] == "text":
        return {"text": keep_content(typed, None)["text"]}
    zone = ZoneInfo(draft.data["timezone"])
    reading = read_schedule(typed.text, now=work.now, zone=zone)
    if reading.rest.strip():
        raise Refused("managing.refused.only_time", rest=reading.rest.strip()[:40])
    return keep_schedule(reading)


def _set_times(work: UnitOfWork, reminder: ReminderRow, data: dict[str, Any]) -> None:
    times = times_of(data, work.now)
    first = times.upcoming[0] if times.upcoming else None
    moment = moments.require_ahead(first, work.now)
    reminder.rule = data.get("rule") or ""
    reminder.next_at, reminder.timezone = moment.at, moment.zone
    _let_undo_go(reminder)
    work.later.wake(moment.at)


def _open_edit(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, EDIT_FLOW)


def _edited(work: PersonalWork, draft: OpenDraft) -> ReminderRow:
    chat_id = draft.chat.id
    return _reachable(work, chat_id, int(draft.data["reminder"]))


def _reachable(work: PersonalWork, chat_id: int, reminder_id: int) -> ReminderRow:
    """A reminder of this chat that is still to come, or on its way.

    Another chat's looks the same as one that is gone: a forged button learns nothing.
    """
    work.reach(chat_id)
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.chat_id != chat_id or reminder.is_deleted:
        raise Refused("managing.refused.gone")
    is_over = reminder.next_at is None
    if is_over and not reminders.is_being_posted(work.session, POST, reminder):
        raise Refused("managing.refused.gone")
    return reminder


def _require_something_to_say(work: UnitOfWork, reminder: ReminderRow) -> None:
    if not has_something_to_say(work, reminder):
        raise Refused("managing.refused.nothing_to_say")


def _may_undo(work: UnitOfWork, reminder: ReminderRow) -> bool:
    return reminder.undo_until is not None and work.now <= reminder.undo_until


def _remember_undo(work: UnitOfWork, reminder: ReminderRow) -> None:
    reminder.undo_until, reminder.undo_next_at = work.now + UNDO_FOR, reminder.next_at


def _let_undo_go(reminder: ReminderRow) -> None:
    reminder.undo_until = reminder.undo_next_at = None


def _times(row: Reminder, zone: ZoneInfo) -> Times:
    if row.next_at is None:
        return Times(DraftedMoment())
    upcoming = [moment_at(row.next_at, zone)]
    if row.recurrence is not None:
        upcoming += row.recurrence.next_few(row.next_at, zone, SHOWN_MOMENTS - 1)
    return Times(DraftedMoment(), row.recurrence, tuple(upcoming))


def _waiting(work: UnitOfWork, chat: ChatRow, page: int) -> Waiting:
    chat_id = chat.id
    count = reminders.count_waiting(work.session, chat_id)
    pages = max(1, -(-count // PAGE_LENGTH))
    page = min(page, pages - 1)
    rows = reminders.waiting(work.session, chat_id, offset=page * PAGE_LENGTH, limit=PAGE_LENGTH)
    today = work.now.astimezone(ZoneInfo(chat.timezone)).date()
    return Waiting(chat_id, page, pages, count, today, tuple(rows))
