"""Pages of the help: each reader sees what they may do themselves."""

from __future__ import annotations

from bot.context import Context, ListedCommand
from bot.domain.refusal import Refused
from bot.message.face import Face
from bot.person.rights import Who
from bot.steps import JOBS, HowStep, SettingsStep
from handlers.help import faces
from handlers.help.payloads import (
    Begin,
    CommandsPage,
    HowPage,
    OpenSettings,
    OrganisersPage,
    StartPage,
)


async def start(context: Context, _page: StartPage) -> Face:
    """Whoever is an organiser of this group sees that there is more."""
    invitation = None
    if not context.place.is_group:
        invitation = f"https://t.me/{context.client.username}?startgroup=true"
    is_organiser = await _is_organiser(context)
    return faces.draw_start(context.words, is_organiser=is_organiser, invitation=invitation)


async def how(context: Context, page: HowPage) -> Face:
    """In private, before it is known for which group, organisers aren't told apart: the first step does."""
    if page.job not in JOBS:
        raise Refused("frame.refused.unknown_thing")
    may_be = await context.find_group() is None or await context.is_organiser()
    return faces.draw_how(page.job, context.words, is_organiser=may_be)


async def organisers(context: Context, _page: OrganisersPage) -> Face:
    return faces.draw_organisers(_commands(context, for_organisers=True), context.words)


async def commands(context: Context, _page: CommandsPage) -> Face:
    theirs = await _is_organiser(context)
    return faces.draw_commands(
        _commands(context, for_organisers=False),
        _commands(context, for_organisers=True) if theirs else [],
        context.words,
    )


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


async def _is_organiser(context: Context) -> bool:
    return await context.find_group() is not None and await context.is_organiser()


def _commands(context: Context, *, for_organisers: bool) -> list[ListedCommand]:
    return [
        command
        for command in context.services.features.commands
        # Nobody types /start: Telegram sends it.
        if (command.right.who is Who.ORGANISERS) is for_organisers and command.name != "start"
    ]
