"""Delivery's own words: what may not have arrived, what passed unsaid, why it was so quiet."""

from __future__ import annotations

from bot.delivery.setbacks.notices import BACK, PASSED, QUESTION, REFUSED
from bot.feature import Feature, Page, Post, Say, Show, Tap, TapBy, WhenLate, WhenUncertain
from bot.person.rights import EVERYONE, ORGANISERS
from handlers.delivery import buttons, faces, payloads, use_cases

FOR_OTHERS = Show(payloads.UnsaidPage)

# What delivery says of itself is harmless twice, and never comes too late.
DELIVERY = Feature(
    name="delivery",
    buttons={
        payloads.SendAgain: Tap(
            use_cases.send_again, Say("delivery.sent_again"), ORGANISERS, FOR_OTHERS
        ),
        payloads.TryNow: Tap(use_cases.try_now, Say("delivery.trying"), ORGANISERS, FOR_OTHERS),
        payloads.Arrived: TapBy(buttons.arrived, ORGANISERS, FOR_OTHERS),
    },
    pages={payloads.UnsaidPage: Page(use_cases.unsaid_here, faces.draw_unsaid_page, EVERYONE)},
    posts={
        QUESTION: Post(
            use_cases.load_question,
            faces.draw_question,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
            sent=use_cases.note_question,
        ),
        PASSED: Post(
            use_cases.load_passed,
            faces.draw_passed,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
        ),
        REFUSED: Post(
            use_cases.load_refused,
            faces.draw_refused,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
        ),
        BACK: Post(
            use_cases.load_return,
            faces.draw_return,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
        ),
    },
)
