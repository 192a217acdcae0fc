"""What can be done with actions: announce, change, call off, list. Plain functions on a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chores import Found, some
from bot.delivery.setbacks.obstacles import Obstacle, of_row
from bot.domain.actions.answers import Counts
from bot.domain.refusal import Refused
from bot.domain.timekeeping.full_hours import last_full_hour
from bot.domain.timekeeping.moment import resolve
from bot.later import first_key
from bot.message import moment as moments
from bot.message.addresses import card_link
from bot.person.drafts import end_draft, open_draft
from bot.person.place import Person
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.counting import require_room, require_room_for_change
from handlers.actions.drafting import EDIT_FLOW, NEW_FLOW, preview_of
from handlers.actions.posting import CANCELLED_POST, CHANGED_POST, post
from handlers.actions.reach import (
    ANSWERS_KEPT,
    author_tag,
    forget_people,
    is_over,
    reach_action,
    reach_coming_action,
)
from storage import actions
from storage.actions import Action, ActionRow, ActionState
from storage.delivery import cards, held_posts, outbox
from storage.delivery.outbox import OutboxState
from storage.elections import representatives

_LISTED = 30
_CLOSED_AT_ONCE = 5
_FORGOTTEN_AT_ONCE = 10


@dataclass(frozen=True)
class Snapshot:
    """What a card shows."""

    action: Action
    counts: Counts
    is_over: bool
    today: date
    # Representatives who lend it their name.
    supporters: tuple[str, ...] = ()
    # The full hour of which the numbers are, where they move at full hours only.
    as_of: datetime | None = None


@dataclass(frozen=True)
class Listed:
    """A coming action and a link to its card, where there is one; while it waits to be posted, why."""

    action: Action
    link: str | None
    is_waiting: bool
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Coming:
    """What is ahead in a chat, seen from its `today`."""

    listed: tuple[Listed, ...]
    today: date


def publish(work: PersonalWork, draft_id: int) -> int:
    """Make the draft an action and post its card. Returns the action's id."""
    draft = open_draft(work, draft_id, NEW_FLOW)
    ready = preview_of(work, draft)
    moment = moments.require_ahead(ready.drafted.moment, work.now)
    chat_id = draft.chat.id
    require_room(work, chat_id)
    end_draft(work, draft)
    action = ActionRow(
        chat_id=chat_id,
        thread_id=work.thread_in(chat_id),
        title=ready.announcement.title,
        place=ready.announcement.place,
        details=ready.announcement.details,
        wall=moment.wall,
        timezone=moment.zone,
        starts_at=moment.at,
        is_careful=draft.chat.counts_carefully,
    )
    action_id = actions.add(work.session, action)
    action.author_tag = author_tag(work, action_id, work.person)
    post(work, action, actions.CARD, key=first_key(actions.CARD, action_id))
    return action_id


def save_edit(work: PersonalWork, draft_id: int) -> bool:
    """Change an action as the draft says: its card is redrawn, and a post tells the chat.

    Returns False where the draft says what stands already: nobody is told of that.
    """
    draft = open_draft(work, draft_id, EDIT_FLOW)
    ready = preview_of(work, draft)
    moment = moments.require_ahead(ready.drafted.moment, work.now)
    action = reach_coming_action(work, int(draft.data["action"]))
    require_room_for_change(work, action.chat_id, action.id)
    end_draft(work, draft)
    before = actions.plain(action)
    action.title, action.place = ready.announcement.title, ready.announcement.place
    action.details = ready.announcement.details
    action.wall, action.timezone, action.starts_at = moment.wall, moment.zone, moment.at
    work.session.add(action)
    if actions.plain(action) == before:
        return False
    work.later.redraw(actions.CARD, before.id)
    post(work, action, CHANGED_POST, key=f"{CHANGED_POST}:{before.id}:{draft.id}")
    return True


def cancel(work: PersonalWork, action_id: int) -> None:
    """Call an action off: its card says so, and so does a post. It is over: nobody is known of it now."""
    action = reach_coming_action(work, action_id)
    action.state = ActionState.CANCELLED
    forget_people(work, action)
    work.later.redraw(actions.CARD, action_id)
    post(work, action, CANCELLED_POST, key=f"{CANCELLED_POST}:{action_id}")


