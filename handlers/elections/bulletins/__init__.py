"""Bulletins: what lets a sceptic trust an election's numbers, and a signer find their own line."""

from __future__ import annotations

from bot.feature import Command, DueSource, Feature, PageBy, Post
from handlers.elections.bulletins import commands, faces, pages, payloads
from handlers.elections.bulletins.publishing import BULLETIN_POST
from handlers.elections.bulletins.use_cases import (
    load_bulletin,
    move_due_bulletins,
    next_bulletin_due,
    note_sent,
)

BULLETINS = Feature(
    name="elections.bulletins",
    commands=(Command("check", commands.check, "bulletins.menu.check", in_private=True),),
    pages={
        payloads.ProofPage: PageBy(pages.proof_page),
        payloads.CodePage: PageBy(pages.code_page),
    },
    # However late: a chain with a gap can't be checked.
    posts={
        BULLETIN_POST: Post(load_bulletin, faces.draw_bulletin, passes=False, sent=note_sent),
    },
    due=(DueSource(move_due_bulletins, next_bulletin_due),),
)
