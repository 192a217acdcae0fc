"""Bulletins: what lets a sceptic trust an election's numbers, and a signer find their own line."""

from __future__ import annotations

from bot.domain.elections.bulletins.proof_codes import is_code
from bot.feature import (
    Command,
    DueSource,
    Feature,
    Page,
    PageBy,
    Post,
    WhenLate,
    WhenUncertain,
)
from bot.person.rights import EVERYONE
from bot.safety.wall_times import Planned
from handlers.elections.bulletins import commands, faces, pages, payloads
from handlers.elections.bulletins.use_cases import (
    keep_evening,
    load_bulletin,
    load_check_page,
    look_for_own,
    next_bulletin_due,
    note_page_sent,
    note_sent,
    own_code,
    own_signature,
    publish_due_bulletins,
    write_due_bulletins,
)
from handlers.elections.heart.count.publishing import BULLETIN_POST, CHECK_PAGE_POST
from storage.elections import bulletins

BULLETINS = Feature(
    name="elections.bulletins",
    commands=(
        Command("check", commands.check, "bulletins.menu.check", EVERYONE, recognises=is_code),
    ),
    pages={
        payloads.ProofPage: Page(own_signature, faces.draw_proof_page, EVERYONE),
        payloads.CodePage: Page(own_code, faces.draw_code_page, EVERYONE),
        payloads.LookPage: Page(look_for_own, faces.draw_look_page, EVERYONE),
        payloads.GuidePage: PageBy(pages.guide_page, EVERYONE),
    },
    # However late: a chain with a gap can't be checked.
    posts={
        BULLETIN_POST: Post(
            load_bulletin, faces.draw_bulletin, when_late=WhenLate.NO_MATTER, sent=note_sent
        ),
        CHECK_PAGE_POST: Post(
            load_check_page,
            faces.draw_check_page,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
            sent=note_page_sent,
        ),
    },
    due=(DueSource(publish_due_bulletins, next_bulletin_due, look=write_due_bulletins),),
    planned=(Planned(bulletins.with_more_to_come, keep_evening),),
)
