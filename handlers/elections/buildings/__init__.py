"""Buildings: who lives here, and so how many signatures an election needs."""

from __future__ import annotations

from bot.feature import Command, DueSource, Feature, PageBy, TapBy
from bot.person.rights import ORGANISERS
from handlers.elections.buildings import buttons, commands, due, pages, payloads

BUILDINGS = Feature(
    name="elections.buildings",
    commands=(
        Command(
            "buildings",
            commands.buildings,
            "buildings.menu.buildings",
            right=ORGANISERS,
        ),
    ),
    buttons={payloads.RemoveBuilding: TapBy(buttons.removed)},
    pages={
        payloads.ListPage: PageBy(pages.list_page),
        payloads.HowPage: PageBy(pages.how_page),
        payloads.RemovePage: PageBy(pages.remove_page),
    },
    due=(DueSource(due.move_due_bases, due.next_base_due),),
)
