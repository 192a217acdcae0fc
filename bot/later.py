"""What a use case leaves to be done after its commit: rows in the same transaction, for those who send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from storage import heads, quiet_hours
from storage.delivery import cards, outbox, removals
from storage.delivery.outbox import Urgency
from storage.heads import Head

REDRAW_PAUSE = timedelta(seconds=3)
"""From the first change of a card to its redrawing: what else changes meanwhile costs nothing."""


def first_key(kind: str, ref: int) -> str:
    """The key under which the card of a thing is posted for the first time."""
    return f"{kind}:{ref}"


@dataclass
class Later:
    """What follows the commit: rows written in the same transaction, and when their sender is wanted."""

    session: Session
    now: datetime
    wanted_at: datetime | None = None
    heads: list[Head] = field(default_factory=list)
    reports: list[Callable[[], object]] = field(default_factory=list)

    def post(
        self,
        kind: str,
        ref: int,
        *,
        chat_id: int,
        key: str,
        thread_id: int | None = None,
        due_at: datetime | None = None,
        urgency: Urgency = Urgency.NOW,
        is_self_timed: bool = False,
    ) -> bool:
        """Say something to a chat, once for each `key`. `kind` names the feature's card or post.

        False where that was said already. What is more urgent goes first, in each chat and everywhere.
        `is_self_timed` where the bot chose the moment and no person did: then it keeps the chat's quiet
        hours, and goes after everything else.
        """
        self_timed_at = (due_at or self.now) if is_self_timed else None
        if self_timed_at is not None:
            due_at = quiet_hours.wait(self.session, chat_id, self_timed_at, self.now)
            urgency = Urgency.BULK
        self.wake(due_at)
        row = outbox.OutboxRow(
            unique_key=key,
            kind=kind,
            ref=ref,
            chat_id=chat_id,
            thread_id=thread_id,
            due_at=due_at or self.now,
            urgency=urgency,
            self_timed_at=self_timed_at,
        )
        return outbox.add(self.session, row)

    def redraw(self, kind: str, ref: int) -> None:
        """The cards of this thing no longer show its state."""
        self.wake(self.now + REDRAW_PAUSE)
        cards.mark_dirty(self.session, kind, ref, self.now)

    def delete_message(self, chat_id: int, message_id: int, *, after: timedelta) -> None:
        """Remove a message from a group: one of the bot's own, or, as an administrator, what it refused."""
        due_at = self.now + after
        self.wake(due_at)
        row = removals.RemovalRow(chat_id=chat_id, message_id=message_id, due_at=due_at)
        removals.add(self.session, row)

    def keep_head(self, name: str, number: int, digest: str) -> None:
        """This number is public now: a database that doesn't know it is an old one.

        See `bot/safety/heads.py`.
        """
        head = Head(name, number, digest)
        heads.put(self.session, head)
        self.heads.append(head)

    def unpin_message(self, chat_id: int, message_id: int) -> None:
        """Take one of the bot's own messages off the top of a group; it stays where it stands."""
        self.wake()
        row = removals.RemovalRow(chat_id=chat_id, message_id=message_id, due_at=self.now)
        row.only_unpin = True
        removals.add(self.session, row)

    def report(self, say: Callable[[], object]) -> None:
        """Tell the operator's log of a fault once this is committed, or read to its end: said from within,
        it would be said again each time that the transaction is run again."""
        self.reports.append(say)

    def wake(self, at: datetime | None = None) -> None:
        """Something falls due at that moment (now) that the sender doesn't know of yet."""
        moment = at or self.now
        self.wanted_at = min(self.wanted_at or moment, moment)
