"""The bot reminds of an action by itself, in answer to its card; how long before is for its author to say."""

from __future__ import annotations

from bot.feature import DueSource, Feature, PageBy, Post, TapBy, WhenLate
from bot.person.rights import ASKED_INSIDE
from handlers.actions.heart.posting import REMINDER_POST
from handlers.actions.reminding import buttons, faces, pages, payloads, use_cases
from storage import actions

ACTIONS_REMINDING = Feature(
    name="actions.reminding",
    # Of its author or an organiser.
    buttons={payloads.SetReminder: TapBy(buttons.reminder_set, right=ASKED_INSIDE)},
    pages={payloads.RemindersPage: PageBy(pages.reminders_page, right=ASKED_INSIDE)},
    posts={
        REMINDER_POST: Post(
            use_cases.load_reminder,
            faces.draw_reminder,
            when_late=WhenLate.NO_MATTER,
            answers=actions.CARD,
        )
    },
    due=(DueSource(use_cases.move_due, use_cases.next_due),),
)
