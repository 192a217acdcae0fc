"""How a reminder is set and comes on time. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.formatted import FormattedText
from bot.domain.moments.reading import schedule_or_days
from bot.domain.moments.results import HourWanted, MomentProblem, OneTime
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
    NO_CONTENT,
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
from storage import actions, chats, reminders
from storage.chats import ChatRow
from storage.delivery import cards
from storage.reminders import Reminder, ReminderRow

NEW_FLOW = "reminders.new"
STEPS: dict[str, Any] = {"picks": True}
"""What a draft says whose day is picked from a page: after its hour comes whether it repeats."""

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
    # When what it reminds of begins, by the chat's clock, where the first reminder comes only after it.
    comes_after: datetime | None = None


def draft_reminder(
    work: PersonalWork,
    typed: FormattedText,
    quoted: Quoted | None = None,
) -> int:
    """Read what was typed after /remind and keep it, with whatever it lacks. Returns the draft's id."""
    chat = work.chat_here()
    try:
        reading = schedule_or_days(typed.text, now=work.now, zone=ZoneInfo(chat.timezone))
    except MomentProblem as problem:
        if problem.key != "moments.missing" or quoted is not None:
            raise
        return _keep_begun(work, chat, keep_content(typed, None))
    rest = rest_of(typed, reading)
    lacks_text = isinstance(reading, HourWanted) and quoted is None and not rest.cleaned().text
    content = NO_CONTENT if lacks_text else keep_content(rest, quoted)
    data = {**keep_schedule(reading), **content, **_about_action(work, chat, quoted)}
    return keep_new(work, chat, work.thread_in(chat.id), data)


def begin_step_by_step(work: PersonalWork, quoted: Quoted | None) -> int:
    """Begin a draft of which only the message to post is known, or nothing yet. Returns its id."""
    content = keep_content(FormattedText(""), quoted) if quoted else NO_CONTENT
    chat = work.chat_here()
    return _keep_begun(work, chat, {**content, **_about_action(work, chat, quoted)})


def _about_action(work: PersonalWork, chat: ChatRow, quoted: Quoted | None) -> dict[str, Any]:
    """When the action begins whose card is answered: what reminds of it comes before."""
    number = quoted.numbers[0] if quoted is not None and quoted.numbers else 0
    action_id = cards.shown_by(work.session, actions.CARD, chat.id, number) if number else None
    row = actions.get(work.session, action_id) if action_id is not None else None
    if row is None or row.starts_at <= work.now:
        return {}
    last_on = row.starts_at.astimezone(ZoneInfo(chat.timezone)).date()
    return {"begins": row.starts_at.isoformat(), "last_on": str(last_on)}


def _keep_begun(work: PersonalWork, chat: ChatRow, content: dict[str, Any]) -> int:
    data = {**content, **STEPS}
    return keep_new(work, chat, work.thread_in(chat.id), data)


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
        comes_after=_comes_after(data, times_of(data, work.now)),
    )


def _comes_after(data: dict[str, Any], times: Times) -> datetime | None:
    begins = datetime.fromisoformat(data["begins"]) if data.get("begins") else None
    if begins is None or not times.upcoming or times.upcoming[0].at < begins:
        return None
    return begins.astimezone(ZoneInfo(data["timezone"])).replace(tzinfo=None)


def choose_reading(work: PersonalWork, draft_id: int, reading: str) -> None:
    """The organiser said what "19.10" meant."""
    draft = open_new(work, draft_id)
    data = moments.choose_reading(draft.data, reading)
    days = moments.drafted_moment(data).without_hour
    if isinstance(days, OneTime):
        moments.require_ahead(days.moment, work.now)
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


def take_asked(work: PersonalWork, draft: OpenDraft, typed: FormattedText) -> None:
    """The label or the text that was asked for came. Raises `Refused` where it won't do."""
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
