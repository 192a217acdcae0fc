"""What people tap in the help to go on elsewhere, and how others lead here."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.steps import JOBS, HowStep, SettingsStep
from handlers.help.payloads import Begin, HowPage, OpenSettings


async def tell_how(context: Context, step: HowStep) -> None:
    """Another feature leads here."""
    await context.show(HowPage(step.job))


async def begin(context: Context, tap: Begin) -> None:
    """The first step of a job; whoever takes it asks for rights."""
    step = JOBS.get(tap.job)
    if step is None:
        raise Refused("frame.refused.unknown_thing")
    await context.begin(step())


async def open_settings(context: Context, _tap: OpenSettings) -> None:
    await context.begin(SettingsStep())
