"""What is typed instead of a tap: a moment, an hour, the text, or all at once. Plain functions on a unit of
work."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.formatted import FormattedText
from bot.domain.moments.reading import schedule_or_days
from bot.domain.moments.results import HourWanted, MomentProblem
from bot.person.drafts import OpenDraft, change_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import (
    at_another_hour,
    has_content,
    keep_content,
    keep_schedule,
    on_other_days,
    rest_of,
)
from handlers.reminders.step_by_step.use_cases import hears
from handlers.reminders.use_cases import STEPS, open_new, take_asked


def take_typed(work: PersonalWork, draft_id: int, typed: FormattedText) -> None:
    """Put what was typed where it belongs. Raises `Refused` where it won't do; then it may be typed anew."""
    draft = open_new(work, draft_id)
    if draft.data.get("asks"):
        take_asked(work, draft, typed)
        return
    taken = (
        _hour(draft.data, typed.text)
        or at_another_hour(draft.data, typed.text, work.now)
        or _moment_or_text(work, draft, typed)
    )
    change_draft(work, draft, {**draft.data, **taken}, awaits_typing=hears(work))


def _hour(data: dict[str, Any], typed: str, *, among: bool = False) -> dict[str, Any] | None:
    """The hour of days that are known, read as if it had been typed behind them; alone, or among other words:
    "better at 18"."""
    said, zone = data.get("said"), ZoneInfo(data["timezone"])
    if not said:
        return None
    seen_from = datetime.fromisoformat(data["seen_from"])
    with suppress(MomentProblem):
        reading = schedule_or_days(f"{said} {typed}", now=seen_from, zone=zone)
        is_hour = not isinstance(reading, HourWanted) and (among or not reading.rest.strip())
        return keep_schedule(reading) if is_hour else None
    return None


def _moment_or_text(work: UnitOfWork, draft: OpenDraft, typed: FormattedText) -> dict[str, Any]:
    """A moment, with the text around it; or the text, where none is known yet."""
    try:
        zone = ZoneInfo(draft.data["timezone"])
        reading = schedule_or_days(typed.text, now=work.now, zone=zone)
    except MomentProblem as problem:
        is_asked = problem.key == "moments.missing"
        if is_asked and (hour := _hour(draft.data, typed.text, among=has_content(draft.data))):
            return hour
        if not is_asked or has_content(draft.data):
            raise
        return keep_content(typed, None)
    if isinstance(reading, HourWanted):
        taken = on_other_days(draft.data, reading)
        taken |= STEPS if taken.get("said") else {}
    else:
        taken = {**keep_schedule(reading), "picks": False}
    rest = rest_of(typed, reading).cleaned()
    return {**taken, **keep_content(rest, None)} if rest.text else taken
