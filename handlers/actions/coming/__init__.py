"""What is coming in a chat: `/actions`."""

from __future__ import annotations

from bot.feature import Command, Feature, Page
from bot.person.rights import EVERYONE
from handlers.actions.coming import commands, faces, payloads, use_cases

ACTIONS_COMING = Feature(
    name="actions.coming",
    commands=(Command("actions", commands.actions, "actions.menu.actions", EVERYONE),),
    pages={payloads.ListPage: Page(use_cases.coming, faces.draw_list, EVERYONE)},
)
