"""The last day of a term, as buttons carry it."""

from __future__ import annotations

from datetime import date

from bot.domain.refusal import Refused


def read_until(until: str) -> date | None:
    """The last day that a button carries, None for no end. Raises `Refused`: it may be forged."""
    try:
        return date.fromisoformat(until) if until else None
    except ValueError:
        raise Refused("frame.refused.unknown_thing") from None
