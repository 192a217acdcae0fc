"""Giving a reminder another text, time or label. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.formatted import FormattedText
from bot.domain.moments.reading import schedule_or_days
from bot.domain.moments.results import HourWanted, OneTime
from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.domain.timekeeping.recurrence import Recurrence
from bot.message import moment as moments
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import (
    Times,
    at_another_hour,
    keep_content,
    keep_recurrence,
    keep_schedule,
    on_other_days,
    read_label,
    times_of,
)
from handlers.reminders.waiting.reach import reachable
from handlers.reminders.waiting.undoing import let_undo_go
from storage import chats, reminders
from storage.reminders import ReminderRow

EDIT_FLOW = "reminders.edit"
EDITABLE = ("text", "when", "label")


@dataclass(frozen=True)
class Asked:
    """What is asked for, of `EDITABLE`, and the rule by which the reminder comes until now."""

    what: str
    recurrence: Recurrence | None


@dataclass(frozen=True)
class Change:
    """A reminder as it will be: with another text or label, or at other times."""

    draft_id: int
    # Of `EDITABLE`, which.
    what: str
    text: str
    times: Times | None
    today: date
    quiet: QuietHours


def begin_edit(work: PersonalWork, chat_id: int, reminder_id: int, what: str) -> Asked:
    """Ask for a new text, time or label: the person's next private message is the answer."""
    reminder = reachable(work, chat_id, reminder_id)
    if what not in EDITABLE:
        raise Refused("frame.refused.unknown_thing")
    data = {"reminder": reminder_id, "what": what, "timezone": reminder.timezone}
    keep_draft(work, chat_id, EDIT_FLOW, data, awaits_typing=True)
    return Asked(what, reminders.plain(reminder).recurrence)


def take_typed(work: PersonalWork, draft_id: int, typed: FormattedText) -> None:
    """What an edit had asked for came; it waits to be saved, or typed anew. Raises `Refused` where it won't
    do."""
    draft = _open_edit(work, draft_id)
    taken = _read(work, draft, typed)
    change_draft(work, draft, {**draft.data, **taken}, awaits_typing=True)


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
    """Change the reminder as the edit says. Returns the ids of its chat and its own."""
    draft = _open_edit(work, draft_id)
    reminder = _edited(work, draft)
    data = draft.data
    if data["what"] == "when":
        _set_times(work, reminder, data)
    elif data["what"] not in data:
        raise Refused("frame.refused.draft_over")
    elif data["what"] == "text":
        reminder.text, reminder.link_preview = data["text"], data.get("preview") or ""
        reminder.sources, reminder.source_kind = "", ""
    else:
        reminder.label = data["label"]
    end_draft(work, draft)
    work.session.add(reminder)
    return reminder.chat_id, data["reminder"]


def drop_change(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open_edit(work, draft_id), is_dropped=True)


def _read(work: PersonalWork, draft: OpenDraft, typed: FormattedText) -> dict[str, Any]:
    if draft.data["what"] == "label":
        return {"label": read_label(typed.text)}
    if draft.data["what"] == "text":
        content = keep_content(typed, None)
        return {"text": content["text"], "preview": content["preview"]}
    so_far = _times_so_far(work, draft)
    same_days = at_another_hour(so_far, typed.text, work.now)
    if same_days is not None:
        return {"rule": "", **same_days}
    zone = ZoneInfo(draft.data["timezone"])
    reading = schedule_or_days(typed.text, now=work.now, zone=zone)
    if reading.rest.strip():
        raise Refused("reminders.waiting.refused.only_time", rest=reading.rest.strip()[:40])
    if not isinstance(reading, HourWanted):
        return keep_schedule(reading)
    taken = on_other_days(so_far, reading)
    if taken.get("said"):
        raise Refused("moments.no_time")
    return taken


def _times_so_far(work: PersonalWork, draft: OpenDraft) -> dict[str, Any]:
    """When it comes: as it was typed, or as it stands."""
    typed = draft.data
    if typed.get("rule") or typed.get("at"):
        return typed
    row = reminders.plain(_edited(work, draft))
    if row.recurrence is not None:
        return {**typed, **keep_recurrence(row.recurrence)}
    return {**typed, **keep_schedule(OneTime(row.planned, ""))} if row.planned else typed


def _set_times(work: UnitOfWork, reminder: ReminderRow, data: dict[str, Any]) -> None:
    times = times_of(data, work.now)
    first = times.upcoming[0] if times.upcoming else None
    moment = moments.require_ahead(first, work.now)
    reminder.rule = data.get("rule") or ""
    reminder.timezone = moment.zone
    reminders.plan(reminder, moment.at)
    let_undo_go(reminder)
    work.later.wake(moment.at)


def _open_edit(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, EDIT_FLOW)


def _edited(work: PersonalWork, draft: OpenDraft) -> ReminderRow:
    chat_id = draft.chat.id
    return reachable(work, chat_id, int(draft.data["reminder"]))
