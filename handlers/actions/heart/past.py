"""What becomes of actions with time: who came is forgotten, then the action; a promised hour is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chores import Found, some
from bot.domain.timekeeping.moment import resolve
from bot.later import first_key
from bot.person.place import Person
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.heart.reach import ANSWERS_KEPT, author_tag, forget_people
from handlers.actions.heart.reminders import plan_anew
from storage import actions
from storage.actions import ActionRow, ActionState
from storage.delivery import cards, held_posts, outbox
from storage.delivery.outbox import OutboxState
from storage.elections import representatives

_CLOSED_AT_ONCE = 5
_FORGOTTEN_AT_ONCE = 10


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
        plan_anew(work, action)
        work.later.redraw(actions.CARD, action.id)
