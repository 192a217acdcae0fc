"""Digests: what is coming, in one message, once a day or once a week, for chats that want it."""

from __future__ import annotations

from bot.domain.moments.answered import answered_moment
from bot.feature import (
    Answers,
    Command,
    DueSource,
    Feature,
    Page,
    PageBy,
    Post,
    Show,
    Tap,
    WhenLate,
    WhenUncertain,
)
from bot.message.numbering import carry_mark
from bot.person.rights import ORGANISERS, ORGANISERS_OF_CHAT
from bot.safety.rotation.carrying import CarryOver
from bot.safety.wall_times import Planned
from handlers.digests import commands, faces, pages, payloads
from handlers.digests.use_cases import (
    POST,
    choose_removal,
    hour_of_day,
    keep_wall_time,
    load_post,
    move_due,
    next_due,
    note_sent,
    set_tapped,
    setting,
    stop,
)
from storage import digests
from storage.digests import DigestRow

DIGESTS = Feature(
    name="digests",
    commands=(
        Command(
            "digest",
            commands.digest,
            "digests.menu.digest",
            right=ORGANISERS,
            answers=Answers(answered_moment, pages=(payloads.DigestPage, payloads.HourPage)),
        ),
    ),
    buttons={
        payloads.SetDigest: Tap(set_tapped, Show(payloads.DigestPage), right=ORGANISERS_OF_CHAT),
        payloads.StopDigest: Tap(stop, Show(payloads.DigestPage), right=ORGANISERS_OF_CHAT),
        payloads.RemoveLast: Tap(
            choose_removal, Show(payloads.DigestPage), right=ORGANISERS_OF_CHAT
        ),
    },
    pages={
        payloads.DigestPage: Page(setting, faces.draw_setting, right=ORGANISERS_OF_CHAT),
        payloads.HourPage: Page(hour_of_day, faces.draw_day_hours, right=ORGANISERS_OF_CHAT),
        payloads.LookPage: PageBy(pages.look_page, right=ORGANISERS_OF_CHAT),
    },
    # It shows how things stand now: never too late, harmless twice.
    posts={
        POST: Post(
            load_post,
            faces.draw_post,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
            sent=note_sent,
        )
    },
    due=(DueSource(move_due, next_due),),
    planned=(Planned(digests.planned, keep_wall_time),),
    carried=(CarryOver(DigestRow, carry_mark),),
)
