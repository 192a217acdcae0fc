"""Announcing an action: in one line, or step by step."""

from __future__ import annotations

from bot.domain.moments.answered import answered_line
from bot.feature import Answers, Command, Feature, TapBy
from bot.person.rights import AUTHOR, EVERYONE
from bot.steps import AnnounceStep
from handlers.actions.announcing import buttons, commands, payloads
from handlers.actions.drafting.payloads import DayPage, HourPage, WordsPage

ACTIONS_ANNOUNCING = Feature(
    name="actions.announcing",
    commands=(
        Command(
            "action",
            commands.action,
            "actions.menu.action",
            EVERYONE,
            ephemeral=False,
            answers=Answers(answered_line, pages=(DayPage, HourPage, WordsPage)),
        ),
    ),
    buttons={
        payloads.Begin: TapBy(buttons.begun, EVERYONE),
        payloads.Publish: TapBy(buttons.published, right=AUTHOR),
    },
    steps={AnnounceStep: buttons.begun},
)
