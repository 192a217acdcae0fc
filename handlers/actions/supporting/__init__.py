"""A representative lends an action their name."""

from __future__ import annotations

from bot.feature import Close, Feature, Tap
from bot.person.rights import EVERYONE
from handlers.actions.supporting import payloads, use_cases

ACTIONS_SUPPORTING = Feature(
    name="actions.supporting",
    buttons={
        # Of whoever holds an office, which the use case asks.
        payloads.GiveSupport: Tap(
            use_cases.give_support, Close("representatives.support.given"), EVERYONE
        ),
        payloads.TakeSupportBack: Tap(
            use_cases.take_support_back, Close("representatives.support.taken_back"), EVERYONE
        ),
    },
)
