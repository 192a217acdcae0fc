"""What the card and the posts of an action show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actions.answers import Counts
from bot.domain.timekeeping.full_hours import last_full_hour
from bot.store import UnitOfWork
from handlers.actions.heart.reach import is_over
from storage import actions, answers
from storage.actions import Action
from storage.elections import representatives


@dataclass(frozen=True)
class Snapshot:
    """An action as it stands."""

    action: Action
    counts: Counts
    is_over: bool
    today: date
    # Representatives who lend it their name.
    supporters: tuple[str, ...] = ()
    # The full hour of which the numbers are, where they move at full hours only.
    as_of: datetime | None = None


def load_card(work: UnitOfWork, action_id: int) -> Snapshot | None:
    """Return what the card and the posts of an action show."""
    action = actions.get(work.session, action_id)
    if action is None:
        return None
    return Snapshot(
        action=actions.plain(action),
        counts=answers.shown(work.session, action),
        is_over=is_over(work, action),
        today=work.now.astimezone(ZoneInfo(action.timezone)).date(),
        supporters=representatives.supporters_of(work.session, action_id),
        as_of=last_full_hour(work.now, work.zone(action.chat_id)) if action.is_careful else None,
    )
