"""Changing what was announced, and calling it off."""

from __future__ import annotations

from bot.feature import Feature, Page, PageBy, TapBy, Typed
from bot.person.rights import ASKED_INSIDE, AUTHOR, EVERYONE
from handlers.actions.changing import buttons, commands, faces, pages, payloads, use_cases

ACTIONS_CHANGING = Feature(
    name="actions.changing",
    buttons={
        # Of its author or an organiser.
        payloads.Change: TapBy(buttons.change_begun, right=ASKED_INSIDE),
        payloads.SaveEdit: TapBy(buttons.edit_saved, right=ASKED_INSIDE),
        payloads.CancelAction: TapBy(buttons.called_off, right=ASKED_INSIDE),
        payloads.CancelFor: TapBy(buttons.called_off_saying_why, right=ASKED_INSIDE),
    },
    pages={
        payloads.CancelPage: PageBy(pages.cancel_page, right=ASKED_INSIDE),
        payloads.WhyPage: PageBy(pages.why_page, right=ASKED_INSIDE),
        payloads.CancelForPage: PageBy(pages.cancel_for_page, right=ASKED_INSIDE),
        payloads.SavedPage: Page(use_cases.saved, faces.draw_saved, EVERYONE),
    },
    typed={use_cases.WHY_FLOW: Typed(commands.why_typed, right=AUTHOR)},
)
