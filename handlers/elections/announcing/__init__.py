"""Announcing an election: among how many, by which rule, who signs and until when."""

from __future__ import annotations

from bot.domain.answered import after_numbers
from bot.feature import Answers, Close, Command, Feature, Page, Show, Tap, TapBy, Typed
from bot.person.rights import AUTHOR, ORGANISERS, ORGANISERS_OF_DRAFT
from handlers.elections.announcing import buttons, commands, faces, payloads, use_cases

ANNOUNCING = Feature(
    name="elections.announcing",
    commands=(
        Command(
            "elect",
            commands.elect,
            "elections.menu.elect",
            right=ORGANISERS,
            ephemeral=False,
            answers=Answers(after_numbers),
        ),
    ),
    buttons={
        payloads.ChooseRule: Tap(
            use_cases.choose_rule, Show(payloads.PreviewPage), ORGANISERS_OF_DRAFT
        ),
        payloads.ChooseCounted: Tap(
            use_cases.choose_counted, Show(payloads.PreviewPage), ORGANISERS_OF_DRAFT
        ),
        payloads.ChooseForEach: Tap(
            use_cases.choose_for_each, Show(payloads.ElectorsPage), ORGANISERS_OF_DRAFT
        ),
        payloads.ChooseNewcomers: Tap(
            use_cases.choose_newcomers, Show(payloads.ElectorsPage), ORGANISERS_OF_DRAFT
        ),
        payloads.SetDraftDeadline: Tap(
            use_cases.choose_deadline, Show(payloads.PreviewPage), ORGANISERS_OF_DRAFT
        ),
        payloads.Publish: TapBy(buttons.published, ORGANISERS_OF_DRAFT),
        payloads.DropDraft: Tap(use_cases.drop_draft, Close("frame.dropped"), AUTHOR),
    },
    pages={
        payloads.PreviewPage: Page(use_cases.preview, faces.draw_preview, ORGANISERS_OF_DRAFT),
        payloads.RulePage: Page(use_cases.preview, faces.draw_rule_page, ORGANISERS_OF_DRAFT),
        payloads.ElectorsPage: Page(
            use_cases.preview, faces.draw_electors_page, ORGANISERS_OF_DRAFT
        ),
        payloads.DraftDeadlinePage: Page(
            use_cases.preview, faces.draw_deadline_page, ORGANISERS_OF_DRAFT
        ),
        payloads.TypeDraftDeadlinePage: Page(
            use_cases.ask_deadline, faces.draw_typing, ORGANISERS_OF_DRAFT, writes=True
        ),
    },
    typed={use_cases.DEADLINE_FLOW: Typed(commands.deadline_typed, ORGANISERS_OF_DRAFT)},
)
