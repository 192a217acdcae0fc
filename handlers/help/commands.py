"""What people type to learn what the bot does."""

from __future__ import annotations

from bot.context import Context
from bot.person.place import WhichGroup
from handlers.help.payloads import StartPage


async def help_(context: Context, _typed: str) -> None:
    """`/help`, and `/start` for somebody who comes by themselves."""
    await context.show(StartPage())


async def chat(context: Context, _typed: str) -> None:
    """`/chat`: what is typed in private is about another group from now on."""
    if context.place.group is None:
        raise WhichGroup(anew=True)
    await context.show(StartPage())
