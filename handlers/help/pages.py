"""Pages of the help: each reader sees what they may do themselves."""

from __future__ import annotations

from bot.context import Context, ListedCommand
from bot.domain.refusal import Refused
from bot.message.face import Face
from bot.message.words import Html, Words
from bot.person.rights import Who
from bot.steps import JOBS
from handlers.help import faces
from handlers.help.payloads import CommandsPage, HowPage, OrganisersPage, StartPage


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
        _commands(context, for_organisers=True) if theirs else None,
        context.words,
    )


async def _is_organiser(context: Context) -> bool:
    return await context.find_group() is not None and await context.is_organiser()


def _commands(context: Context, *, for_organisers: bool) -> Html:
    return Html(
        "\n".join(
            _line(command, context.words)
            for command in context.services.features.commands
            # Nobody types /start: Telegram sends it.
            if (command.right.who is Who.ORGANISERS) is for_organisers and command.name != "start"
        )
    )


def _line(command: ListedCommand, words: Words) -> Html:
    return words("help.command", name=command.name, summary=words.plain(command.summary))
