"""What waits, to look at: the list, and one reminder of it. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.delivery.setbacks import obstacles
from bot.delivery.setbacks.obstacles import Obstacle
from bot.domain.paging import Paging, paging
from bot.message.moment import DraftedMoment
from bot.store import PersonalWork
from handlers.reminders.drafted import SHOWN_MOMENTS, Times
from handlers.reminders.due.use_cases import POST
from handlers.reminders.waiting.reach import reachable
from handlers.reminders.waiting.undoing import may_undo
from storage import reminders
from storage.delivery import held_posts
from storage.reminders import Reminder

PAGE_LENGTH = 8


@dataclass(frozen=True)
class Held:
    """A reminder whose moment has come, and what keeps it from the chat."""

    reminder: Reminder
    obstacle: Obstacle


@dataclass(frozen=True)
class Waiting:
    """A page of what waits in a chat; `count` is that of all pages."""

    chat_id: int
    paging: Paging
    count: int
    today: date
    reminders: tuple[Reminder, ...]
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Item:
    """One reminder as an organiser sees it. `is_elsewhere`: it comes in another topic than here."""

    reminder: Reminder
    times: Times
    page: int
    is_elsewhere: bool
    may_undo: bool
    today: date


def waiting_here(work: PersonalWork) -> Waiting:
    """The first page of what waits in the chat of a group place."""
    chat = work.find_chat_here()
    if chat is None:
        return Waiting(0, paging(0, 0, PAGE_LENGTH), 0, work.now.date(), ())
    return _waiting(work, chat.id, 0)


def waiting_in(work: PersonalWork, chat_id: int, page: int) -> Waiting:
    """A page of what waits in a chat; the last one where it has fewer."""
    work.reach(chat_id)
    return _waiting(work, chat_id, page)


def item(work: PersonalWork, chat_id: int, reminder_id: int, page: int) -> Item:
    """One reminder with its next few moments."""
    reminder = reachable(work, chat_id, reminder_id)
    row, zone = reminders.plain(reminder), ZoneInfo(reminder.timezone)
    return Item(
        reminder=row,
        times=_times(row, zone),
        page=page,
        is_elsewhere=work.thread_in(chat_id) != row.thread_id,
        may_undo=may_undo(work, reminder),
        today=work.now.astimezone(zone).date(),
    )


def _waiting(work: PersonalWork, chat_id: int, page: int) -> Waiting:
    count = reminders.count_waiting(work.session, chat_id)
    turned = paging(count, page, PAGE_LENGTH)
    rows = reminders.waiting(work.session, chat_id, offset=turned.first, limit=turned.at_once)
    held = _held(work, chat_id) if turned.page == 0 else ()
    return Waiting(chat_id, turned, count, work.today(chat_id), tuple(rows), held)


def _held(work: PersonalWork, chat_id: int) -> tuple[Held, ...]:
    held = []
    for row in held_posts.of_kind(work.session, chat_id, POST, work.now):
        reminder = reminders.get(work.session, row.ref)
        obstacle = obstacles.of_row(work, row)
        if reminder is not None and not reminder.is_deleted and obstacle is not None:
            held.append(Held(reminders.plain(reminder), obstacle))
    return tuple(held)


def _times(row: Reminder, zone: ZoneInfo) -> Times:
    if row.planned is None:
        return Times(DraftedMoment())
    upcoming = [row.planned]
    if row.recurrence is not None:
        upcoming += row.recurrence.next_few(row.planned.at, zone, SHOWN_MOMENTS - 1)
    return Times(DraftedMoment(), row.recurrence, tuple(upcoming))
