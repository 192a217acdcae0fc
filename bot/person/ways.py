"""The way from a group into the private chat: who tapped there acts on its things from here, for a while.

It is the proof that the person was in that group. One row a person, chat and five minutes; it ends at once
when Telegram tells that they left.
"""

from __future__ import annotations

from datetime import timedelta

from bot.person.short_lived import Kept, Kind, ShortLived
from storage.short_lived import ShortLivedRow

WAY = Kind("way", timedelta(minutes=15))


def way(rows: ShortLived, chat_id: int, thread_id: int | None) -> ShortLivedRow:
    """Make the row of a way that begins now in this topic of the chat with our id."""
    return rows.own(WAY, str(chat_id), {"thread": thread_id})


def way_from(rows: ShortLived, chat_id: int) -> Kept | None:
    """Return the person's newest way from that chat into the private one, while it is open."""
    return None if rows.person_id is None else rows.newest(WAY, str(chat_id))


def close_ways(rows: ShortLived, chat_id: int) -> None:
    """The person isn't in that chat any more."""
    rows.forget(WAY, str(chat_id))
