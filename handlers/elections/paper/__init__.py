"""Paper: sheets to sign by hand, and the ledger of what came back on them."""

from __future__ import annotations

from bot.feature import Command, Feature, PageBy, TapBy
from bot.person.rights import ORGANISERS
from bot.steps import SheetStep
from handlers.elections.paper import buttons, commands, pages, payloads

PAPER = Feature(
    name="elections.paper",
    commands=(
        Command("sheet", commands.sheet, "paper.menu.sheet", right=ORGANISERS),
        Command("paper", commands.paper, "paper.menu.paper", right=ORGANISERS),
    ),
    buttons={
        payloads.ForCandidate: TapBy(buttons.candidate_chosen),
        payloads.ForBuilding: TapBy(buttons.building_chosen),
        payloads.IssueSheet: TapBy(buttons.issued),
        payloads.DropOrder: TapBy(buttons.dropped),
        payloads.SendSheet: TapBy(buttons.wanted_again),
        payloads.EnterOut: TapBy(buttons.out_entered),
        payloads.EnterReturned: TapBy(buttons.returned_entered),
        payloads.EnterCheck: TapBy(buttons.check_entered),
        payloads.EnterVoid: TapBy(buttons.void_entered),
        payloads.SetAccepted: TapBy(buttons.accepted_entered),
        payloads.SetCountedBy: TapBy(buttons.counting_chosen),
        payloads.SetValidity: TapBy(buttons.validity_chosen),
        payloads.SetIdentity: TapBy(buttons.identity_chosen),
    },
    pages={
        payloads.OrderPage: PageBy(pages.order_page),
        payloads.OrderForPage: PageBy(pages.order_for_page),
        payloads.ToPrivatePage: PageBy(pages.to_private_page),
        payloads.ChoicePage: PageBy(pages.choice_page),
        payloads.AcceptedPage: PageBy(pages.accepted_page),
        payloads.LedgerPage: PageBy(pages.ledger_page),
        payloads.SheetPage: PageBy(pages.sheet_page),
        payloads.FilledPage: PageBy(pages.filled_page),
        payloads.ValidPage: PageBy(pages.valid_page),
        payloads.CheckPage: PageBy(pages.check_page),
        payloads.SettingsPage: PageBy(pages.settings_page),
    },
    steps={SheetStep: buttons.sheet_wanted},
)
