"""How an election is begun: what was typed and asked, by which rule, among how many. On a unit of work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.elections.buildings import Count
from bot.domain.elections.plan import MOST_OPEN, Plan, read_base, read_plan, read_title
from bot.domain.elections.rule import PRESETS, Counted, Rule, rule_from_json
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, write_moment
from bot.later import first_key
from bot.message.moment import kept_moment
from bot.person.drafts import (
    OpenDraft,
    change_draft,
    end_draft,
    keep_draft,
    open_draft,
)
from bot.safety.codes import vouch
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.count.counting import keep_base
from handlers.elections.heart.count.publishing import begin
from handlers.elections.heart.deadlines import (
    preset_moment,
    put_deadline,
    require_ahead,
    typed_moment,
)
from handlers.elections.heart.keys import new_wrapped_key
from handlers.elections.heart.posts import post
from storage.elections import buildings, elections
from storage.elections.elections import ElectionRow

NEW_FLOW = "elections.new"
DEADLINE_FLOW = "elections.new_deadline"


class Question(StrEnum):
    """What an organiser is asked before the preview, in this order."""

    TITLE = "title"
    BASE = "base"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class Preview:
    """An election before it is one."""

    draft_id: int
    plan: Plan
    count: Count
    # By the chat's clock.
    today: date

    @property
    def rule(self) -> Rule:
        return self.plan.rule


@dataclass(frozen=True)
class Asked:
    """A question about an election that is begun, and what is known so far."""

    draft_id: int
    title: str
    # What the chat speaks: everyone will read the title.
    language: str
    # Everything is known, so this changes something.
    is_whole: bool


def has_any(work: PersonalWork) -> bool:
    """Whether an election is under way in this chat."""
    chat = work.find_chat_here()
    return chat is not None and bool(elections.open_in(work.session, chat.id))


def chat_to_begin_in(work: PersonalWork) -> int | None:
    """Our id of this chat, where the bot knows it."""
    chat = work.find_chat_here()
    return chat.id if chat else None


def begin_by_buttons(work: PersonalWork, chat_id: int) -> int:
    """Begin with nothing, where the person may touch this chat from here. Gives the draft's id."""
    return _draft(work, work.reach(chat_id).id, "")


def draft_election(work: PersonalWork, typed: str) -> int:
    """Read what was typed after /elect, which may be nothing, and keep it. Gives the draft's id."""
    return _draft(work, work.chat_here().id, typed)


def _draft(work: PersonalWork, chat_id: int, typed: str) -> int:
    """Whoever is asked for something is asked for a deadline too."""
    plan = read_plan(typed)
    _require_room(work, chat_id)
    is_asked = not plan.title or _count(work, chat_id, plan) is None
    return keep_draft(work, chat_id, NEW_FLOW, _to_keep(plan) | {"asks_deadline": is_asked})


def next_question(work: PersonalWork, draft_id: int) -> Question | None:
    """What is to be asked next; None where all is known."""
    return _missing(work, _open(work, draft_id))


def asked(work: PersonalWork, draft_id: int) -> Asked:
    """A draft to ask about."""
    draft = _open(work, draft_id)
    is_whole = _missing(work, draft) is None
    return Asked(draft_id, _plan_in(draft).title, draft.chat.language, is_whole)


def ask_title(work: PersonalWork, draft_id: int) -> Asked:
    """The next private message is the title."""
    return _listen(work, draft_id, Question.TITLE)


def ask_base(work: PersonalWork, draft_id: int) -> Asked:
    """The next private message is how many live here."""
    return _listen(work, draft_id, Question.BASE)


def _listen(work: PersonalWork, draft_id: int, question: Question) -> Asked:
    draft = _open(work, draft_id)
    change_draft(work, draft, {**draft.data, "awaits": question.value}, awaits_typing=True)
    return asked(work, draft_id)


def read_answer(work: PersonalWork, draft_id: int, typed: str) -> int:
    """Take what was typed for the question that was asked last. Gives the draft's id."""
    draft = _open(work, draft_id)
    if draft.data.get("awaits") == Question.TITLE:
        choose_title(work, draft_id, typed)
    else:
        choose_base(work, draft_id, read_base(typed))
    return draft_id


def choose_title(work: PersonalWork, draft_id: int, title: str) -> None:
    """Say what neighbours will sign for."""
    draft = _open(work, draft_id)
    _change(work, draft, replace(_plan_in(draft), title=read_title(title)))


def choose_base(work: PersonalWork, draft_id: int, base: int) -> None:
    """Say how many live here."""
    draft = _open(work, draft_id)
    plan = _plan_in(draft)
    plan.rule.needed(base)
    _change(work, draft, replace(plan, base=base))


def preview(work: PersonalWork, draft_id: int) -> Preview:
    """The election in a draft."""
    draft = _open(work, draft_id)
    plan = _plan_in(draft)
    count = _require_count(work, draft.chat.id, plan)
    return Preview(draft_id, plan, count, work.today(draft.chat.id))


def choose_rule(work: PersonalWork, draft_id: int, preset: str) -> None:
    """Let another rule hold, one of the presets by its name."""
    if preset not in PRESETS:
        raise Refused("frame.refused.unknown_thing")
    draft = _open(work, draft_id)
    _change(work, draft, replace(_plan_in(draft), rule=PRESETS[preset]))


