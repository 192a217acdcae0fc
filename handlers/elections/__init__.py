"""Elections: neighbours sign for a representative until enough of the residents have."""

from __future__ import annotations

from bot.feature import Audience, CardView, Command, DueSource, Feature, View
from handlers.elections import buttons, cards, commands, pages, payloads
from handlers.elections.posting import BASE_POST, CARD, REACHED_POST
from handlers.elections.use_cases import (
    load_base,
    load_card,
    load_reached,
    move_due_bases,
    next_base_due,
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
        # Named on every card; the menu stays short.
        Command("stand", commands.stand, "elections.menu.stand", in_menu=False),
    ),
    buttons={
        payloads.ChooseRule: buttons.rule_chosen,
        payloads.ChooseCounted: buttons.counted_chosen,
        payloads.Publish: buttons.published,
        payloads.DropDraft: buttons.dropped,
        payloads.Stand: buttons.stood,
        payloads.Sign: buttons.signed,
        payloads.SignInBuilding: buttons.signed_in_building,
        payloads.Withdraw: buttons.withdrawn,
        payloads.FreezeBase: buttons.base_frozen,
        payloads.CloseElection: buttons.closed,
    },
    pages={
        payloads.PreviewPage: pages.preview_page,
        payloads.RulePage: pages.rule_page,
        payloads.StandPage: pages.stand_page,
        payloads.StandInPage: pages.stand_in_page,
        payloads.SignPage: pages.sign_page,
        payloads.ConfirmPage: pages.confirm_page,
        payloads.BuildingsPage: pages.buildings_page,
        payloads.ManagePage: pages.manage_page,
        payloads.FreezePage: pages.freeze_page,
        payloads.ClosePage: pages.close_page,
    },
    cards={
        CARD: CardView(
            load_card,
            cards.draw_card,
            is_pinned=lambda shown: shown.is_open,
            hallmark=payloads.ManagePage,
        )
    },
    posts={
        REACHED_POST: View(load_reached, cards.draw_reached),
        BASE_POST: View(load_base, cards.draw_base),
    },
    due=(DueSource(move_due_bases, next_base_due),),
)
