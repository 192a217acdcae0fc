"""Setting a reminder step by step, for those who'd rather tap than type."""

from __future__ import annotations

from bot.feature import Feature
from bot.steps import ReminderStep
from handlers.reminders.guiding import buttons, pages, payloads

GUIDING = Feature(
    name="reminders.guiding",
    buttons={
        payloads.ChooseDay: buttons.day_chosen,
        payloads.ChooseTime: buttons.time_chosen,
        payloads.ChooseRepeat: buttons.repeat_chosen,
    },
    pages={
        payloads.DayPage: pages.day_page,
        payloads.HourPage: pages.hour_page,
        payloads.MinutePage: pages.minute_page,
        payloads.RepeatPage: pages.repeat_page,
    },
    steps={ReminderStep: buttons.words_given},
)
