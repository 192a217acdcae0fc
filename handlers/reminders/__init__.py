"""Reminders: what a neighbourhood wants to be told on time, once or again and again."""

from __future__ import annotations

from bot.domain.moments.answered import answered_line
from bot.feature import Answers, Close, Command, Feature, Page, Show, Tap, TapBy, Typed
from bot.person.rights import ORGANISERS, ORGANISERS_OF_DRAFT
from handlers.reminders import buttons, commands, faces, payloads, use_cases
from handlers.reminders.events import HANDLERS
from handlers.reminders.step_by_step import buttons as step_by_step
from handlers.reminders.step_by_step.payloads import DayPage, HourPage

REMINDERS = Feature(
    name="reminders",
    commands=(
        Command(
            "remind",
            commands.remind,
            "reminders.menu.remind",
            right=ORGANISERS,
            ephemeral=False,
            answers=Answers(answered_line, pages=(DayPage, HourPage), keeps_answered=True),
        ),
    ),
    buttons={
        payloads.ChooseReading: TapBy(buttons.reading_chosen, right=ORGANISERS_OF_DRAFT),
        payloads.Switch: Tap(
            use_cases.switch_setting, Show(payloads.PreviewPage), right=ORGANISERS_OF_DRAFT
        ),
        payloads.SetReminder: TapBy(buttons.reminder_set, right=ORGANISERS_OF_DRAFT),
        payloads.DropDraft: Tap(
            use_cases.drop_draft, Close("frame.dropped"), right=ORGANISERS_OF_DRAFT
        ),
    },
    pages={
        payloads.PreviewPage: Page(
            use_cases.preview, faces.draw_preview, right=ORGANISERS_OF_DRAFT
        ),
        payloads.TextPage: Page(
            use_cases.ask_text, faces.draw_ask_text, right=ORGANISERS_OF_DRAFT, writes=True
        ),
        payloads.LabelPage: Page(
            use_cases.ask_label, faces.draw_ask_label, right=ORGANISERS_OF_DRAFT, writes=True
        ),
    },
    typed={
        use_cases.NEW_FLOW: Typed(
            commands.typed_for_draft, ORGANISERS_OF_DRAFT, asks=step_by_step.asked_next
        )
    },
    events=HANDLERS,
)
