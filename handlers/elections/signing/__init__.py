"""Signing for a candidate and withdrawing, who may, and the recount that holds the count to the rows."""

from __future__ import annotations

from bot.chores import Chore
from bot.feature import Feature, Page, PageBy, TapBy
from bot.person.rights import EVERYONE, Right, Who
from handlers.elections.heart.rights import ONE_OF_THE_ORGANISERS_OF_ELECTION
from handlers.elections.signing import buttons, faces, pages, payloads, use_cases
from handlers.elections.signing.events import HANDLERS

ELECTORS = Right(Who.MEMBERS, "election", use_cases.require_elector)
"""Whoever came too late is refused first: a raid must not keep Telegram busy with questions."""

SIGNING = Feature(
    name="elections.signing",
    buttons={
        payloads.Sign: TapBy(buttons.signed, ELECTORS),
        payloads.SignInBuilding: TapBy(buttons.signed_in_building, ELECTORS),
        payloads.Withdraw: TapBy(buttons.withdrawn, EVERYONE),
        payloads.WithdrawFrom: TapBy(buttons.withdrawn_from, EVERYONE),
        payloads.LetNewcomers: TapBy(buttons.newcomers_let, ONE_OF_THE_ORGANISERS_OF_ELECTION),
    },
    pages={
        payloads.SignPage: Page(use_cases.own_view, faces.draw_sign_page, EVERYONE),
        payloads.WithdrawnPage: Page(use_cases.withdrawn, faces.draw_withdrawn_page, EVERYONE),
        payloads.ConfirmPage: PageBy(pages.confirm_page, EVERYONE),
        payloads.BuildingsPage: PageBy(pages.buildings_page, EVERYONE),
    },
    events=HANDLERS,
    hourly=(
        Chore(use_cases.find_miscounted, use_cases.recount_found),
        Chore(use_cases.look_through_some, use_cases.note_looked_through),
    ),
)
