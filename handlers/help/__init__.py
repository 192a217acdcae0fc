"""Help: what the bot does, in a few lines, from what the features say of themselves."""

from __future__ import annotations

from bot.feature import Command, Feature
from handlers.help import commands

HELP = Feature(
    name="help",
    commands=(
        Command("help", commands.help_, "help.menu.help", ephemeral=False, in_private=True),
        Command("start", commands.help_, "help.menu.help", in_private=True, in_menu=False),
    ),
)
