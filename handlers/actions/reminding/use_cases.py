"""When the bot reminds of an action, and that it does. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions.reminding import CHOICES
from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.heart.posting import REMINDER_POST
from handlers.actions.heart.reach import changeable, reach_coming_action
from handlers.actions.heart.reminders import plan
from handlers.actions.heart.snapshot import Snapshot, load_card
from storage import action_reminders, actions
from storage.actions import Action

_AT_ONCE = 5


@dataclass(frozen=True)
class Reminding:
    """An action, and how many minutes before it the bot reminds of it."""

    action: Action
    minutes: frozenset[int]


def reminding(work: PersonalWork, action_id: int) -> Reminding:
    action = changeable(work, action_id)
    rows = action_reminders.of_action(work.session, action_id)
    return Reminding(action, frozenset(row.minutes for row in rows))


def set_reminder(work: PersonalWork, action_id: int, minutes: int, wanted: bool) -> None:
    """Remind so many minutes before, or no more; what is so already stays."""
    if minutes not in CHOICES.values():
        raise Refused("frame.refused.unknown_thing")
    action = reach_coming_action(work, action_id)
    is_planned = minutes in reminding(work, action_id).minutes
    if wanted and not is_planned:
        plan(work, action, minutes)
    elif not wanted:
        action_reminders.take_away(work.session, action_id, minutes)


def move_due(work: UnitOfWork) -> None:
    """Say what is due. Where the night has become quiet meanwhile it waits, or passes at last."""
    for row in action_reminders.due(work.session, work.now, _AT_ONCE):
        moment, row.at = row.at, None
        work.session.add(row)
        action = actions.get(work.session, row.action_id)
        if action is None or moment is None:
            continue
        work.later.post(
            REMINDER_POST,
            action.id,
            chat_id=action.chat_id,
            thread_id=action.thread_id,
            key=f"{REMINDER_POST}:{action.id}:{row.minutes}:{action.starts_at.isoformat()}",
            due_at=moment,
            is_self_timed=True,
        )


def next_due(work: UnitOfWork) -> datetime | None:
    return action_reminders.next_due(work.session)


def load_reminder(work: UnitOfWork, action_id: int) -> Snapshot | None:
    """None where it was called off, or has begun."""
    found = load_card(work, action_id)
    if found is None or found.action.is_cancelled or found.action.starts_at <= work.now:
        return None
    return found
