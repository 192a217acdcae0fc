"""Going, Maybe, Can't: an answer is kept under a tag of its person, one for each action."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.actions.answers import Answer, after_tap
from bot.domain.actions.parties import require_guests
from bot.domain.refusal import Refused
from bot.safety.keys import Keys, mac
from bot.store import PersonalWork
from handlers.actions.heart.careful_counts import publish_if_due, show_later
from handlers.actions.heart.reach import answers_purpose, require_coming
from handlers.actions.heart.room import let_in, place_for
from storage import answers
from storage.answers import Answering


@dataclass(frozen=True)
class Given:
    """What somebody answers now; `is_asked_again` where that was for another time.

    `waits` where they would come and find no room; then `number` is their place in the line, where it may be
    told: it says how many wait, which nobody learns between full hours where numbers are careful.
    """

    answer: Answer | None
    guests: int = 0
    is_asked_again: bool = False
    waits: bool = False
    number: int | None = None


def give_answer(work: PersonalWork, action_id: int, tapped: Answer) -> Given:
    """Answer an action, or take the same answer back. Returns the answer that it now is."""
    action = _reach_to_answer(work, action_id)
    if action.is_asked_again and action.answer is tapped:
        return _answer(work, action, tapped, action.guests)  # for the new time, too
    return _answer(work, action, after_tap(action.answer, tapped))


def come_with(work: PersonalWork, action_id: int, guests: int) -> Given:
    """Come, and bring so many. Raises `Refused` where there is no room for that many."""
    require_guests(guests)
    return _answer(work, _reach_to_answer(work, action_id), Answer.GOING, guests)


def current_answer(work: PersonalWork, action_id: int) -> Given:
    """Return the person's own answer as it stands."""
    action = _reach(work, action_id)
    work.person.require_id()
    given = _given(work, action, action.answer, action.guests, action.in_line)
    return replace(given, is_asked_again=action.is_asked_again)


def _answer(work: PersonalWork, action: Answering, answer: Answer | None, guests: int = 0) -> Given:
    tag, in_line = _answer_tag(work, action.id), None
    if answer is None:
        answers.take_back(work.session, action.id, tag)
    else:
        if answer is Answer.GOING:
            in_line = place_for(work, action, 1 + guests)
        code = answer_mac(work.keys, action.id, tag, answer, guests)
        answers.put_answer(
            work.session, action.id, tag, answer, code, guests=guests, in_line=in_line
        )
    if action.capacity is not None:
        let_in(work, action.id, action.capacity)
    show_later(work, action)
    return _given(work, action, answer, guests, in_line)


def _given(
    work: PersonalWork, action: Answering, answer: Answer | None, guests: int, in_line: int | None
) -> Given:
    if in_line is None:
        return Given(answer, guests)
    number = None if action.is_careful else 1 + answers.ahead_of(work.session, action.id, in_line)
    return Given(answer, guests, waits=True, number=number)


def _reach_to_answer(work: PersonalWork, action_id: int) -> Answering:
    """The same where it still takes answers, with what is due to be shown before another is kept."""
    action = _reach(work, action_id)
    require_coming(work, action)
    publish_if_due(work, action)
    return action


def _reach(work: PersonalWork, action_id: int) -> Answering:
    """The action where it can be reached from here, with this person's answer. Raises `Refused`."""
    tag = b"" if work.person.id is None else _answer_tag(work, action_id)
    action = answers.answering(work.session, action_id, tag)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    work.within_reach(action.chat)
    return action


def _answer_tag(work: PersonalWork, action_id: int) -> bytes:
    return work.tag(answers_purpose(action_id))


def answer_mac(keys: Keys, action_id: int, tag: bytes, answer: Answer, guests: int = 0) -> bytes:
    """Tells our own rows from planted ones."""
    brought = (guests,) if guests else ()  # who brings nobody has the code of earlier releases
    return mac(keys.derive("action-rows"), action_id, tag, answer.value.encode(), *brought)
