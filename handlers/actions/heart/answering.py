"""Going, Maybe, Can't: an answer is kept under a tag of its person, one for each action."""

from __future__ import annotations

from bot.domain.actions.answers import Answer, after_tap
from bot.domain.refusal import Refused
from bot.safety.keys import Keys, mac
from bot.store import PersonalWork
from handlers.actions.heart.careful_counts import publish_if_due, show_later
from handlers.actions.heart.reach import answers_purpose, require_coming
from storage import actions
from storage.actions import Answering


def give_answer(work: PersonalWork, action_id: int, tapped: Answer) -> Answer | None:
    """Answer an action, or take the same answer back. Returns the answer that it now is."""
    action = _reach(work, action_id)
    require_coming(work, action)
    publish_if_due(work, action)
    tag = _answer_tag(work, action_id)
    answer = after_tap(action.answer, tapped)
    if answer is None:
        actions.take_back(work.session, action_id, tag)
    else:
        code = answer_mac(work.keys, action_id, tag, answer)
        actions.put_answer(work.session, action_id, tag, answer, code)
    show_later(work, action)
    return answer


def current_answer(work: PersonalWork, action_id: int) -> Answer | None:
    """Return the person's own answer as it stands."""
    action = _reach(work, action_id)
    work.person.require_id()
    return action.answer


def _reach(work: PersonalWork, action_id: int) -> Answering:
    """The action where it can be reached from here, with this person's answer. Raises `Refused`."""
    tag = b"" if work.person.id is None else _answer_tag(work, action_id)
    action = actions.answering(work.session, action_id, tag)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    work.within_reach(action.chat)
    return action


def _answer_tag(work: PersonalWork, action_id: int) -> bytes:
    return work.tag(answers_purpose(action_id))


def answer_mac(keys: Keys, action_id: int, tag: bytes, answer: Answer) -> bytes:
    """Tells our own rows from planted ones."""
    return mac(keys.derive("action-rows"), action_id, tag, answer.value.encode())
