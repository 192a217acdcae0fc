"""What delivery has to tell a chat about itself; the feature that draws these posts names them so too."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import UnitOfWork
from storage.delivery import outbox
from storage.delivery.outbox import DuePost, Urgency

QUESTION = "delivery.question"
"""Did it arrive? Its reference is the row that nobody knows the fate of."""
PASSED = "delivery.passed"
"""What passed unsaid. Its reference is the first row of the list."""
REFUSED = "delivery.not_allowed"
"""What Telegram doesn't take, while other posts stand here. Its reference is the row that waits."""
BACK = "delivery.back"
"""The bot may write again. Its reference is the chat."""

_OWN = (QUESTION, PASSED, REFUSED, BACK)
_WORTH_TELLING = timedelta(minutes=10)
# What passed comes in portions; the list waits for the last of them.
_GATHERING = timedelta(seconds=30)


def ask(work: UnitOfWork, due: DuePost) -> None:
    """Let an organiser look whether it arrived; anew each time that this is unknown."""
    key = f"{QUESTION}:{due.id}:{due.attempts}"
    work.later.post(QUESTION, due.id, chat_id=due.chat_id, thread_id=due.thread_id, key=key)


def ask_anew(work: UnitOfWork, chat_id: int) -> None:
    """The chat moved: its questions stayed behind, and their numbers mean others now."""
    for row_id, question_id in outbox.take_questions(work.session, chat_id):
        key = f"{QUESTION}:{row_id}:after:{question_id}"
        work.later.post(QUESTION, row_id, chat_id=chat_id, key=key)


def tell_passed(work: UnitOfWork, due: DuePost) -> int:
    """Put a post on its chat's one list of what passed. Returns the list's reference."""
    waiting = outbox.ref_of_waiting(work.session, PASSED, due.chat_id)
    if waiting is not None:
        return waiting
    work.later.post(
        PASSED,
        due.id,
        chat_id=due.chat_id,
        key=f"{PASSED}:{due.id}",
        due_at=work.now + _GATHERING,
        urgency=Urgency.BULK,
    )
    return due.id


def tell_of_refusal(work: UnitOfWork, due: DuePost) -> None:
    """Say once of a post that Telegram refused, and why it waits; of a notice nobody needs a notice."""
    if due.kind in _OWN:
        return
    due = outbox.as_it_stands(work.session, due)
    work.later.post(
        REFUSED,
        due.id,
        chat_id=due.chat_id,
        thread_id=due.thread_id,
        key=f"{REFUSED}:{due.id}",
        urgency=Urgency.BULK,
    )


def tell_of_return(work: UnitOfWork, chat_id: int, since: datetime) -> None:
    """Say why it was so quiet, where it was for long."""
    if work.now - since >= _WORTH_TELLING:
        # To the minute: more exactly it would date what somebody did then.
        key = f"{BACK}:{chat_id}:{since:%Y-%m-%dT%H:%M}"
        work.later.post(BACK, chat_id, chat_id=chat_id, key=key)
