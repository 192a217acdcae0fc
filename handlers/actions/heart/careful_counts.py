"""Where a chat counts carefully: numbers of actions move in fives and at full hours, as those of elections.

Elsewhere each answer shows at once, and whoever watches the card can see whose tap moved it.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.timekeeping.full_hours import next_full_hour
from bot.store import UnitOfWork
from storage import actions, answers
from storage.actions import ActionRow
from storage.answers import Answering

_AT_ONCE = 5
"""How many actions one transaction looks at: those of a whole zone have the same hour."""


def publish_if_due(work: UnitOfWork, action: ActionRow | Answering) -> None:
    """Show what was answered up to an hour that has come. To be called before another answer is kept."""
    if action.publish_at is not None and action.publish_at <= work.now:
        _publish(work, answers.row_of(work.session, action))


def show_later(work: UnitOfWork, action: ActionRow | Answering) -> None:
    """Its numbers moved: with a few seconds' pause the card shows it, or at the next full hour."""
    if not action.is_careful:
        work.later.redraw(actions.CARD, action.id)
    elif action.publish_at is None or action.publish_at <= work.now:
        row = answers.row_of(work.session, action)
        row.publish_at = at = next_full_hour(work.now, work.zone(action.chat_id))
        work.session.add(row)
        work.later.wake(at)


def publish_due_numbers(work: UnitOfWork) -> None:
    for action in actions.to_publish(work.session, work.now, limit=_AT_ONCE):
        _publish(work, action)


def next_hour_due(work: UnitOfWork) -> datetime | None:
    return actions.next_publishing(work.session)


def _publish(work: UnitOfWork, action: ActionRow) -> None:
    action.publish_at = None
    work.session.add(action)
    before = answers.shown(work.session, action)
    public = before.stepped_to(answers.counts(work.session, action))
    if public != before:
        answers.show(work.session, action, public)
        work.later.redraw(actions.CARD, action.id)
