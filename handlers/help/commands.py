"""What people type to learn what the bot does."""

from __future__ import annotations

from bot.context import Context
from bot.feature import Audience, Command
from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs


async def help_(context: Context, _typed: str) -> None:
    """`/help`, and `/start` for somebody who comes by themselves."""
    in_group = context.place.is_group
    parts = [
        context.words("help.group" if in_group else "help.private"),
        _commands(context, Audience.EVERYONE),
        context.words("help.organisers"),
        _commands(context, Audience.ORGANISERS),
        context.words("help.privacy"),
    ]
    buttons: tuple[tuple[Button, ...], ...] = ()
    if not in_group:
        address = f"https://t.me/{context.client.username}?startgroup=true"
        buttons = ((Button(context.words.plain("help.button.add"), address),),)
    await context.show(Face(paragraphs(*parts), buttons))


def _commands(context: Context, audience: Audience) -> Html:
    return Html(
        "\n".join(
            _line(command, context.words)
            for feature in context.services.features
            for command in feature.commands
            # Nobody types /start: Telegram sends it.
            if command.audience is audience and command.name != "start"
        )
    )


def _line(command: Command, words: Words) -> Html:
    return words("help.command", name=command.name, summary=words.plain(command.summary))
