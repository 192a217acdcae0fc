"""Paper: sheets to sign by hand, and the ledger of what came back on them."""

from __future__ import annotations

from bot.feature import Audience, Command, Feature
from bot.steps import SheetStep
from handlers.elections.paper import buttons, commands, pages, payloads

PAPER = Feature(
    name="elections.paper",
    commands=(
        Command("sheet", commands.sheet, "paper.menu.sheet", audience=Audience.ORGANISERS),
        Command("paper", commands.paper, "paper.menu.paper", audience=Audience.ORGANISERS),
    ),
    buttons={
        payloads.ForCandidate: buttons.candidate_chosen,
        payloads.ForBuilding: buttons.building_chosen,
        payloads.IssueSheet: buttons.issued,
        payloads.DropOrder: buttons.dropped,
        payloads.SendSheet: buttons.wanted_again,
        payloads.EnterOut: buttons.out_entered,
        payloads.EnterReturned: buttons.returned_entered,
        payloads.EnterCheck: buttons.check_entered,
        payloads.EnterVoid: buttons.void_entered,
        payloads.SetAccepted: buttons.accepted_entered,
        payloads.SetCountedBy: buttons.counting_chosen,
        payloads.SetValidity: buttons.validity_chosen,
        payloads.SetIdentity: buttons.identity_chosen,
    },
    pages={
        payloads.OrderPage: pages.order_page,
        payloads.OrderForPage: pages.order_for_page,
        payloads.ToPrivatePage: pages.to_private_page,
        payloads.ChoicePage: pages.choice_page,
        payloads.AcceptedPage: pages.accepted_page,
        payloads.LedgerPage: pages.ledger_page,
        payloads.SheetPage: pages.sheet_page,
        payloads.FilledPage: pages.filled_page,
        payloads.ValidPage: pages.valid_page,
        payloads.CheckPage: pages.check_page,
        payloads.SettingsPage: pages.settings_page,
    },
    steps={SheetStep: buttons.sheet_wanted},
)
