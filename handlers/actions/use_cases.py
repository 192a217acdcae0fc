"""What can be done with actions: announce, answer, change, cancel. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actions.announcement import Announcement, read_announcement
from bot.domain.actions.answers import Answer, Counts, after_tap
from bot.domain.moments.reading import read_moment
from bot.domain.refusal import Refused
from bot.message import moment as moments
from bot.message.addresses import card_link
from bot.message.moment import DraftedMoment
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.safety.keys import mac
from bot.store import PersonalWork, UnitOfWork
from storage import actions
from storage.actions import Action, ActionRow, ActionState, AnswerRow
from storage.chats import ChatRow
from storage.elections import representatives

CHANGED_POST = "actions.changed"
CANCELLED_POST = "actions.cancelled"

NEW_FLOW = "actions.new"
EDIT_FLOW = "actions.edit"

ANSWERS_KEPT = timedelta(hours=24)
_LISTED = 30


@dataclass(frozen=True)
class Snapshot:
    """What a card shows."""

    action: Action
    counts: Counts
    is_over: bool
    today: date
    # Representatives who lend it their name.
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """An announcement before it is one."""

    draft_id: int
    flow: str
    announcement: Announcement
    drafted: DraftedMoment
    today: date


@dataclass(frozen=True)
class Listed:
    """A coming action and a link to its card, where there is one."""

    action: Action
    link: str | None


@dataclass(frozen=True)
class Coming:
    """What is ahead in a chat, seen from its `today`."""

    listed: tuple[Listed, ...]
    today: date


def draft_action(work: PersonalWork, typed: str) -> int:
    """Read what was typed after /action and keep it for the preview. Gives the draft's id."""
    chat = work.chat_here()
    return keep_draft(work, chat.id, NEW_FLOW, _read_line(work, chat, typed))


def preview(work: PersonalWork, draft_id: int) -> Preview:
    """The announcement in a draft."""
    return _preview_of(work, _open(work, draft_id))


def choose_reading(work: PersonalWork, draft_id: int, reading: str) -> Preview:
    """The person said what "19.10" meant."""
    draft = _open(work, draft_id)
    data = moments.choose_reading(draft.data, reading)
    change_draft(work, draft, data, awaits_typing=draft.flow == EDIT_FLOW)
    return _preview_of(work, OpenDraft(draft.id, draft.chat, draft.flow, data))


def publish(work: PersonalWork, draft_id: int) -> Action:
    """Make the draft an action and post its card."""
    draft = open_draft(work, draft_id, NEW_FLOW)
    ready = _preview_of(work, draft)
    moment = moments.require_ahead(ready.drafted.moment, work.now)
    end_draft(work, draft)
    chat_id = draft.chat.id
    action = ActionRow(
        chat_id=chat_id,
        thread_id=work.thread_in(chat_id),
        title=ready.announcement.title,
        place=ready.announcement.place,
        details=ready.announcement.details,
        wall=moment.wall,
        timezone=moment.zone,
        starts_at=moment.at,
    )
    action_id = actions.add(work.session, action)
    if work.person.id is not None:
        action.author_tag = _author_tag(work, action_id, work.person.id)
    _post(work, action, actions.CARD, f"{actions.CARD}:{action_id}")
    return actions.plain(action)


def edited_action(work: PersonalWork, draft_id: int) -> int:
    """Which action a draft changes."""
    return int(open_draft(work, draft_id, EDIT_FLOW).data["action"])


def save_edit(work: PersonalWork, draft_id: int) -> bool:
    """Change an action as the draft says: its card is redrawn, and a post tells the chat.

    False where the draft says what stands already: nobody is told of that.
    """
    draft = open_draft(work, draft_id, EDIT_FLOW)
    ready = _preview_of(work, draft)
    moment = moments.require_ahead(ready.drafted.moment, work.now)
    action = _reachable(work, int(draft.data["action"]))
    _require_ahead(work, action)
    end_draft(work, draft)
    before = actions.plain(action)
    action.title, action.place = ready.announcement.title, ready.announcement.place
    action.details = ready.announcement.details
    action.wall, action.timezone, action.starts_at = moment.wall, moment.zone, moment.at
    work.session.add(action)
    row = actions.plain(action)
    if row == before:
        return False
    work.later.redraw(actions.CARD, row.id)
    _post(work, action, CHANGED_POST, f"{CHANGED_POST}:{row.id}:{draft.id}")
    return True


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, draft_id))


def give_answer(work: PersonalWork, action_id: int, tapped: Answer) -> Answer | None:
    """Answer an action, or take the same answer back. Gives the answer that stands now."""
    action = _reachable(work, action_id)
    _require_ahead(work, action)
    tag = _answer_tag(work, action_id)
    before = actions.answer_of(work.session, action_id, tag)
    standing = after_tap(before.answer if before else None, tapped)
    if standing is None and before is not None:
        actions.take_back(work.session, before)
    elif standing is not None:
        row = before or AnswerRow(action_id=action_id, person_tag=tag, answer=standing, mac=b"")
        row.answer, row.mac = standing, _answer_mac(work, action_id, tag, standing)
        actions.put_answer(work.session, row)
    work.later.redraw(actions.CARD, action_id)
    return standing


