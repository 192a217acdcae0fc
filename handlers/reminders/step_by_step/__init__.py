"""Setting a reminder step by step, for those who'd rather tap than type."""

from __future__ import annotations

from bot.feature import Feature, Page, Show, Tap, TapBy
from bot.person.rights import ORGANISERS_OF_DRAFT
from bot.steps import ReminderStep, RemindStep
from handlers.reminders.step_by_step import buttons, faces, payloads, use_cases

REMINDERS_STEP_BY_STEP = Feature(
    name="reminders.step_by_step",
    buttons={
        payloads.ChooseDay: Tap(
            use_cases.choose_day, Show(payloads.HourPage), right=ORGANISERS_OF_DRAFT
        ),
        payloads.ChooseTime: Tap(
            use_cases.choose_time, Show(payloads.RepeatPage), right=ORGANISERS_OF_DRAFT
        ),
        payloads.ChooseRepeat: TapBy(buttons.repeat_chosen, right=ORGANISERS_OF_DRAFT),
    },
    pages={
        payloads.DayPage: Page(use_cases.days_ahead, faces.draw_days, right=ORGANISERS_OF_DRAFT),
        payloads.HourPage: Page(use_cases.under_way, faces.draw_hours, right=ORGANISERS_OF_DRAFT),
        payloads.MinutePage: Page(
            use_cases.chosen_hour, faces.draw_minutes, right=ORGANISERS_OF_DRAFT
        ),
        payloads.RepeatPage: Page(use_cases.choices, faces.draw_repeats, right=ORGANISERS_OF_DRAFT),
    },
    steps={ReminderStep: buttons.words_given, RemindStep: buttons.reminder_wanted},
)
