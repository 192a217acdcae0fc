"""Announcing an election: among how many, by which rule, who signs and until when."""

from __future__ import annotations

from bot.domain.answered import after_numbers
from bot.domain.moments.answered import answered_moment
from bot.feature import (
    Answers,
    Close,
    Command,
    Feature,
    Page,
    PageBy,
    Show,
    Tap,
    TapBy,
    Typed,
)
from bot.person.rights import (
    AUTHOR,
    EVERYONE,
    ORGANISERS,
    ORGANISERS_OF_CHAT,
    ORGANISERS_OF_DRAFT,
)
from bot.steps import SignaturesStep
from handlers.elections.announcing import (
    asking,
    buttons,
    commands,
    drafts,
    faces,
    pages,
    payloads,
    use_cases,
)

ANNOUNCING = Feature(
    name="elections.announcing",
    commands=(
        Command(
            "elect",
            commands.elect,
            "elections.menu.elect",
            right=ORGANISERS,
            ephemeral=False,
            answers=Answers(
                after_numbers,
                pages=(payloads.TitlePage, payloads.BasePage, payloads.DraftDeadlinePage),
            ),
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
        payloads.Begin: TapBy(buttons.begun, ORGANISERS_OF_CHAT),
        payloads.OfferedTitle: TapBy(buttons.title_chosen, ORGANISERS_OF_DRAFT),
        payloads.ChooseBase: TapBy(buttons.base_chosen, ORGANISERS_OF_DRAFT),
        payloads.SetDraftDeadline: TapBy(buttons.deadline_chosen, ORGANISERS_OF_DRAFT),
        payloads.Publish: TapBy(buttons.published, ORGANISERS_OF_DRAFT),
        payloads.DropDraft: Tap(use_cases.drop_draft, Close("frame.dropped"), AUTHOR),
    },
    pages={
        payloads.PreviewPage: Page(use_cases.preview, faces.draw_preview, ORGANISERS_OF_DRAFT),
        payloads.RulePage: Page(use_cases.preview, faces.draw_rule_page, ORGANISERS_OF_DRAFT),
        payloads.ElectorsPage: Page(
            use_cases.preview, faces.draw_electors_page, ORGANISERS_OF_DRAFT
        ),
        payloads.MeaningPage: Page(use_cases.preview, faces.draw_meaning_page, ORGANISERS_OF_DRAFT),
        payloads.NonePage: PageBy(pages.none_page, EVERYONE),
        payloads.TitlePage: PageBy(pages.title_page, ORGANISERS_OF_DRAFT),
        payloads.BasePage: Page(asking.asked, faces.draw_base_page, ORGANISERS_OF_DRAFT),
        payloads.DraftDeadlinePage: Page(
            asking.asked, faces.draw_deadline_page, ORGANISERS_OF_DRAFT
        ),
        payloads.TypeTitlePage: Page(
            asking.ask_title, faces.draw_title_typing, ORGANISERS_OF_DRAFT, writes=True
        ),
        payloads.TypeBasePage: Page(
            asking.ask_base, faces.draw_base_typing, ORGANISERS_OF_DRAFT, writes=True
        ),
        payloads.TypeDraftDeadlinePage: Page(
            asking.ask_deadline, faces.draw_deadline_typing, ORGANISERS_OF_DRAFT, writes=True
        ),
    },
    typed={
        drafts.NEW_FLOW: Typed(
            commands.answer_typed,
            ORGANISERS_OF_DRAFT,
            merge=answered_moment,
            asks=commands.asked_next,
        ),
        asking.DEADLINE_FLOW: Typed(
            commands.deadline_typed, ORGANISERS_OF_DRAFT, merge=answered_moment
        ),
    },
    steps={SignaturesStep: buttons.signatures_wanted},
)
