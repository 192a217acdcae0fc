"""Sheets to sign by hand: ordered, entered into the ledger, and sent to be printed."""

from __future__ import annotations

from bot.domain.answered import after_numbers
from bot.feature import Answers, Close, Command, Feature, Page, PageBy, Show, Tap, TapBy
from bot.person.rights import EVERYONE, ORGANISERS, ORGANISERS_OF_DRAFT
from bot.steps import SheetStep
from handlers.elections.heart.rights import ORGANISERS_OF_ELECTION
from handlers.elections.paper.printing import buttons, commands, faces, pages, payloads, use_cases
from handlers.elections.paper.rights import ORGANISERS_OF_SHEET
from handlers.elections.paper.use_cases import sheet_seen

PAPER_PRINTING = Feature(
    name="elections.paper.printing",
    commands=(
        Command(
            "sheet",
            commands.sheet,
            "paper.printing.menu.sheet",
            right=ORGANISERS,
            answers=Answers(after_numbers),
        ),
    ),
    buttons={
        payloads.OrderSheet: TapBy(buttons.sheet_wanted, right=ORGANISERS_OF_ELECTION),
        payloads.ForElection: TapBy(buttons.election_chosen, right=ORGANISERS_OF_DRAFT),
        payloads.ForCandidate: TapBy(buttons.candidate_chosen, right=ORGANISERS_OF_DRAFT),
        payloads.ForRows: Tap(
            use_cases.choose_rows, Show(payloads.OrderPage), right=ORGANISERS_OF_DRAFT
        ),
        payloads.IssueSheet: TapBy(buttons.issued, right=ORGANISERS_OF_DRAFT),
        payloads.DropOrder: Tap(
            use_cases.drop_order, Close("paper.printing.order.dropped"), right=ORGANISERS_OF_DRAFT
        ),
        payloads.SendSheet: TapBy(buttons.wanted_again, right=ORGANISERS_OF_SHEET),
    },
    pages={
        payloads.OrderPage: Page(use_cases.ordered, faces.draw_order, right=ORGANISERS_OF_DRAFT),
        payloads.OrderGuidePage: PageBy(pages.order_guide_page, right=ORGANISERS_OF_DRAFT),
        # It shows nothing of anybody's, and beneath a file in private nobody could tell whose group it is of.
        payloads.GuidePage: PageBy(pages.guide_page, right=EVERYONE),
        payloads.SentPage: Page(sheet_seen, faces.draw_sent_page, right=ORGANISERS_OF_SHEET),
        payloads.ToPrivatePage: Page(sheet_seen, faces.draw_to_private, right=ORGANISERS_OF_SHEET),
        payloads.FilePage: PageBy(pages.file_page, right=ORGANISERS_OF_SHEET),
    },
    steps={SheetStep: buttons.sheet_wanted},
)
