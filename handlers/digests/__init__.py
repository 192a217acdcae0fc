"""Digests: what is coming, in one message, once a day or once a week, for chats that want it."""

from __future__ import annotations

from bot.feature import Audience, Command, DueSource, Feature, View, WhenUncertain
from handlers.digests import buttons, cards, commands, pages, payloads
from handlers.digests.use_cases import POST, load_post, move_due, next_due, note_sent

DIGESTS = Feature(
    name="digests",
    commands=(
        Command("digest", commands.digest, "digests.menu.digest", audience=Audience.ORGANISERS),
    ),
    buttons={
        payloads.SetDigest: buttons.digest_set,
        payloads.StopDigest: buttons.digest_stopped,
        payloads.RemoveLast: buttons.removal_chosen,
    },
    pages={payloads.DigestPage: pages.digest_page, payloads.LookPage: pages.look_page},
    # It shows how things stand now: never too late, harmless twice.
    posts={
        POST: View(
            load_post,
            cards.draw_post,
            when_uncertain=WhenUncertain.REPEAT,
            passes=False,
            sent=note_sent,
        )
    },
    due=(DueSource(move_due, next_due),),
)
