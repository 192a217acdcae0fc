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
    rows: ShortLived,
    chat_id: int,
    thread_id: int | None,
    *,
    message_id: int = 0,
    is_picked: bool = False,
) -> tuple[ShortLivedRow, ShortLivedRow]:
    """Make the rows of a way that begins now in this topic of the chat with our id, at a message that all
    see, or 0: there one finds back.

    Where it `is_picked` the person said that they mean this chat: what they type in private is about no
    other, until they tap elsewhere.
    """
    others = [] if is_picked else [each for each in ways_open(rows) if each != chat_id]
    return (
        rows.own(WAY, str(chat_id), {"thread": thread_id, "message": message_id}),
        rows.own(_WAYS, "", {"chats": [chat_id, *others]}),
    )


def ways_open(rows: ShortLived) -> dict[int, Kept]:
    """Return the ways from the chats that the person may mean in private, by our ids of those."""
    found = None if rows.person_id is None else rows.newest(_WAYS, "")
    ways = {chat_id: way_from(rows, chat_id) for chat_id in (found.data["chats"] if found else ())}
    return {chat_id: way for chat_id, way in ways.items() if way is not None}


def only_way(rows: ShortLived) -> tuple[int, Kept] | None:
    """Return the one way that is open, and our id of its chat; None where there are none, or several."""
    ways = ways_open(rows)
    return ways.popitem() if len(ways) == 1 else None


def way_from(rows: ShortLived, chat_id: int) -> Kept | None:
    """Return the person's newest way from that chat into the private one, while it is open."""
    return None if rows.person_id is None else rows.newest(WAY, str(chat_id))


def close_ways(rows: ShortLived, chat_id: int) -> None:
    """The person isn't in that chat any more."""
    rows.forget(WAY, str(chat_id))
    rows.forget(_WAYS, "")
