"""Of an action the bot reminds by itself, unless its author wants it otherwise."""

from __future__ import annotations

from datetime import datetime

from bot.domain.actions.reminding import USUAL, reminded_at
from bot.store import UnitOfWork
from storage import action_reminders, chats
from storage.action_reminders import ActionReminderRow
from storage.actions import ActionRow


def plan_usual(work: UnitOfWork, action: ActionRow) -> None:
    """It was announced: remind of it a day and two hours before."""
    plan(work, action, *USUAL)


def plan(work: UnitOfWork, action: ActionRow, *minutes: int) -> None:
    """Remind of it so many minutes before, too."""
    rows = [
        ActionReminderRow(action_id=action.id, minutes=each, at=moment_of(work, action, each))
        for each in minutes
    ]
    action_reminders.add(work.session, rows)
    _wake(work, rows)


def plan_anew(work: UnitOfWork, action: ActionRow) -> None:
    """It begins at another moment."""
    rows = action_reminders.of_action(work.session, action.id)
    for row in rows:
        row.at = moment_of(work, action, row.minutes)
        work.session.add(row)
    _wake(work, rows)


def moment_of(work: UnitOfWork, action: ActionRow, minutes: int) -> datetime | None:
    """When to remind so many minutes before; None where that is over."""
    chat = chats.settings_of(chats.get(work.session, action.chat_id))
    zone = work.zone(action.chat_id)
    return reminded_at(action.starts_at, minutes, chat.quiet, zone, work.now)


def _wake(work: UnitOfWork, rows: list[ActionReminderRow]) -> None:
    for row in rows:
        if row.at is not None:
            work.later.wake(row.at)
