"""Delivery's own words: what may not have arrived, what passed unsaid, why it was so quiet."""

from __future__ import annotations

from bot.delivery.notices import BACK, NOT_ALLOWED, PASSED, QUESTION
from bot.feature import Feature, Post, Say, Tap, TapBy, WhenUncertain
from bot.person.rights import ORGANISERS
from handlers.delivery import buttons, faces, payloads, use_cases

# What delivery says of itself is harmless twice, and never comes too late.
DELIVERY = Feature(
    name="delivery",
    buttons={
        payloads.SendAgain: Tap(use_cases.send_again, Say("delivery.sent_again"), right=ORGANISERS),
        payloads.Arrived: TapBy(buttons.arrived, right=ORGANISERS),
    },
    posts={
        QUESTION: Post(
            use_cases.load_question,
            faces.draw_question,
            when_uncertain=WhenUncertain.REPEAT,
            passes=False,
            sent=use_cases.note_question,
        ),
        PASSED: Post(
            use_cases.load_passed,
            faces.draw_passed,
            when_uncertain=WhenUncertain.REPEAT,
            passes=False,
        ),
        NOT_ALLOWED: Post(
            use_cases.load_not_allowed,
            faces.draw_not_allowed,
            when_uncertain=WhenUncertain.REPEAT,
            passes=False,
        ),
        BACK: Post(
            use_cases.load_return,
            faces.draw_return,
            when_uncertain=WhenUncertain.REPEAT,
            passes=False,
        ),
    },
)
