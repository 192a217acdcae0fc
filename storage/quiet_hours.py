"""A chat's quiet hours: what the bot times by itself waits until they are over.

What a person timed or does never waits; docs/quiet-hours.md lists which post is which.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from storage import chats
from storage.delivery import outbox


def wait(session: Session, chat_id: int, at: datetime, now: datetime) -> datetime:
    """When to say in this chat what the bot would say at `at`; `at` itself where nothing holds it."""
    chat = chats.settings_of(chats.get(session, chat_id))
    # What is late is said now, so it is now that must not be quiet.
    soonest = max(at, now)
    over = chat.quiet.over_at(soonest, ZoneInfo(chat.timezone))
    return at if over == soonest else over


def follow(session: Session, chat_id: int, now: datetime) -> None:
    """What waits in a chat goes by its quiet hours and its clock as they are now, also what was due
    before and was delayed. What they let go at once isn't late: it waited because it had to."""
    for row in outbox.held_back(session, chat_id):
        if row.self_timed_at is not None:
            at = max(row.self_timed_at, min(row.due_at, now))
            row.due_at = wait(session, chat_id, at, now)
            if row.due_at > now:
                row.lease_until = None  # it waits longer than after any fault
            session.add(row)
