"""An election that isn't one yet, as its draft keeps it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.elections.buildings import Count
from bot.domain.elections.plan import Plan
from bot.domain.elections.rule import Counted, rule_from_json
from bot.domain.timekeeping.moment import Moment, write_moment
from bot.message.moment import kept_moment
from bot.person.drafts import OpenDraft, change_draft, open_draft
from bot.store import PersonalWork, UnitOfWork
from storage.elections import buildings

NEW_FLOW = "elections.new"


def open_plan(work: PersonalWork, draft_id: int) -> OpenDraft:
    """The draft of an election, for whoever may go on with it. Raises `Refused`."""
    return open_draft(work, draft_id, NEW_FLOW)


def change_plan(work: PersonalWork, draft: OpenDraft, plan: Plan) -> None:
    """Put what was changed into the draft; what was asked last is answered with it."""
    change_draft(work, draft, {**draft.data, **to_keep(plan), "awaits": None}, awaits_typing=False)


def close_at(work: PersonalWork, draft: OpenDraft, closes: Moment | None) -> None:
    """The same for the deadline, which is then answered."""
    kept = {**draft.data, **to_keep(replace(plan_in(draft), closes=closes))}
    change_draft(work, draft, kept | {"asks_deadline": False}, awaits_typing=False)


def to_keep(plan: Plan) -> dict[str, object]:
    """A plan as a draft has it."""
    return {
        "base": plan.base,
        "title": plan.title,
        "rule": plan.rule.to_json(),
        "for_each": plan.for_each,
        "newcomers_sign": plan.newcomers_sign,
        "closes_at": write_moment(plan.closes) if plan.closes else None,
    }


def plan_in(draft: OpenDraft) -> Plan:
    """The plan in a draft."""
    # A draft lives for an hour: one from before an upgrade lacks what is newer.
    closes_at = draft.data.get("closes_at")
    return Plan(
        draft.data["base"],
        draft.data["title"],
        rule_from_json(draft.data["rule"]),
        closes=kept_moment(closes_at) if closes_at else None,
        for_each=draft.data.get("for_each", False),
        newcomers_sign=draft.data.get("newcomers_sign", False),
    )


def count_of(work: UnitOfWork, chat_id: int, plan: Plan) -> Count | None:
    """The base: the number that was given, else what the buildings make together."""
    if plan.base is not None:
        return Count(plan.base, is_provisional=plan.rule.counted is not Counted.FIXED)
    return buildings.count(work.session, chat_id)
