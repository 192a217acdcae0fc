"""The way from a group into the private chat: who tapped there acts on its things from here, for a while.

It is the proof that the person was in that group. A row a person, chat and five minutes, and one that lists
them; both end at once when Telegram tells that they left.
"""

from __future__ import annotations

from datetime import timedelta

from bot.person.short_lived import Kept, Kind, ShortLived
from storage.short_lived import ShortLivedRow

WAY = Kind("way", timedelta(minutes=15))


# From which chats a person has ways now. What they type in private is about one of them.
_WAYS = Kind("ways", WAY.lasts)


def way(
    rows: ShortLived, chat_id: int, thread_id: int | None, *, is_picked: bool = False
) -> tuple[ShortLivedRow, ShortLivedRow]:
    """Make the rows of a way that begins now in this topic of the chat with our id.

    Where it `is_picked` the person said that they mean this chat: what they type in private is about no
    other, until they tap elsewhere.
    """
    others = [] if is_picked else [each for each in ways_open(rows) if each != chat_id]
    return (
        rows.own(WAY, str(chat_id), {"thread": thread_id}),
        rows.own(_WAYS, "", {"chats": [chat_id, *others]}),
    )


def ways_open(rows: ShortLived) -> list[int]:
    """Return our ids of the chats that the person may mean in private."""
    found = None if rows.person_id is None else rows.newest(_WAYS, "")
    chats = [] if found is None else found.data["chats"]
    return [chat_id for chat_id in chats if way_from(rows, chat_id) is not None]


def way_from(rows: ShortLived, chat_id: int) -> Kept | None:
    """Return the person's newest way from that chat into the private one, while it is open."""
    return None if rows.person_id is None else rows.newest(WAY, str(chat_id))


def close_ways(rows: ShortLived, chat_id: int) -> None:
    """The person isn't in that chat any more."""
    rows.forget(WAY, str(chat_id))
    rows.forget(_WAYS, "")
