"""Elections: neighbours sign for a representative until enough of the residents have."""

from __future__ import annotations

from bot.feature import Card, Command, DueSource, Feature, PageBy, Post, TapBy
from bot.person.rights import ORGANISERS
from handlers.elections import buttons, commands, faces, pages, payloads
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
            right=ORGANISERS,
            ephemeral=False,
        ),
        # Named on every card; the menu stays short.
        Command("stand", commands.stand, "elections.menu.stand", in_menu=False),
    ),
    buttons={
        payloads.ChooseRule: TapBy(buttons.rule_chosen),
        payloads.ChooseCounted: TapBy(buttons.counted_chosen),
        payloads.Publish: TapBy(buttons.published),
        payloads.DropDraft: TapBy(buttons.dropped),
        payloads.Stand: TapBy(buttons.stood),
        payloads.Sign: TapBy(buttons.signed),
        payloads.SignInBuilding: TapBy(buttons.signed_in_building),
        payloads.Withdraw: TapBy(buttons.withdrawn),
        payloads.FreezeBase: TapBy(buttons.base_frozen),
        payloads.CloseElection: TapBy(buttons.closed),
    },
    pages={
        payloads.PreviewPage: PageBy(pages.preview_page),
        payloads.RulePage: PageBy(pages.rule_page),
        payloads.StandPage: PageBy(pages.stand_page),
        payloads.StandInPage: PageBy(pages.stand_in_page),
        payloads.SignPage: PageBy(pages.sign_page),
        payloads.ConfirmPage: PageBy(pages.confirm_page),
        payloads.BuildingsPage: PageBy(pages.buildings_page),
        payloads.ManagePage: PageBy(pages.manage_page),
        payloads.FreezePage: PageBy(pages.freeze_page),
        payloads.ClosePage: PageBy(pages.close_page),
    },
    cards={
        CARD: Card(
            load_card,
            faces.draw_card,
            is_pinned=lambda shown: shown.is_open,
            hallmark=payloads.ManagePage,
        )
    },
    posts={
        REACHED_POST: Post(load_reached, faces.draw_reached),
        BASE_POST: Post(load_base, faces.draw_base),
    },
    due=(DueSource(move_due_bases, next_base_due),),
)
