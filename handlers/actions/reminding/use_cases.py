"""When the bot reminds of an action, and that it does. Plain functions on a unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions.reminding import CHOICES
from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.heart.posting import REMINDER_POST
from handlers.actions.heart.reach import reach_coming_action
from handlers.actions.heart.reminders import moment_of, plan
from handlers.actions.heart.snapshot import Snapshot, load_card
from storage import action_reminders, actions
from storage.actions import Action, ActionRow

_AT_ONCE = 5


@dataclass(frozen=True)
class Reminding:
    """An action, and how many minutes before it the bot can still remind of it: whether it does."""

    action: Action
    choices: Mapping[int, bool]


def reminding(work: PersonalWork, action_id: int) -> Reminding:
    action = reach_coming_action(work, action_id)
    return Reminding(actions.plain(action), _choices(work, action))


def _choices(work: UnitOfWork, action: ActionRow) -> Mapping[int, bool]:
    planned = {row.minutes: row.at for row in action_reminders.of_action(work.session, action.id)}
    return {
        minutes: minutes in planned
        for minutes in CHOICES.values()
        if planned.get(minutes) or moment_of(work, action, minutes)
    }


def set_reminder(work: PersonalWork, action_id: int, minutes: int, wanted: bool) -> None:
    """Remind so many minutes before, or no more; what is so already stays."""
    if minutes not in CHOICES.values():
        raise Refused("frame.refused.unknown_thing")
    action = reach_coming_action(work, action_id)
    if _choices(work, action).get(minutes) is wanted:
        return
    action_reminders.take_away(work.session, action_id, minutes)
    if wanted:
        plan(work, action, minutes)


def move_due(work: UnitOfWork) -> None:
    """Say what is due, of each action once, however many of its reminders are. Where the night has become
    quiet meanwhile it waits, or passes at last."""
    for row in action_reminders.due(work.session, work.now, _AT_ONCE):
        moment, row.at = row.at, None
        work.session.add(row)
        action = actions.get(work.session, row.action_id)
        if action is None or moment is None or _is_another_due(work, action.id):
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


def _is_another_due(work: UnitOfWork, action_id: int) -> bool:
    rows = action_reminders.of_action(work.session, action_id)
    return any(row.at is not None and row.at <= work.now for row in rows)


def next_due(work: UnitOfWork) -> datetime | None:
    return action_reminders.next_due(work.session)


def load_reminder(work: UnitOfWork, action_id: int) -> Snapshot | None:
    """None where it was called off, or has begun."""
    found = load_card(work, action_id)
    if found is None or found.action.is_cancelled or found.action.starts_at <= work.now:
        return None
    return found