def choose_counted(work: PersonalWork, draft_id: int, counted: str) -> None:
    """Say whom the base counts. A fixed number has to be typed."""
    draft = _open(work, draft_id)
    plan = _plan_in(draft)
    if counted not in set(Counted) or (counted == Counted.FIXED and plan.base is None):
        raise Refused("frame.refused.unknown_thing")
    _change(work, draft, replace(plan, rule=plan.rule.of(Counted(counted))))


def choose_for_each(work: PersonalWork, draft_id: int, each: bool) -> None:
    """Say whether one person signs once for each candidate, or once in all."""
    draft = _open(work, draft_id)
    _change(work, draft, replace(_plan_in(draft), for_each=each))


def choose_newcomers(work: PersonalWork, draft_id: int, may: bool) -> None:
    """Say whether those who join later may sign too."""
    draft = _open(work, draft_id)
    _change(work, draft, replace(_plan_in(draft), newcomers_sign=may))


def choose_deadline(work: PersonalWork, draft_id: int, preset: str) -> None:
    """Say when signing ends, by one of the presets; one of them is "no end"."""
    draft = _open(work, draft_id)
    closes = preset_moment(preset, work.now, ZoneInfo(draft.chat.timezone))
    _close_at(work, draft, closes)


def ask_deadline(work: PersonalWork, draft_id: int) -> Asked:
    """Wait for a deadline of the person's own: their next private message says it."""
    draft = _open(work, draft_id)
    keep_draft(work, draft.chat.id, DEADLINE_FLOW, {"draft": draft_id}, awaits_typing=True)
    return asked(work, draft_id)


def read_deadline(work: PersonalWork, draft_id: int, typed: str) -> int:
    """Put the deadline that came into the election's draft. Returns that draft's id."""
    question = open_draft(work, draft_id, DEADLINE_FLOW)
    draft = _open(work, int(question.data["draft"]))
    closes = typed_moment(typed, work.now, ZoneInfo(draft.chat.timezone))
    _close_at(work, draft, closes)
    end_draft(work, question)
    return draft.id


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, draft_id), is_dropped=True)


def publish(work: PersonalWork, draft_id: int) -> int:
    """Make the draft an election and post its card. Gives the election's id."""
    draft = _open(work, draft_id)
    plan = _plan_in(draft)
    chat_id = draft.chat.id
    _require_room(work, chat_id)
    read_title(plan.title)
    count = _require_count(work, chat_id, plan)
    if plan.closes is not None:
        require_ahead(plan.closes, work.now)
    end_draft(work, draft)
    election = ElectionRow(
        chat_id=chat_id,
        thread_id=work.thread_in(chat_id),
        title=plan.title,
        base=count.base,
        is_base_typed=plan.base is not None,
        is_provisional=count.is_provisional,
        rule=plan.rule.to_json(),
        for_each=plan.for_each,
        newcomers_sign=plan.newcomers_sign,
    )
    election_id = elections.add(work.session, election)
    election.wrapped_key = new_wrapped_key(work, election_id, for_each=plan.for_each)
    vouch(work.keys, election)
    work.session.add(election)
    keep_base(work, election)
    begin(work, election)
    put_deadline(work, election, plan.closes)
    post(work, election, elections.CARD, election_id, key=first_key(elections.CARD, election_id))
    return election_id


def _missing(work: UnitOfWork, draft: OpenDraft) -> Question | None:
    plan = _plan_in(draft)
    if not plan.title:
        return Question.TITLE
    if _count(work, draft.chat.id, plan) is None:
        return Question.BASE
    return Question.DEADLINE if draft.data.get("asks_deadline") else None


def _count(work: UnitOfWork, chat_id: int, plan: Plan) -> Count | None:
    """The base: the number that was given, else what the buildings make together."""
    if plan.base is not None:
        return Count(plan.base, is_provisional=plan.rule.counted is not Counted.FIXED)
    return buildings.count(work.session, chat_id)


def _require_count(work: UnitOfWork, chat_id: int, plan: Plan) -> Count:
    count = _count(work, chat_id, plan)
    if count is None:
        raise Refused("elections.refused.no_base")
    return count


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, NEW_FLOW)


def _change(work: PersonalWork, draft: OpenDraft, plan: Plan) -> None:
    change_draft(work, draft, {**draft.data, **_to_keep(plan)}, awaits_typing=False)


def _close_at(work: PersonalWork, draft: OpenDraft, closes: Moment | None) -> None:
    kept = {**draft.data, **_to_keep(replace(_plan_in(draft), closes=closes))}
    change_draft(work, draft, kept | {"asks_deadline": False}, awaits_typing=False)


def _to_keep(plan: Plan) -> dict[str, object]:
    return {
        "base": plan.base,
        "title": plan.title,
        "rule": plan.rule.to_json(),
        "for_each": plan.for_each,
        "newcomers_sign": plan.newcomers_sign,
        "closes_at": write_moment(plan.closes) if plan.closes else None,
    }


def _plan_in(draft: OpenDraft) -> Plan:
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


def _require_room(work: UnitOfWork, chat_id: int) -> None:
    if len(elections.open_in(work.session, chat_id)) >= MOST_OPEN:
        raise Refused("elections.refused.too_many_open", most=MOST_OPEN)
