"""How much may be announced in a day: enough for a lively yard, too little to bury it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.refusal import Refused

DAY = timedelta(hours=24)
MOST_OF_A_NEIGHBOUR = 5
MOST_OF_AN_ORGANISER = 10
MOST_OF_NEIGHBOURS = 30
"""In one chat: also where many accounts announce, or one calls off what it announced, again and again."""
MOST_CHANGES = 5
"""Of one action that the whole chat is told."""


def require_room(own: int, in_chat: int, *, is_organiser: bool) -> None:
    """Go on only where one more announcement fits into the day, beside so many of one's own and of all.

    Raises `Refused`.
    """
    most = MOST_OF_AN_ORGANISER if is_organiser else MOST_OF_A_NEIGHBOUR
    if own >= most:
        raise Refused("actions.refused.many", most=most)
    if in_chat >= MOST_OF_NEIGHBOURS and not is_organiser:
        raise Refused("actions.refused.many_here")


def require_room_for_change(told: int) -> None:
    """The same for one more change of an action, after so many that day. Raises `Refused`."""
    if told >= MOST_CHANGES:
        raise Refused("actions.refused.changed_often")
