"""How a reminder is set and comes on time. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.formatted import FormattedText
from bot.domain.moments.reading import read_schedule
from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.message import moment as moments
from bot.message.addresses import message_link
from bot.message.numbering import chat_mark
from bot.person.drafts import (
    OpenDraft,
    change_draft,
    end_draft,
    is_anonymous_draft,
    keep_draft,
    open_draft,
)
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import (
    SETTINGS,
    Quoted,
    Times,
    has_content,
    keep_content,
    keep_schedule,
    read_label,
    rest_of,
    times_of,
)
from storage import chats, reminders
from storage.chats import ChatRow
from storage.reminders import Reminder, ReminderRow

NEW_FLOW = "reminders.new"

MOST_WAITING = 300


@dataclass(frozen=True)
class Preview:
    """A reminder before it is one. `link` leads to the message to copy, where Telegram has links."""

    draft_id: int
    text: str
    kind: str
    is_partial: bool
    link: str | None
    times: Times
    settings: frozenset[str]
    label: str
    today: date
    quiet: QuietHours


def draft_reminder(
    work: PersonalWork,
    typed: FormattedText,
    quoted: Quoted | None = None,
) -> int:
    """Read what was typed after /remind and keep it for the preview. Returns the draft's id."""
    chat = work.chat_here()
    reading = read_schedule(typed.text, now=work.now, zone=ZoneInfo(chat.timezone))
    content = keep_content(rest_of(typed, reading), quoted)
    thread_id = work.thread_in(chat.id)
    return keep_new(work, chat, thread_id, {**keep_schedule(reading), **content})


def begin_step_by_step(work: PersonalWork, quoted: Quoted | None) -> int:
    """Begin a draft of which only the message to post is known, or nothing yet. Returns its id."""
    chat = work.chat_here()
    content = keep_content(FormattedText(""), quoted) if quoted else {"text": "", "sources": []}
    return keep_new(work, chat, work.thread_in(chat.id), content)


def keep_new(
    work: PersonalWork,
    chat: ChatRow,
    thread_id: int | None,
    content: dict[str, Any],
    about: str | None = None,
) -> int:
    """Keep the beginnings of a reminder to come in this topic. Returns the draft's id."""
    chat_id = chat.id
    require_room(work, chat_id)
    data = {"timezone": chat.timezone, "thread": thread_id, "settings": [], "label": "", **content}
    return keep_draft(work, chat_id, NEW_FLOW, data, about=about)


def preview(work: PersonalWork, draft_id: int) -> Preview:
    """The reminder in a draft, for an organiser."""
    draft = open_new(work, draft_id)
    data = draft.data
    sources: list[int] = data.get("sources") or []
    return Preview(
        draft_id=draft.id,
        text=data.get("text") or "",
        kind=data.get("kind") or "",
        is_partial=bool(data.get("is_partial")),
        link=message_link(draft.chat.telegram_id, sources[0], data["thread"]) if sources else None,
        times=times_of(data, work.now),
        settings=frozenset(data["settings"]),
        label=data["label"],
        today=work.now.astimezone(ZoneInfo(data["timezone"])).date(),
        quiet=chats.settings_of(draft.chat).quiet,
    )


def choose_reading(work: PersonalWork, draft_id: int, reading: str) -> None:
    """The organiser said what "19.10" meant."""
    draft = open_new(work, draft_id)
    data = moments.choose_reading(draft.data, reading)
    change_draft(work, draft, data, awaits_typing=False)


def switch_setting(work: PersonalWork, draft_id: int, setting: str) -> None:
    """Turn one of the draft's settings over."""
    draft = open_new(work, draft_id)
    if setting not in SETTINGS:
        raise Refused("frame.refused.unknown_thing")
    settings = sorted({*draft.data["settings"]} ^ {setting})
    change_draft(work, draft, {**draft.data, "settings": settings}, awaits_typing=False)


def ask_text(work: PersonalWork, draft_id: int) -> str:
    """The person's next private message is the draft's text.

    Returns the text as it stands, empty where there is none yet.
    """
    return str(_ask(work, draft_id, "text").data["text"])


def ask_label(work: PersonalWork, draft_id: int) -> None:
    """The person's next private message is the draft's label."""
    _ask(work, draft_id, "label")


def take_typed(work: PersonalWork, draft_id: int, typed: FormattedText) -> None:
    """What the draft had asked for came. Raises `Refused` where it won't do; then it may be typed anew."""
    draft = open_new(work, draft_id)
    if draft.data.get("asks") == "label":
        taken: dict[str, Any] = {"label": read_label(typed.text)}
    else:
        taken = keep_content(typed, None)
    change_draft(work, draft, {**draft.data, **taken, "asks": ""}, awaits_typing=False)


def set_reminder(work: PersonalWork, draft_id: int) -> Reminder:
    """Make an organiser's draft a reminder."""
    draft = open_new(work, draft_id)
    data, times = draft.data, times_of(draft.data, work.now)
    if not has_content(data):
        raise Refused("frame.refused.draft_over")
    if times.recurrence is not None and not times.upcoming:
        raise Refused("moments.past")
    first = times.upcoming[0] if times.upcoming else None
    moment = moments.require_ahead(first, work.now)
    chat_id = draft.chat.id
    require_room(work, chat_id)
    end_draft(work, draft)
    reminder = ReminderRow(
        chat_id=chat_id,
        thread_id=data["thread"],
        text=data["text"],
        link_preview=data.get("preview") or "",
        timezone=moment.zone,
        rule=data.get("rule") or "",
        sources=reminders.keep_numbers(tuple(data["sources"])),
        source_kind=data.get("kind") or "",
        chat_mark=chat_mark(work, draft.chat) if data["sources"] else None,
        is_silent="silent" in data["settings"],
        is_pinned="pinned" in data["settings"],
        is_latest_only="latest" in data["settings"],
        label=data["label"],
    )
    reminders.plan(reminder, moment.at)
    reminders.add(work.session, reminder)
    work.later.wake()
    return reminders.plain(reminder)


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, open_new(work, draft_id), is_dropped=True)


def open_new(work: PersonalWork, draft_id: int) -> OpenDraft:
    """Whoever gets here is an organiser, which is asked live before; so an anonymous one's draft is
    theirs to go on with."""
    return open_draft(work, draft_id, NEW_FLOW)


def require_room(work: UnitOfWork, chat_id: int) -> None:
    if reminders.count_waiting(work.session, chat_id) >= MOST_WAITING:
        raise Refused("reminders.refused.many", most=MOST_WAITING)


def _ask(work: PersonalWork, draft_id: int, what: str) -> OpenDraft:
    if is_anonymous_draft(work, draft_id):
        raise Refused("frame.refused.anonymous")
    draft = open_new(work, draft_id)
    change_draft(work, draft, {**draft.data, "asks": what}, awaits_typing=True)
    return draft
