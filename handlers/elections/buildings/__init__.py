"""Buildings: who lives here, and so how many signatures an election needs."""

from __future__ import annotations

from bot.feature import Audience, Command, Feature
from handlers.elections.buildings import buttons, commands, pages, payloads

BUILDINGS = Feature(
    name="elections.buildings",
    commands=(
        Command(
            "buildings",
            commands.buildings,
            "buildings.menu.buildings",
            audience=Audience.ORGANISERS,
        ),
    ),
    buttons={payloads.RemoveBuilding: buttons.removed},
    pages={
        payloads.ListPage: pages.list_page,
        payloads.HowPage: pages.how_page,
        payloads.RemovePage: pages.remove_page,
    },
)
