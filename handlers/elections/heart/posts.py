"""What elections say to the whole chat, by the names under which the frame knows it."""

from __future__ import annotations

from bot.store import UnitOfWork
from storage.elections.elections import ElectionRow

REACHED_POST = "elections.reached"
RESULT_POST = "elections.result"
BASE_POST = "elections.base"
MILESTONE_POST = "progress.milestone"
ACT_CARD = "ending.act"
ACT_OVER_POST = "ending.act_over"
DEADLINE_POST = "ending.deadline"
REMINDER_POST = "ending.reminder"
UNDONE_POST = "ending.undone"
FILED_POST = "ending.filed"
FAREWELL_POST = "candidates.farewell"
DELETED_POST = "ending.deleted"


def post(
    work: UnitOfWork,
    election: ElectionRow,
    kind: str,
    ref: int,
    *,
    key: str,
    is_self_timed: bool = False,
) -> bool:
    """Say something where the election's card stands; what is self-timed keeps quiet hours.

    False where that was said already.
    """
    return work.later.post(
        kind,
        ref,
        chat_id=election.chat_id,
        thread_id=election.thread_id,
        key=key,
        is_self_timed=is_self_timed,
    )