def take_back_unsaid(work: PersonalWork, gone: Person) -> None:
    """Somebody isn't in this chat any more: what they announced and nobody has seen yet isn't posted,
    and nobody is known of it now."""
    chat_id = work.chat_here().id
    for row in held_posts.of_kind(work.session, chat_id, actions.CARD, work.now):
        action = actions.get(work.session, row.ref)
        is_first = row.unique_key == first_key(actions.CARD, row.ref)
        if action is None or not is_first or gone.id is None:
            continue
        if action.author_tag == author_tag(work, action.id, gone):
            action.state = ActionState.CANCELLED
            forget_people(work, action)
            outbox.finish(work.session, row.id, OutboxState.SKIPPED)


def coming(work: PersonalWork) -> Coming:
    """Return what is ahead in this chat."""
    chat = work.find_chat_here()
    if chat is None:
        return Coming((), work.now.date())
    chat_id = chat.id
    rows = actions.coming(work.session, chat_id, work.now, _LISTED)
    listed = tuple(_listed(work, chat_id, row) for row in rows)
    return Coming(listed, work.today(chat_id))


def _listed(work: UnitOfWork, chat_id: int, action: Action) -> Listed:
    link = card_link(work, chat_id, actions.CARD, action.id)
    row = held_posts.of_thing(work.session, chat_id, actions.CARD, action.id, work.now)
    return Listed(action, link, row is not None, of_row(work, row) if row is not None else None)


def load_card(work: UnitOfWork, action_id: int) -> Snapshot | None:
    """Return what the card and the posts of an action show."""
    action = actions.get(work.session, action_id)
    if action is None:
        return None
    return Snapshot(
        action=actions.plain(action),
        counts=actions.shown(work.session, action),
        is_over=is_over(work, action),
        today=work.now.astimezone(ZoneInfo(action.timezone)).date(),
        supporters=representatives.supporters_of(work.session, action_id),
        as_of=last_full_hour(work.now, work.zone(action.chat_id)) if action.is_careful else None,
    )


def find_past(work: UnitOfWork, after: int | None) -> Found[int]:
    """Actions of a day ago and more that know who answered. And of those called off, what an earlier release
    remembered."""
    day_ago = work.now - ANSWERS_KEPT
    found = actions.with_people_before(work.session, day_ago, after or 0, _CLOSED_AT_ONCE)
    return some(found, _CLOSED_AT_ONCE)


def close_past(work: UnitOfWork, action_ids: Sequence[int]) -> None:
    """Keep how many came to answer, erase who, and who announced it."""
    for action in actions.still_with_people(work.session, work.now - ANSWERS_KEPT, action_ids):
        forget_people(work, action)
        work.later.redraw(actions.CARD, action.id)


def find_old(work: UnitOfWork, _after: int | None) -> Found[int]:
    """Actions that are kept no longer, as the operator wants it."""
    found = actions.begun_before(work.session, _kept_since(work), _FORGOTTEN_AT_ONCE)
    return some(found, _FORGOTTEN_AT_ONCE)


def forget_old(work: UnitOfWork, action_ids: Sequence[int]) -> None:
    """Erase what they were about. Their cards stay in the chat as they are."""
    for action in actions.still_past(work.session, _kept_since(work), action_ids):
        action_id = action.id
        representatives.forget_endorsements(work.session, action_id)
        cards.forget(work.session, actions.CARD, action_id)
        actions.remove(work.session, action)


def _kept_since(work: UnitOfWork) -> datetime:
    return work.now - max(ANSWERS_KEPT, work.defaults.actions_kept)


def keep_wall_time(work: UnitOfWork, action: ActionRow) -> None:
    """It begins when the clock of its zone shows what was promised, whatever the zone's rules are by now."""
    moment = resolve(action.wall, ZoneInfo(action.timezone))
    if (moment.wall, moment.at) != (action.wall, action.starts_at):
        action.wall, action.starts_at = moment.wall, moment.at
        work.session.add(action)
        work.later.redraw(actions.CARD, action.id)


def is_author(work: PersonalWork, action_id: int) -> bool:
    """Whether this person announced it. Raises `Refused` where the action can't be touched from here."""
    action = reach_action(work, action_id)
    if action.state == ActionState.CANCELLED:
        # Who announced it is forgotten, and for everybody it is the same.
        raise Refused("actions.refused.cancelled")
    return work.person.id is not None and action.author_tag == author_tag(
        work, action_id, work.person
    )


def chat_of(work: UnitOfWork, action_id: int) -> int:
    """Return our id of the chat that an action belongs to. Raises `Refused`."""
    action = actions.get(work.session, action_id)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    return action.chat_id
