"""An announcement before it is one, or before it changes: step by step, or as it was typed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actions.parties import require_capacity
from bot.domain.moments.results import OneTime
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, resolve
from bot.message import moment as moments
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, note_gone_on
from bot.store import PersonalWork
from handlers.actions.drafting.draft import (
    Known,
    Step,
    known,
    known_of,
    next_step,
    open_either,
    whole,
)
from handlers.actions.drafting.typed import read_typed

_OFFERED = timedelta(weeks=8)


@dataclass(frozen=True)
class DaysShown:
    """A fortnight to choose a day from."""

    known: Known
    page: int


@dataclass(frozen=True)
class HoursShown:
    """Some of a day's hours to choose from: full ones or half past, those of the day or of the night."""

    known: Known
    are_halves: bool
    are_nightly: bool


def days_shown(work: PersonalWork, draft_id: int, page: int) -> DaysShown:
    return DaysShown(known(work, draft_id), page)


def hours_shown(work: PersonalWork, draft_id: int, halves: bool, nightly: bool) -> HoursShown:
    return HoursShown(known(work, draft_id), halves, nightly)


def choose_day(work: PersonalWork, draft_id: int, day: str) -> Step:
    """The day was tapped; an hour that was said before stays, where that is still ahead."""
    draft = open_either(work, draft_id)
    so_far = known_of(work, draft)
    chosen = _day_ahead(day, so_far.now.date())
    if so_far.drafted.moment is not None:
        moment = _moment(so_far, chosen, so_far.drafted.moment.wall.time())
        if moment.at > work.now:
            return _change(work, draft, _kept(moment))
    return _change(work, draft, moments.keep_day(chosen))


def choose_hour(work: PersonalWork, draft_id: int, hour: int, minute: int) -> Step:
    """The hour was tapped, of the day that is known."""
    draft = open_either(work, draft_id)
    so_far = known_of(work, draft)
    if so_far.on is None or hour not in range(24) or minute not in range(60):
        raise Refused("frame.refused.unknown_thing")
    moment = _moment(so_far, so_far.on, time(hour, minute))
    return _change(work, draft, _kept(moments.require_ahead(moment, work.now)))


def choose_reading(work: PersonalWork, draft_id: int, reading: str) -> Step:
    """The person said what "19.10" meant; of a date the hour is asked next."""
    draft = open_either(work, draft_id)
    so_far, chosen = known_of(work, draft), moments.choose_reading(draft.data, reading)
    as_date = so_far.drafted.as_date
    if chosen.get("said") and as_date is not None and as_date < so_far.now.date():
        raise Refused("moments.past")
    return _change(work, draft, chosen)


def ask_words(work: PersonalWork, draft_id: int) -> None:
    """What the person types next are the words."""
    _change(work, open_either(work, draft_id), {}, asks=Step.WORDS)


def ask_place(work: PersonalWork, draft_id: int) -> None:
    """What the person types next is the place."""
    _change(work, open_either(work, draft_id), {}, asks=Step.PLACE)


def ask_capacity(work: PersonalWork, draft_id: int) -> None:
    """What the person types next is for how many there is room."""
    _change(work, open_either(work, draft_id), {}, asks=Step.CAPACITY)


def choose_capacity(work: PersonalWork, draft_id: int, capacity: int) -> None:
    """There is room for so many; for 0, for as many as come."""
    room = require_capacity(capacity) if capacity else None
    _change(work, open_either(work, draft_id), {"capacity": room})


def leave_out_place(work: PersonalWork, draft_id: int) -> None:
    _change(work, open_either(work, draft_id), {"place": ""})


def stop_asking(work: PersonalWork, draft_id: int) -> None:
    """Go back without having typed anything."""
    _change(work, open_either(work, draft_id), {})


def to_be_asked(work: PersonalWork, draft_id: int) -> Step:
    """Return what is to be asked next."""
    return next_step(whole(work, open_either(work, draft_id)))


def take_typed(work: PersonalWork, draft_id: int, typed: str) -> tuple[int, Step]:
    """Something was typed about it. Returns the draft's new id, and what is to be asked next.

    Whoever reads that it was taken wrongly types it anew. Each has a number of its own, so that an older
    preview can't publish or save what it doesn't show.
    """
    draft = open_either(work, draft_id)
    so_far = known_of(work, draft)
    asks = draft.data.get("asks") or ""
    said = read_typed(typed, so_far, asks=asks)
    step = next_step({**whole(work, draft), **said})
    end_draft(work, draft)
    new_id = keep(work, draft.chat.id, draft.flow, {**draft.data, **said}, step)
    note_gone_on(work, draft.id, new_id)
    return new_id, step


def keep(work: PersonalWork, chat_id: int, flow: str, data: dict[str, Any], step: Step) -> int:
    """Keep a draft of which this is to be asked next. Returns its id."""
    asks = _asked(work, step)
    data = {**data, "asks": asks}
    return keep_draft(work, chat_id, flow, data, awaits_typing=_awaits(work, asks))


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, open_either(work, draft_id), is_dropped=True)


def _change(
    work: PersonalWork, draft: OpenDraft, changed: dict[str, Any], *, asks: Step | None = None
) -> Step:
    """Put something else into a draft. Returns what is to be asked next."""
    step = asks or next_step({**whole(work, draft), **changed})
    asked = _asked(work, step)
    data = {**draft.data, **changed, "asks": asked}
    change_draft(work, draft, data, awaits_typing=_awaits(work, asked))
    return step


def _asked(work: PersonalWork, step: Step) -> str:
    """What the next thing that is typed answers; empty where nothing in particular. Raises `Refused` for
    somebody who can't be known again in the private chat."""
    if step not in (Step.WORDS, Step.PLACE, Step.CAPACITY):
        return ""
    if step is Step.CAPACITY and work.person.id is None:
        return ""  # they tap a number
    work.person.require_id()
    return step.value


def _awaits(work: PersonalWork, asked: str) -> bool:
    """Whether what the person types next in private belongs to the draft: on its pages there, always."""
    return bool(asked) or not work.place.is_group


def _day_ahead(day: str, today: date) -> date:
    """Raises `Refused` for what no page offers."""
    with suppress(ValueError):
        chosen = date.fromisoformat(day)
        if today <= chosen <= today + _OFFERED:
            return chosen
    raise Refused("frame.refused.unknown_thing")


def _moment(so_far: Known, day: date, at: time) -> Moment:
    return resolve(datetime.combine(day, at), ZoneInfo(so_far.timezone))


def _kept(moment: Moment) -> dict[str, Any]:
    """A moment as a draft keeps it."""
    return moments.keep_reading(OneTime(moment, ""))
