"""Drafts of actions, step by step or typed: what `announcing` publishes and `more` saves as a change."""

from __future__ import annotations

from bot.feature import Close, Feature, Page, Show, Tap, TapBy, Typed
from bot.person.rights import AUTHOR, EVERYONE
from handlers.actions.drafting import buttons, commands, faces, payloads, use_cases
from handlers.actions.drafting.draft import EDIT_FLOW, NEW_FLOW, known

_TYPED = Typed(commands.typed_for_draft, EVERYONE, asks=buttons.asked_next)

ACTIONS_DRAFTING = Feature(
    name="actions.drafting",
    buttons={
        payloads.ChooseDay: TapBy(buttons.day_chosen, right=AUTHOR),
        payloads.ChooseHour: TapBy(buttons.hour_chosen, right=AUTHOR),
        payloads.ChooseReading: TapBy(buttons.reading_chosen, right=AUTHOR),
        payloads.AskWords: Tap(use_cases.ask_words, Show(payloads.WordsPage), right=AUTHOR),
        payloads.AskPlace: Tap(use_cases.ask_place, Show(payloads.PlacePage), right=AUTHOR),
        payloads.LeaveOutPlace: Tap(
            use_cases.leave_out_place, Show(payloads.PreviewPage), right=AUTHOR
        ),
        payloads.AskCapacity: Tap(
            use_cases.ask_capacity, Show(payloads.CapacityPage), right=AUTHOR
        ),
        payloads.ChooseCapacity: Tap(
            use_cases.choose_capacity, Show(payloads.PreviewPage), right=AUTHOR
        ),
        payloads.StopAsking: Tap(use_cases.stop_asking, Show(payloads.PreviewPage), right=AUTHOR),
        payloads.DropDraft: Tap(use_cases.drop_draft, Close("frame.dropped"), right=AUTHOR),
    },
    pages={
        payloads.DayPage: Page(use_cases.days_shown, faces.draw_days, right=AUTHOR),
        payloads.HourPage: Page(use_cases.hours_shown, faces.draw_hours, right=AUTHOR),
        payloads.WordsPage: Page(known, faces.draw_words, right=AUTHOR),
        payloads.PlacePage: Page(known, faces.draw_place, right=AUTHOR),
        payloads.CapacityPage: Page(known, faces.draw_capacity, right=AUTHOR),
        payloads.TypeCapacityPage: Page(known, faces.draw_capacity_typing, right=AUTHOR),
        payloads.PreviewPage: Page(known, faces.draw_preview, right=AUTHOR),
    },
    typed={NEW_FLOW: _TYPED, EDIT_FLOW: _TYPED},
)
