"""Delivery's own words: what may not have arrived, what passed unsaid, why it was so quiet."""

from __future__ import annotations

from bot.delivery.setbacks.notices import BACK, PASSED, QUESTION, REFUSED
from bot.feature import Feature, Post, Say, Tap, TapBy, WhenLate, WhenUncertain
from bot.person.rights import ORGANISERS
from handlers.delivery import buttons, faces, payloads, use_cases

# What delivery says of itself is harmless twice, and never comes too late.
DELIVERY = Feature(
    name="delivery",
    buttons={
        payloads.SendAgain: Tap(use_cases.send_again, Say("delivery.sent_again"), right=ORGANISERS),
        payloads.TryNow: Tap(use_cases.try_now, Say("delivery.trying"), right=ORGANISERS),
        payloads.Arrived: TapBy(buttons.arrived, right=ORGANISERS),
    },
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
