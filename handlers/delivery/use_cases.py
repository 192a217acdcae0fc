"""What delivery tells a chat about itself, and what organisers decide. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, moment_at
from bot.store import PersonalWork, UnitOfWork
from storage import chats
from storage.delivery import held_posts, holds, outbox
from storage.delivery.outbox import OutboxRow, OutboxState, Unsaid


@dataclass(frozen=True)
class Question:
    """A post that may have arrived; `headline` is empty where it says nothing in words."""

    row: int
    headline: str


@dataclass(frozen=True)
class RefusedPost:
    """A post that Telegram doesn't take, and Telegram's words."""

    row: int
    headline: str
    words: str


@dataclass(frozen=True)
class Passed:
    """A post that wasn't sent, and when it should have been."""

    headline: str
    moment: Moment


def load_question(work: UnitOfWork, row_id: int) -> Question | None:
    """None where it was decided already."""
    row = outbox.get(work.session, row_id)
    if row is None or row.state != OutboxState.UNCERTAIN:
        return None
    return Question(row_id, outbox.unsaid_of(row).headline)


def note_question(work: UnitOfWork, row_id: int, message_ids: tuple[int, ...]) -> None:
    """Where the question stands, so that it can be taken away; at once where the answer was faster."""
    row = outbox.get(work.session, row_id)
    if row is None:
        return
    row.question_id = message_ids[0]
    work.session.add(row)
    if row.state != OutboxState.UNCERTAIN:
        _take_away_question(work, row)


def load_passed(work: UnitOfWork, first_row: int) -> tuple[Passed, ...] | None:
    """What one list tells of, in order; None where it was erased meanwhile."""
    unsaid = outbox.told_with(work.session, first_row)
    return tuple(_passed(work, each) for each in unsaid) or None


def load_refused(work: UnitOfWork, row_id: int) -> RefusedPost | None:
    """A post that Telegram refused; None where it waits no more."""
    row = outbox.get(work.session, row_id)
    if row is None or row.state != OutboxState.DUE or row.refusal is None:
        return None
    return RefusedPost(row_id, outbox.unsaid_of(row).headline, row.refusal)


def unsaid_here(work: PersonalWork, row_id: int) -> Question | RefusedPost:
    """What one of these two is about, for one reader. Raises `Refused` where it was decided already."""
    row = outbox.get(work.session, row_id)
    if row is not None:
        work.reach(row.chat_id)
    found = load_question(work, row_id) or load_refused(work, row_id)
    if found is None:
        raise Refused("delivery.refused.decided")
    return found


def try_now(work: PersonalWork, row_id: int) -> None:
    """An organiser thinks that Telegram takes it now. Raises `Refused` where it waits no more."""
    row = _reach(work, row_id, OutboxState.DUE, "delivery.refused.not_waiting")
    topic = holds.topic(row.thread_id)
    holds.doubt_silence(work.session, row.chat_id, work.now, holds.TEXT, topic)
    held_posts.try_now(work.session, row_id)
    work.later.wake()


def load_return(work: UnitOfWork, chat_id: int) -> int | None:
    """Nothing but that the bot is back; None where the chat became one with another."""
    return chat_id if chats.find_by_id(work.session, chat_id) else None


def send_again(work: PersonalWork, row_id: int) -> None:
    """An organiser looked, and it isn't there. Raises `Refused` where it was decided already."""
    _decide(work, row_id)
    outbox.send_anew(work.session, row_id, work.now)
    work.later.wake()


def leave_as_it_is(work: PersonalWork, row_id: int) -> tuple[str, int]:
    """An organiser looked, and it is there. Returns its kind and reference. Raises `Refused` where it was
    decided already."""
    row = _decide(work, row_id)
    outbox.leave(work.session, row_id)
    return row.kind, row.ref


def _decide(work: PersonalWork, row_id: int) -> OutboxRow:
    """An uncertain row of this chat; the question goes."""
    row = _reach(work, row_id, OutboxState.UNCERTAIN, "delivery.refused.decided")
    _take_away_question(work, row)
    return row


def _reach(work: PersonalWork, row_id: int, state: OutboxState, key: str) -> OutboxRow:
    """A row of this chat in this state. Raises `Refused`."""
    row = outbox.get(work.session, row_id)
    if row is None:
        raise Refused(key)
    work.reach(row.chat_id)
    if row.state != state:
        raise Refused(key)
    return row


def _take_away_question(work: UnitOfWork, row: OutboxRow) -> None:
    if row.question_id is not None:
        work.later.delete_message(row.chat_id, row.question_id, after=timedelta())


def _passed(work: UnitOfWork, unsaid: Unsaid) -> Passed:
    return Passed(unsaid.headline, moment_at(unsaid.due_at, work.zone(unsaid.chat_id)))
