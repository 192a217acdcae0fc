"""Setting a reminder step by step, for those who'd rather tap than type."""

from __future__ import annotations

from bot.feature import Feature, PageBy, TapBy
from bot.steps import ReminderStep
from handlers.reminders.guiding import buttons, pages, payloads

GUIDING = Feature(
    name="reminders.guiding",
    buttons={
        payloads.ChooseDay: TapBy(buttons.day_chosen),
        payloads.ChooseTime: TapBy(buttons.time_chosen),
        payloads.ChooseRepeat: TapBy(buttons.repeat_chosen),
    },
    pages={
        payloads.DayPage: PageBy(pages.day_page),
        payloads.HourPage: PageBy(pages.hour_page),
        payloads.MinutePage: PageBy(pages.minute_page),
        payloads.RepeatPage: PageBy(pages.repeat_page),
    },
    steps={ReminderStep: buttons.words_given},
)
