"""Digests: what is coming, in one message, once a day or once a week, for chats that want it."""

from __future__ import annotations

from bot.feature import Command, DueSource, Feature, PageBy, Post, TapBy, WhenUncertain
from bot.person.rights import ORGANISERS
from handlers.digests import buttons, commands, faces, pages, payloads
from handlers.digests.use_cases import POST, load_post, move_due, next_due, note_sent

DIGESTS = Feature(
    name="digests",
    commands=(Command("digest", commands.digest, "digests.menu.digest", right=ORGANISERS),),
    buttons={
        payloads.SetDigest: TapBy(buttons.digest_set),
        payloads.StopDigest: TapBy(buttons.digest_stopped),
        payloads.RemoveLast: TapBy(buttons.removal_chosen),
    },
    pages={
        payloads.DigestPage: PageBy(pages.digest_page),
        payloads.LookPage: PageBy(pages.look_page),
    },
    # It shows how things stand now: never too late, harmless twice.
    posts={
        POST: Post(
            load_post,
            faces.draw_post,
            when_uncertain=WhenUncertain.REPEAT,
            passes=False,
            sent=note_sent,
        )
    },
    due=(DueSource(move_due, next_due),),
)
