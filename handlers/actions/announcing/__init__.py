"""Announcing an action: in one line, or step by step."""

from __future__ import annotations

from bot.feature import Command, Feature, TapBy
from bot.person.rights import AUTHOR, EVERYONE
from bot.steps import AnnounceStep
from handlers.actions.announcing import buttons, commands, payloads

ACTIONS_ANNOUNCING = Feature(
    name="actions.announcing",
    commands=(
        Command("action", commands.action, "actions.menu.action", EVERYONE, ephemeral=False),
    ),
    buttons={
        payloads.Begin: TapBy(buttons.begun, EVERYONE),
        payloads.Publish: TapBy(buttons.published, right=AUTHOR),
    },
    steps={AnnounceStep: buttons.begun},
)
