"""What people type to learn what the bot does."""

from __future__ import annotations

from bot.context import Context, ListedCommand
from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from bot.person.rights import Who


async def help_(context: Context, _typed: str) -> None:
    """`/help`, and `/start` for somebody who comes by themselves."""
    in_group = context.place.is_group
    parts = [
        context.words("help.group" if in_group else "help.private"),
        _commands(context, for_organisers=False),
        context.words("help.organisers"),
        _commands(context, for_organisers=True),
        context.words("help.privacy"),
    ]
    buttons: tuple[tuple[Button, ...], ...] = ()
    if not in_group:
        address = f"https://t.me/{context.client.username}?startgroup=true"
        buttons = ((Button(context.words.plain("help.button.add"), address),),)
    await context.show(Face(paragraphs(*parts), buttons))


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
