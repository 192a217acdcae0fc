"""Elections: neighbours sign for a representative until enough of the residents have."""

from __future__ import annotations

from bot.feature import Audience, CardView, Command, Feature, View
from handlers.elections import buttons, cards, commands, pages, payloads
from handlers.elections.use_cases import (
    CARD,
    REACHED_POST,
    RESULT_POST,
    load_card,
    load_reached,
)

ELECTIONS = Feature(
    name="elections",
    commands=(
        Command(
            "elect",
            commands.elect,
            "elections.menu.elect",
            audience=Audience.ORGANISERS,
            ephemeral=False,
        ),
        Command("election", commands.election, "elections.menu.election"),
        # Named on every card; the menu stays short.
        Command("stand", commands.stand, "elections.menu.stand", in_menu=False),
    ),
    buttons={
        payloads.Publish: buttons.published,
        payloads.DropDraft: buttons.dropped,
        payloads.Stand: buttons.stood,
        payloads.Sign: buttons.signed,
        payloads.Withdraw: buttons.withdrawn,
        payloads.CloseElection: buttons.closed,
    },
    pages={
        payloads.PreviewPage: pages.preview_page,
        payloads.StandPage: pages.stand_page,
        payloads.StandInPage: pages.stand_in_page,
        payloads.SignPage: pages.sign_page,
        payloads.ConfirmPage: pages.confirm_page,
        payloads.ManagePage: pages.manage_page,
        payloads.ClosePage: pages.close_page,
        payloads.ListPage: pages.list_page,
    },
    cards={CARD: CardView(load_card, cards.draw_card, is_pinned=lambda shown: shown.is_open)},
    posts={
        REACHED_POST: View(load_reached, cards.draw_reached),
        RESULT_POST: View(load_card, cards.draw_result),
    },
)
