"""Buildings: who lives here, and so how many signatures an election needs."""

from __future__ import annotations

from bot.domain.elections.buildings import mended_lines
from bot.feature import Answers, Command, DueSource, Feature, Page, Show, Tap, Typed
from bot.person.rights import ORGANISERS, ORGANISERS_OF_CHAT, ORGANISERS_OF_DRAFT
from handlers.elections.buildings import commands, due, faces, payloads
from handlers.elections.buildings.use_cases import (
    LINES_FLOW,
    ask_lines,
    choice,
    listing,
    remove_building,
)

BUILDINGS = Feature(
    name="elections.buildings",
    commands=(
        Command(
            "buildings",
            commands.buildings,
            "buildings.menu.buildings",
            right=ORGANISERS,
            answers=Answers(mended_lines, pages=(payloads.ListPage,)),
        ),
    ),
    buttons={
        payloads.RemoveBuilding: Tap(
            remove_building, Show(payloads.ListPage), right=ORGANISERS_OF_CHAT
        ),
    },
    pages={
        payloads.ListPage: Page(listing, faces.draw_list, right=ORGANISERS_OF_CHAT),
        payloads.AddPage: Page(ask_lines, faces.draw_add, right=ORGANISERS_OF_CHAT, writes=True),
        payloads.RemovePage: Page(choice, faces.draw_choice, right=ORGANISERS_OF_CHAT),
    },
    typed={LINES_FLOW: Typed(commands.lines_typed, ORGANISERS_OF_DRAFT)},
    due=(DueSource(due.move_due_bases, due.next_base_due),),
)
