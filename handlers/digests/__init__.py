"""Digests: what is coming, in one message, once a day or once a week, for chats that want it."""

from __future__ import annotations

from bot.feature import Audience, Command, DueSource, Feature, View
from handlers.digests import buttons, cards, commands, pages, payloads
from handlers.digests.use_cases import POST, load_post, move_due, next_due

DIGESTS = Feature(
    name="digests",
    commands=(
        Command("digest", commands.digest, "digests.menu.digest", audience=Audience.ORGANISERS),
    ),
    buttons={payloads.SetDigest: buttons.digest_set, payloads.StopDigest: buttons.digest_stopped},
    pages={payloads.DigestPage: pages.digest_page, payloads.LookPage: pages.look_page},
    posts={POST: View(load_post, cards.draw_post)},
    due=(DueSource(move_due, next_due),),
)
