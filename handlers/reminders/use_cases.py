"""What can be done with reminders: set, list, delete, post on time. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.moments.moment import Moment, MomentNote, moment_at
from bot.domain.moments.reading import read_schedule
from bot.domain.moments.results import OneTime, Repeating, TimeOrDate
from bot.domain.plain_text import clean
from bot.domain.recurrence import Weekly
from bot.domain.refusal import Refused
from bot.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.place import Person, Place, chat_here, find_chat_here, require_reach
from bot.store import UnitOfWork
from storage import chats, drafts, reminders
from storage.chats import Chat
from storage.outbox import Urgency
from storage.reminders import Reminder, ReminderRow

POST = "reminders.post"
NEW_FLOW = "reminders.new"

MOST_WAITING = 300
PAGE_LENGTH = 8
# Room is left for the heading and Telegram's 4096 holds the marks of lateness too.
TEXT_LENGTH = 3500
_MOVED_AT_ONCE = 200


@dataclass(frozen=True)
class Preview:
    """A reminder before it is one."""

    draft_id: int
    text: str
    # The first moment, and what repeats it.
    moment: Moment | None
    today: date
    rule: Weekly | None = None
    # Set where the words could mean a time or a date; then there is no moment yet.
    as_time: Moment | None = None
    as_date: date | None = None


@dataclass(frozen=True)
class Waiting:
    """A page of what waits in a chat. `page` counts from 0, `count` is that of all pages."""

    chat_id: int
    page: int
    pages: int
    count: int
    today: date
    reminders: tuple[ReminderRow, ...]


def draft_reminder(work: UnitOfWork, person: Person, place: Place, typed: str) -> int:
    """Read what was typed after /remind and keep it for the preview. Gives the draft's id."""
    chat = chat_here(work, place)
    chat_id = chats.id_of(chat)
    _require_room(work, chat_id)
    data = {**_read_line(work, chat, typed), "thread": place.thread_id}
    return keep_draft(work, person, chat_id, NEW_FLOW, data)


