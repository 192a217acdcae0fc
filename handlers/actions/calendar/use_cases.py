"""What a calendar is told of an action. Plain functions on a unit of work."""

from __future__ import annotations

from bot.domain.actions.calendar import Event
from bot.store import PersonalWork
from handlers.actions.heart.reach import reach_coming_action
from storage import actions


def event_of(work: PersonalWork, action_id: int, bot: str) -> Event:
    """The event, known by the number of the action and the bot's name. Raises `Refused`."""
    action = actions.plain(reach_coming_action(work, action_id))
    return Event(
        uid=f"{action.id}@{bot}",
        sequence=action.sequence,
        starts_at=action.starts_at,
        title=action.title,
        place=action.place,
        details=action.details,
        is_cancelled=action.is_cancelled,
        stamped_at=work.now,
    )
