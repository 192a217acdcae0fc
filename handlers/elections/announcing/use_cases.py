"""How an election is begun: what was typed and asked, by which rule, among how many. On a unit of work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.elections.buildings import Count
from bot.domain.elections.plan import MOST_OPEN, Plan, read_plan, read_title
from bot.domain.elections.rule import PRESETS, Counted, Rule
from bot.domain.refusal import Refused
from bot.later import first_key
from bot.person.drafts import (
    end_draft,
    keep_draft,
)
from bot.safety.codes import vouch
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.announcing.drafts import (
    NEW_FLOW,
    change_plan,
    close_at,
    count_of,
    open_plan,
    plan_in,
    to_keep,
)
from handlers.elections.heart.count.counting import keep_base
from handlers.elections.heart.count.publishing import begin
from handlers.elections.heart.deadlines import (
    preset_moment,
    put_deadline,
    require_ahead,
)
from handlers.elections.heart.keys import new_wrapped_key
from handlers.elections.heart.posts import post
from storage.elections import elections
from storage.elections.elections import ElectionRow


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
    is_asked = not plan.title or count_of(work, chat_id, plan) is None
    return keep_draft(work, chat_id, NEW_FLOW, to_keep(plan) | {"asks_deadline": is_asked})


def preview(work: PersonalWork, draft_id: int) -> Preview:
    """The election in a draft."""
    draft = open_plan(work, draft_id)
    plan = plan_in(draft)
    count = _require_count(work, draft.chat.id, plan)
    return Preview(draft_id, plan, count, work.today(draft.chat.id))


def choose_rule(work: PersonalWork, draft_id: int, preset: str) -> None:
    """Let another rule hold, one of the presets by its name."""
    if preset not in PRESETS:
        raise Refused("frame.refused.unknown_thing")
    draft = open_plan(work, draft_id)
    change_plan(work, draft, replace(plan_in(draft), rule=PRESETS[preset]))


def choose_counted(work: PersonalWork, draft_id: int, counted: str) -> None:
    """Say whom the base counts. A fixed number has to be typed."""
    draft = open_plan(work, draft_id)
    plan = plan_in(draft)
    if counted not in set(Counted) or (counted == Counted.FIXED and plan.base is None):
        raise Refused("frame.refused.unknown_thing")
    change_plan(work, draft, replace(plan, rule=plan.rule.of(Counted(counted))))


def choose_for_each(work: PersonalWork, draft_id: int, each: bool) -> None:
    """Say whether one person signs once for each candidate, or once in all."""
    draft = open_plan(work, draft_id)
    change_plan(work, draft, replace(plan_in(draft), for_each=each))


def choose_newcomers(work: PersonalWork, draft_id: int, may: bool) -> None:
    """Say whether those who join later may sign too."""
    draft = open_plan(work, draft_id)
    change_plan(work, draft, replace(plan_in(draft), newcomers_sign=may))


def choose_deadline(work: PersonalWork, draft_id: int, preset: str) -> None:
    """Say when signing ends, by one of the presets; one of them is "no end"."""
    draft = open_plan(work, draft_id)
    closes = preset_moment(preset, work.now, ZoneInfo(draft.chat.timezone))
    close_at(work, draft, closes)


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, open_plan(work, draft_id), is_dropped=True)


def publish(work: PersonalWork, draft_id: int) -> int:
    """Make the draft an election and post its card. Gives the election's id."""
    draft = open_plan(work, draft_id)
    plan = plan_in(draft)
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


def _require_count(work: UnitOfWork, chat_id: int, plan: Plan) -> Count:
    count = count_of(work, chat_id, plan)
    if count is None:
        raise Refused("elections.refused.no_base")
    return count


def _require_room(work: UnitOfWork, chat_id: int) -> None:
    if len(elections.open_in(work.session, chat_id)) >= MOST_OPEN:
        raise Refused("elections.refused.too_many_open", most=MOST_OPEN)
