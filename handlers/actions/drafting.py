"""An announcement before it is one, or before it changes: typed, read, and shown to its author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actions.announcement import Announcement, read_announcement
from bot.domain.moments.reading import read_moment
from bot.domain.refusal import Refused
from bot.message import moment as moments
from bot.message.moment import DraftedMoment
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.reach import changeable
from storage.actions import Action
from storage.chats import ChatRow

NEW_FLOW = "actions.new"
EDIT_FLOW = "actions.edit"


@dataclass(frozen=True)
class Preview:
    """What a draft says."""

    draft_id: int
    flow: str
    announcement: Announcement
    drafted: DraftedMoment
    today: date


def draft_action(work: PersonalWork, typed: str) -> int:
    """Read what was typed after /action and keep it for the preview. Returns the draft's id."""
    chat = work.chat_here()
    return keep_draft(work, chat.id, NEW_FLOW, _read_line(work, chat, typed))


def begin_edit(work: PersonalWork, action_id: int) -> Action:
    """Ask the person for the new line: their next private message is the answer."""
    action = changeable(work, action_id)
    keep_draft(work, action.chat_id, EDIT_FLOW, {"action": action_id}, awaits_typing=True)
    return action


def draft_edit(work: PersonalWork, draft_id: int, typed: str) -> int:
    """Keep the new line for the preview. Returns the draft's new id.

    Whoever reads there that it was taken wrongly sends another. Each has a number of its own, so that an
    older preview can't save what it doesn't show.
    """
    draft = open_draft(work, draft_id, EDIT_FLOW)
    data = {**_read_line(work, draft.chat, typed), "action": draft.data["action"]}
    end_draft(work, draft)
    return keep_draft(work, draft.chat.id, EDIT_FLOW, data, awaits_typing=True)


def preview(work: PersonalWork, draft_id: int) -> Preview:
    """Return the announcement in a draft."""
    return preview_of(work, _open(work, draft_id))


def choose_reading(work: PersonalWork, draft_id: int, reading: str) -> None:
    """The person said what "19.10" meant."""
    draft = _open(work, draft_id)
    data = moments.choose_reading(draft.data, reading)
    if data.get("said"):
        raise Refused("moments.no_time")
    change_draft(work, draft, data, awaits_typing=draft.flow == EDIT_FLOW)


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, draft_id), is_dropped=True)


def edited_action(work: PersonalWork, draft_id: int) -> int:
    """Return the id of the action that a draft changes."""
    return int(open_draft(work, draft_id, EDIT_FLOW).data["action"])


def preview_of(work: UnitOfWork, draft: OpenDraft) -> Preview:
    """Return what an open draft says."""
    data, zone = draft.data, ZoneInfo(draft.data["timezone"])
    return Preview(
        draft_id=draft.id,
        flow=draft.flow,
        announcement=Announcement(data["title"], data["place"], data["details"]),
        drafted=moments.drafted_moment(data),
        today=work.now.astimezone(zone).date(),
    )


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, NEW_FLOW, EDIT_FLOW)


def _read_line(work: UnitOfWork, chat: ChatRow, typed: str) -> dict[str, Any]:
    """A draft's data from "moment title @ place". Raises `Refused`."""
    reading = read_moment(typed, now=work.now, zone=ZoneInfo(chat.timezone))
    announcement = read_announcement(reading.rest)
    return {
        "title": announcement.title,
        "place": announcement.place,
        "details": announcement.details,
        "timezone": chat.timezone,
        **moments.keep_reading(reading),
    }
