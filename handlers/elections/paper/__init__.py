"""Paper: the ledger of the sheets that were signed by hand, and what of them counts."""

from __future__ import annotations

from bot.domain.elections.paper.lines import answered_entry
from bot.feature import Answers, Command, DueSource, Feature, Page, Show, Tap, TapBy
from bot.person.rights import ORGANISERS, ORGANISERS_OF_CHAT
from handlers.elections.heart.rights import (
    ONE_OF_THE_ORGANISERS_OF_CANDIDATE,
    ONE_OF_THE_ORGANISERS_OF_ELECTION,
    ORGANISERS_OF_ELECTION,
)
from handlers.elections.paper import buttons, commands, due, faces, payloads, use_cases
from handlers.elections.paper.rights import ORGANISERS_OF_SHEET

PAPER = Feature(
    name="elections.paper",
    commands=(
        Command(
            "paper",
            commands.paper,
            "paper.menu.paper",
            right=ORGANISERS,
            answers=Answers(answered_entry),
        ),
    ),
    buttons={
        payloads.EnterOut: Tap(
            use_cases.enter_out, Show(payloads.SheetPage), right=ORGANISERS_OF_SHEET
        ),
        payloads.EnterReturned: TapBy(buttons.returned_entered, right=ORGANISERS_OF_SHEET),
        payloads.EnterCheck: Tap(
            use_cases.enter_check, Show(payloads.SheetPage), right=ORGANISERS_OF_SHEET
        ),
        payloads.EnterVoid: Tap(
            use_cases.enter_void, Show(payloads.SheetPage), right=ORGANISERS_OF_SHEET
        ),
        payloads.SetAccepted: TapBy(
            buttons.accepted_entered, right=ONE_OF_THE_ORGANISERS_OF_CANDIDATE
        ),
        payloads.SetCountedBy: TapBy(buttons.counting_set, right=ONE_OF_THE_ORGANISERS_OF_ELECTION),
        payloads.SetValidity: Tap(
            use_cases.set_validity, Show(payloads.SettingsPage), right=ORGANISERS_OF_ELECTION
        ),
        payloads.SetIdentity: Tap(
            use_cases.set_identity, Show(payloads.SettingsPage), right=ORGANISERS_OF_ELECTION
        ),
    },
    pages={
        payloads.ChoicePage: Page(
            use_cases.with_paper_in, faces.draw_choice, right=ORGANISERS_OF_CHAT
        ),
        payloads.AcceptedPage: Page(use_cases.accepted, faces.draw_accepted, right=ORGANISERS),
        payloads.LedgerPage: Page(
            use_cases.ledger, faces.draw_ledger, right=ORGANISERS_OF_ELECTION
        ),
        payloads.SheetPage: Page(
            use_cases.sheet_and_whose, faces.draw_sheet_page, right=ORGANISERS_OF_SHEET
        ),
        payloads.FilledPage: Page(
            use_cases.sheet_seen, faces.draw_filled, right=ORGANISERS_OF_SHEET
        ),
        payloads.ValidPage: Page(
            use_cases.returned_sheet, faces.draw_valid, right=ORGANISERS_OF_SHEET
        ),
        payloads.CheckPage: Page(use_cases.checking, faces.draw_check, right=ORGANISERS_OF_SHEET),
        payloads.SettingsPage: Page(
            use_cases.settings, faces.draw_settings, right=ORGANISERS_OF_ELECTION
        ),
    },
    due=(DueSource(due.count_due_paper, due.next_count),),
)
