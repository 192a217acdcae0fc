"""Help: what the bot does, in a few lines, from what the features say of themselves."""

from __future__ import annotations

from bot.feature import Command, Feature
from bot.person.rights import EVERYONE
from handlers.help import commands

HELP = Feature(
    name="help",
    commands=(
        Command(
            "help", commands.help_, "help.menu.help", EVERYONE, ephemeral=False, in_private=True
        ),
        Command(
            "start", commands.help_, "help.menu.help", EVERYONE, in_private=True, in_menu=False
        ),
    ),
)
