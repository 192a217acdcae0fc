"""What an organiser is asked about an election that is begun, and what they answer. On a unit of work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain.answered import is_count
from bot.domain.elections.plan import Question, read_base, read_plan, read_title
from bot.domain.elections.rule import USUAL_RULE
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.announcing.drafts import (
    change_plan,
    close_at,
    count_of,
    open_plan,
    plan_in,
)
from handlers.elections.heart.deadlines import typed_moment

DEADLINE_FLOW = "elections.new_deadline"


@dataclass(frozen=True)
class Asked:
    """A question about an election that is begun, and what is known so far."""

    draft_id: int
    title: str
    # What the chat speaks: everyone will read the title.
    language: str
    # Everything is known, so this changes something.
    is_whole: bool


def next_question(work: PersonalWork, draft_id: int) -> Question | None:
    """What is to be asked next; None where all is known."""
    return _missing(work, open_plan(work, draft_id))


def asked(work: PersonalWork, draft_id: int) -> Asked:
    """A draft to ask about."""
    draft = open_plan(work, draft_id)
    is_whole = _missing(work, draft) is None
    return Asked(draft_id, plan_in(draft).title, draft.chat.language, is_whole)


def ask_title(work: PersonalWork, draft_id: int) -> Asked:
    """The next private message is the title."""
    return _listen(work, draft_id, Question.TITLE)


def ask_base(work: PersonalWork, draft_id: int) -> Asked:
    """The next private message is how many live here."""
    return _listen(work, draft_id, Question.BASE)


def _listen(work: PersonalWork, draft_id: int, question: Question) -> Asked:
    draft = open_plan(work, draft_id)
    change_draft(work, draft, {**draft.data, "awaits": question.value}, awaits_typing=True)
    return asked(work, draft_id)


def read_answer(work: PersonalWork, draft_id: int, typed: str) -> int:
    """Take what was typed for the question that was asked last, or is the next. Gives the draft's id."""
    draft = open_plan(work, draft_id)
    asked, missing = draft.data.get("awaits"), _missing(work, draft)
    if asked == Question.TITLE:
        choose_title(work, draft_id, typed)
    elif asked == Question.BASE:
        choose_base(work, draft_id, read_base(typed))
    elif missing is Question.DEADLINE:
        close_at(work, draft, typed_moment(typed, work.now, ZoneInfo(draft.chat.timezone)))
    else:
        _take_parts(work, draft, typed, missing)
    return draft_id


def _take_parts(work: PersonalWork, draft: OpenDraft, typed: str, missing: Question | None) -> None:
    """Number, share and title, whichever were typed, as after the command."""
    plan, said = plan_in(draft), read_plan(typed)
    base = said.base or plan.base
    if missing is Question.BASE and base is None:
        base = read_base(typed)
    rule = plan.rule if said.rule == USUAL_RULE else said.rule
    if base is not None:
        rule.needed(base)
    title = plan.title if plan.title and is_count(typed) else said.title or plan.title
    change_plan(work, draft, replace(plan, base=base, title=title, rule=rule))


def choose_title(work: PersonalWork, draft_id: int, title: str) -> None:
    """Say what neighbours will sign for."""
    draft = open_plan(work, draft_id)
    change_plan(work, draft, replace(plan_in(draft), title=read_title(title)))


def choose_base(work: PersonalWork, draft_id: int, base: int) -> None:
    """Say how many live here."""
    draft = open_plan(work, draft_id)
    plan = plan_in(draft)
    plan.rule.needed(base)
    change_plan(work, draft, replace(plan, base=base))


def ask_deadline(work: PersonalWork, draft_id: int) -> Asked:
    """Wait for a deadline of the person's own: their next private message says it."""
    draft = open_plan(work, draft_id)
    keep_draft(work, draft.chat.id, DEADLINE_FLOW, {"draft": draft_id}, awaits_typing=True)
    return asked(work, draft_id)


def read_deadline(work: PersonalWork, draft_id: int, typed: str) -> int:
    """Put the deadline that came into the election's draft. Returns that draft's id."""
    question = open_draft(work, draft_id, DEADLINE_FLOW)
    draft = open_plan(work, int(question.data["draft"]))
    closes = typed_moment(typed, work.now, ZoneInfo(draft.chat.timezone))
    close_at(work, draft, closes)
    end_draft(work, question)
    return draft.id


def _missing(work: UnitOfWork, draft: OpenDraft) -> Question | None:
    plan = plan_in(draft)
    if not plan.title:
        return Question.TITLE
    if count_of(work, draft.chat.id, plan) is None:
        return Question.BASE
    return Question.DEADLINE if draft.data.get("asks_deadline") else None