def preview(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> Preview:
    """The reminder in a draft, for an organiser."""
    return _preview_of(work, _open(work, person, place, draft_id))


def choose_reading(
    work: UnitOfWork, person: Person, place: Place, draft_id: int, reading: str
) -> None:
    """The organiser said what "19.10" meant."""
    draft = _open(work, person, place, draft_id)
    if reading not in ("as_time", "as_date") or draft.data.get(reading) is None:
        raise Refused("frame.refused.draft_over")
    if reading == "as_date":
        raise Refused("moments.no_time")
    data = {**draft.data, "moment": draft.data["as_time"], "as_time": None, "as_date": None}
    change_draft(work, draft, data, awaits_typing=False)


def set_reminder(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> ReminderRow:
    """Make an organiser's draft a reminder."""
    draft = _open(work, person, place, draft_id)
    ready = _preview_of(work, draft)
    if ready.moment is None:
        raise Refused("frame.refused.draft_over")
    if ready.moment.at <= work.now:
        raise Refused("moments.past")
    chat_id = chats.id_of(draft.chat)
    _require_room(work, chat_id)
    end_draft(work, draft)
    reminder = Reminder(
        chat_id=chat_id,
        thread_id=draft.data["thread"],
        text=ready.text,
        timezone=ready.moment.zone,
        weekdays="".join(str(day) for day in sorted(ready.rule.weekdays)) if ready.rule else "",
        wall_time=ready.rule.at if ready.rule else ready.moment.wall.time(),
        next_at=ready.moment.at,
    )
    reminders.add(work.session, reminder)
    work.later.wake()
    return reminders.row_of(reminder)


def drop_draft(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, person, place, draft_id))


def chat_of_draft(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> int:
    """Our id of the chat that a draft belongs to. Raises `Refused` where it can't be reached from here."""
    draft = drafts.get(work.session, draft_id)
    if draft is None:
        raise Refused("frame.refused.draft_over")
    return chats.id_of(require_reach(work, person, place, draft.chat_id))


def waiting_here(work: UnitOfWork, place: Place) -> Waiting:
    """The first page of what waits in the chat of a group place."""
    chat = find_chat_here(work, place)
    if chat is None:
        return Waiting(0, page=0, pages=1, count=0, today=work.now.date(), reminders=())
    return _waiting(work, chat, 0)


def waiting_in(work: UnitOfWork, person: Person, place: Place, chat_id: int, page: int) -> Waiting:
    """A page of what waits in a chat; the last one where it has fewer."""
    return _waiting(work, require_reach(work, person, place, chat_id), page)


def require_chat(work: UnitOfWork, person: Person, place: Place, chat_id: int) -> None:
    """Go on only where the person may touch this chat's things from here. Raises `Refused`."""
    require_reach(work, person, place, chat_id)


def delete_reminder(
    work: UnitOfWork, person: Person, place: Place, chat_id: int, reminder_id: int
) -> ReminderRow:
    """Delete a reminder of this chat; nothing more of it is posted."""
    require_reach(work, person, place, chat_id)
    reminder = reminders.get(work.session, reminder_id)
    if reminder is None or reminder.chat_id != chat_id or _is_over(work, reminder):
        # Another chat's looks the same as one that is gone: a forged button learns nothing.
        raise Refused("reminders.refused.gone")
    row = reminders.row_of(reminder)
    reminders.remove(work.session, reminder)
    return row


def move_due(work: UnitOfWork) -> None:
    """Put what is due into the outbox, and find out when each comes next.

    A reminder comes once after a time of silence, not once for every occurrence that was missed: not
    while an earlier one still waits to be sent, and from now on only at moments after now.
    """
    for reminder in reminders.due(work.session, work.now, _MOVED_AT_ONCE):
        row = reminders.row_of(reminder)
        if row.next_at is not None and not reminders.is_being_posted(work.session, POST, reminder):
            work.later.post(
                POST,
                row.id,
                chat_id=row.chat_id,
                thread_id=row.thread_id,
                key=f"{POST}:{row.id}:{row.next_at.isoformat()}",
                due_at=row.next_at,
                urgency=Urgency.TIMED,
            )
        zone = ZoneInfo(row.timezone)
        reminder.next_at = row.rule.next_after(work.now, zone).at if row.rule else None
        work.session.add(reminder)


def next_due(work: UnitOfWork) -> datetime | None:
    return reminders.next_due(work.session)


def load_post(work: UnitOfWork, reminder_id: int) -> str | None:
    """The text to post; None where the reminder was deleted meanwhile."""
    reminder = reminders.get(work.session, reminder_id)
    return reminder.text if reminder else None


def forget_done(work: UnitOfWork) -> None:
    """What came for the last time is erased."""
    reminders.forget_done(work.session, POST)


def _is_over(work: UnitOfWork, reminder: Reminder) -> bool:
    """Whether it came for the last time, and its last post is out."""
    return reminder.next_at is None and not reminders.is_being_posted(work.session, POST, reminder)


def _open(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> OpenDraft:
    """Whoever gets here is an organiser, which is asked live before; so an anonymous one's draft is
    theirs to go on with."""
    return open_draft(work, person, place, draft_id, NEW_FLOW, is_organiser=True)


def _read_line(work: UnitOfWork, chat: Chat, typed: str) -> dict[str, Any]:
    """A draft's data from "moment text". Raises `Refused`."""
    reading = read_schedule(typed, now=work.now, zone=ZoneInfo(chat.timezone))
    data: dict[str, Any] = {"text": _read_text(reading.rest), "timezone": chat.timezone}
    match reading:
        case OneTime(moment=moment):
            data["moment"] = _kept(moment)
        case Repeating(rule=rule):
            data["weekdays"], data["wall_time"] = sorted(rule.weekdays), rule.at.isoformat()
        case TimeOrDate():
            data["as_time"] = _kept(reading.as_time.moment)
            data["as_date"] = reading.date.isoformat()
    return data


def _read_text(typed: str) -> str:
    text = clean(typed)
    if not text:
        raise Refused("reminders.refused.text.empty")
    # Telegram's limit counts UTF-16 units: most emoji are two.
    length = len(text.encode("utf-16-le")) // 2
    if length > TEXT_LENGTH:
        raise Refused("reminders.refused.text.long", length=length, most=TEXT_LENGTH)
    return text


def _preview_of(work: UnitOfWork, draft: OpenDraft) -> Preview:
    data, zone = draft.data, ZoneInfo(draft.data["timezone"])
    rule, moment = None, None
    if data.get("weekdays"):
        rule = Weekly(frozenset(data["weekdays"]), time.fromisoformat(data["wall_time"]))
        moment = rule.next_after(work.now, zone)
    elif data.get("moment"):
        moment = _unkept(data["moment"], zone)
    return Preview(
        draft_id=draft.id,
        text=data["text"],
        moment=moment,
        today=work.now.astimezone(zone).date(),
        rule=rule,
        as_time=_unkept(data["as_time"], zone) if data.get("as_time") else None,
        as_date=date.fromisoformat(data["as_date"]) if data.get("as_date") else None,
    )


def _kept(moment: Moment) -> list[str | None]:
    """A moment as a draft keeps it: by its instant, which stays sure in the hour that comes twice."""
    return [moment.at.isoformat(), moment.note.value if moment.note else None]


def _unkept(kept: list[str | None], zone: ZoneInfo) -> Moment:
    instant, note = kept
    moment = moment_at(datetime.fromisoformat(str(instant)), zone)
    return replace(moment, note=MomentNote(note)) if note else moment


def _require_room(work: UnitOfWork, chat_id: int) -> None:
    if reminders.count_waiting(work.session, chat_id) >= MOST_WAITING:
        raise Refused("reminders.refused.many", most=MOST_WAITING)


def _waiting(work: UnitOfWork, chat: Chat, page: int) -> Waiting:
    chat_id = chats.id_of(chat)
    count = reminders.count_waiting(work.session, chat_id)
    pages = max(1, -(-count // PAGE_LENGTH))
    page = min(page, pages - 1)
    rows = reminders.waiting(work.session, chat_id, offset=page * PAGE_LENGTH, limit=PAGE_LENGTH)
    today = work.now.astimezone(ZoneInfo(chat.timezone)).date()
    return Waiting(chat_id, page, pages, count, today, tuple(rows))
