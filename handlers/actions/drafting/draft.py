"""What a draft holds, seen together with the action that it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actions.announcement import Announcement
from bot.domain.moments.results import OneTime
from bot.domain.timekeeping.moment import resolve
from bot.message import moment as moments
from bot.message.moment import DraftedMoment
from bot.person.drafts import OpenDraft, open_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.heart.reach import changeable
from storage.actions import Action

NEW_FLOW = "actions.new"
EDIT_FLOW = "actions.edit"


class Step(StrEnum):
    """What is to be asked next."""

    DAY = "day"
    HOUR = "hour"
    # The title, or anew what was typed before: the next thing that is typed answers it.
    WORDS = "words"
    PLACE = "place"
    # For how many there is room.
    CAPACITY = "capacity"
    # Nothing: it can be looked at.
    PREVIEW = "preview"


@dataclass(frozen=True)
class Known:
    """What is known of an announcement so far. `now` is by the clock of its chat.

    `changes` is the action that it is to change, where it does; `is_touched` whether anything would be
    different already.
    """

    draft_id: int
    changes: int | None
    is_touched: bool
    announcement: Announcement
    capacity: int | None
    drafted: DraftedMoment
    timezone: str
    now: datetime

    @property
    def on(self) -> date | None:
        """The day, with its hour or without."""
        moment = self.drafted.moment
        if moment is None and isinstance(self.drafted.without_hour, OneTime):
            moment = self.drafted.without_hour.moment
        return moment.wall.date() if moment is not None else None

    @property
    def is_question(self) -> bool:
        """Whether it is still to be asked what the words meant."""
        drafted = self.drafted
        return bool(drafted.as_time or drafted.as_date or drafted.either)

    @property
    def is_whole(self) -> bool:
        return self.drafted.moment is not None and bool(self.announcement.title)


def open_either(work: PersonalWork, draft_id: int) -> OpenDraft:
    """Return a draft of a new announcement, or of a change. Raises `Refused`."""
    return open_draft(work, draft_id, NEW_FLOW, EDIT_FLOW)


def known(work: PersonalWork, draft_id: int) -> Known:
    """Return what a draft knows. Raises `Refused`."""
    return known_of(work, open_either(work, draft_id))


def known_of(work: PersonalWork, draft: OpenDraft) -> Known:
    """The same of a draft that is open; a change shows what it leaves as it is, too."""
    return replace(
        known_in(work, whole(work, draft)),
        draft_id=draft.id,
        changes=draft.data["action"] if draft.flow == EDIT_FLOW else None,
        is_touched=not draft.data.keys() <= {"action", "asks"},
    )


def known_in(work: UnitOfWork, data: dict[str, Any]) -> Known:
    """The same of data that are in no draft yet."""
    timezone: str = data["timezone"]
    return Known(
        draft_id=0,
        changes=None,
        is_touched=False,
        announcement=Announcement(data["title"], data["place"], data["details"]),
        # A draft lives for an hour: one from before an upgrade lacks it.
        capacity=data.get("capacity"),
        drafted=moments.drafted_moment(data),
        timezone=timezone,
        now=work.now.astimezone(ZoneInfo(timezone)),
    )


def whole(work: PersonalWork, draft: OpenDraft) -> dict[str, Any]:
    """A draft's data; where it changes an action, upon those of the action as it stands."""
    if draft.flow == NEW_FLOW:
        return draft.data
    return data_of(changeable(work, int(draft.data["action"]))) | draft.data


def next_step(data: dict[str, Any]) -> Step:
    """What is to be asked next where all this is known."""
    if data.get("at"):
        return Step.PREVIEW if data["title"] else Step.WORDS
    if data.get("said"):
        return Step.HOUR
    is_question = any(data.get(name) for name in ("as_time", "as_date", "either"))
    return Step.PREVIEW if is_question else Step.DAY


def data_of(action: Action) -> dict[str, Any]:
    """An action as a draft would keep it."""
    moment = resolve(action.wall, ZoneInfo(action.timezone))
    return {
        "timezone": action.timezone,
        "title": action.title,
        "place": action.place,
        "details": action.details,
        "capacity": action.capacity,
        **moments.keep_reading(OneTime(moment, "")),
    }


def nothing_yet(timezone: str) -> dict[str, Any]:
    """The data of an announcement of which nothing is known."""
    return {
        "timezone": timezone,
        "title": "",
        "place": "",
        "details": "",
        "capacity": None,
        "asks": "",
    }