def standing_answer(work: PersonalWork, action_id: int) -> Answer | None:
    """The person's own answer as it stands."""
    _reachable(work, action_id)
    row = actions.answer_of(work.session, action_id, _answer_tag(work, action_id))
    return row.answer if row else None


def is_author(work: PersonalWork, action_id: int) -> bool:
    """Whether this person announced it. Raises `Refused` where the action can't be touched from here."""
    action = _reachable(work, action_id)
    return work.person.id is not None and action.author_tag == _author_tag(
        work, action_id, work.person.id
    )


def chat_of(work: UnitOfWork, action_id: int) -> int:
    """Our id of the chat that an action belongs to."""
    action = actions.get(work.session, action_id)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    return action.chat_id


def changeable(work: PersonalWork, action_id: int) -> Action:
    """The action, where it is still ahead and can be changed."""
    action = _reachable(work, action_id)
    _require_ahead(work, action)
    return actions.plain(action)


def begin_edit(work: PersonalWork, action_id: int) -> Action:
    """Ask the person for the new line: their next private message is the answer."""
    row = changeable(work, action_id)
    keep_draft(work, row.chat_id, EDIT_FLOW, {"action": action_id}, awaits_typing=True)
    return row


def draft_edit(work: PersonalWork, draft_id: int, typed: str) -> int:
    """The new line came: keep it for the preview. Whoever reads there that it was taken wrongly sends
    another; under a number of its own, so that an older preview can't save what it doesn't show."""
    draft = open_draft(work, draft_id, EDIT_FLOW)
    data = {**_read_line(work, draft.chat, typed), "action": draft.data["action"]}
    end_draft(work, draft)
    return keep_draft(work, draft.chat.id, EDIT_FLOW, data, awaits_typing=True)


def cancel(work: PersonalWork, action_id: int) -> Action:
    """Call an action off: its card says so, and so does a post."""
    action = _reachable(work, action_id)
    _require_ahead(work, action)
    action.state = ActionState.CANCELLED
    work.session.add(action)
    work.later.redraw(actions.CARD, action_id)
    _post(work, action, CANCELLED_POST, f"{CANCELLED_POST}:{action_id}")
    return actions.plain(action)


def coming(work: PersonalWork) -> Coming:
    """What is ahead in this chat."""
    chat = work.find_chat_here()
    if chat is None:
        return Coming((), work.now.date())
    rows = actions.coming(work.session, chat.id, work.now, _LISTED)
    listed = tuple(Listed(row, card_link(work, row.chat_id, actions.CARD, row.id)) for row in rows)
    return Coming(listed, _today(work, chat.timezone))


def load_card(work: UnitOfWork, action_id: int) -> Snapshot | None:
    action = actions.get(work.session, action_id)
    if action is None:
        return None
    is_over = action.starts_at + ANSWERS_KEPT <= work.now
    return Snapshot(
        action=actions.plain(action),
        counts=actions.counts(work.session, action),
        is_over=is_over,
        today=_today(work, action.timezone),
        supporters=representatives.supporters_of(work.session, action_id),
    )


def close_past(work: UnitOfWork) -> None:
    """A day after an action: keep how many came to answer, erase who."""
    for action in actions.with_answers_before(work.session, work.now - ANSWERS_KEPT):
        actions.erase_answers(work.session, action)
        work.later.redraw(actions.CARD, actions.plain(action).id)


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


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, NEW_FLOW, EDIT_FLOW)


def _preview_of(work: UnitOfWork, draft: OpenDraft) -> Preview:
    data, zone = draft.data, ZoneInfo(draft.data["timezone"])
    return Preview(
        draft_id=draft.id,
        flow=draft.flow,
        announcement=Announcement(data["title"], data["place"], data["details"]),
        drafted=moments.drafted_moment(data, zone),
        today=work.now.astimezone(zone).date(),
    )


def _today(work: UnitOfWork, timezone: str) -> date:
    return work.now.astimezone(ZoneInfo(timezone)).date()


def _post(work: UnitOfWork, action: ActionRow, kind: str, key: str) -> None:
    row = actions.plain(action)
    work.later.post(kind, row.id, chat_id=row.chat_id, thread_id=row.thread_id, key=key)


def _reachable(work: PersonalWork, action_id: int) -> ActionRow:
    action = actions.get(work.session, action_id)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(action.chat_id)
    return action


def _require_ahead(work: UnitOfWork, action: ActionRow) -> None:
    if action.state == ActionState.CANCELLED:
        raise Refused("actions.refused.cancelled")
    if action.starts_at + ANSWERS_KEPT <= work.now:
        raise Refused("actions.refused.over")


def _answer_tag(work: PersonalWork, action_id: int) -> bytes:
    return work.tag(f"action-answers:{action_id}")


def _author_tag(work: UnitOfWork, action_id: int, user_id: int) -> bytes:
    """Apart from the answers' tags, or the author's answer could be picked out."""
    return work.keys.tag(f"action-author:{action_id}", user_id)


def _answer_mac(work: UnitOfWork, action_id: int, tag: bytes, answer: Answer) -> bytes:
    """Tells our own rows from planted ones."""
    return mac(work.keys.derive("action-rows"), action_id, tag, answer.value.encode())
