"""Going, Maybe, Can't: an answer is kept under a tag of its person, one for each action."""

from __future__ import annotations

from bot.domain.actions.answers import Answer, after_tap
from bot.safety.keys import mac
from bot.store import PersonalWork, UnitOfWork
from handlers.actions.careful_counts import publish_if_due, show_later
from handlers.actions.reach import reach_action, reach_coming_action
from storage import actions
from storage.actions import AnswerRow


def give_answer(work: PersonalWork, action_id: int, tapped: Answer) -> Answer | None:
    """Answer an action, or take the same answer back. Returns the answer that it now is."""
    action = reach_coming_action(work, action_id)
    publish_if_due(work, action)
    tag = _answer_tag(work, action_id)
    before = actions.answer_of(work.session, action_id, tag)
    answer = after_tap(before.answer if before else None, tapped)
    if answer is None and before is not None:
        actions.take_back(work.session, before)
    elif answer is not None:
        row = before or AnswerRow(action_id=action_id, person_tag=tag, answer=answer, mac=b"")
        row.answer, row.mac = answer, _answer_mac(work, action_id, tag, answer)
        actions.put_answer(work.session, row)
    show_later(work, action)
    return answer


def current_answer(work: PersonalWork, action_id: int) -> Answer | None:
    """Return the person's own answer as it stands."""
    reach_action(work, action_id)
    row = actions.answer_of(work.session, action_id, _answer_tag(work, action_id))
    return row.answer if row else None


def _answer_tag(work: PersonalWork, action_id: int) -> bytes:
    return work.tag(f"action-answers:{action_id}")


def _answer_mac(work: UnitOfWork, action_id: int, tag: bytes, answer: Answer) -> bytes:
    """Tells our own rows from planted ones."""
    return mac(work.keys.derive("action-rows"), action_id, tag, answer.value.encode())
