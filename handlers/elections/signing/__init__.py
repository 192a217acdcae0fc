"""Signing for a candidate and withdrawing, who may, and the recount that holds the count to the rows."""

from __future__ import annotations

from bot.feature import Close, Feature, Page, PageBy, Show, Tap, TapBy
from bot.person.rights import EVERYONE, Right, Who
from handlers.elections.heart.rights import ONE_OF_THE_ORGANISERS_OF_ELECTION
from handlers.elections.signing import buttons, faces, pages, payloads, use_cases
from handlers.elections.signing.events import HANDLERS

ELECTORS = Right(Who.MEMBERS, "election", use_cases.require_elector)
"""Whoever came too late is refused first: a raid must not keep Telegram busy with questions."""

_SIGNED = Show(payloads.SignPage, saying="elections.toast.signed")
_WITHDRAWN = Show(payloads.SignPage, saying="elections.toast.withdrawn")

SIGNING = Feature(
    name="elections.signing",
    buttons={
        payloads.Sign: Tap(use_cases.sign, _SIGNED, ELECTORS),
        payloads.SignInBuilding: Tap(use_cases.sign, _SIGNED, ELECTORS),
        payloads.Withdraw: Tap(use_cases.withdraw, Close("elections.withdrawn"), EVERYONE),
        payloads.WithdrawFrom: Tap(use_cases.withdraw, _WITHDRAWN, EVERYONE),
        payloads.LetNewcomers: TapBy(buttons.newcomers_let, ONE_OF_THE_ORGANISERS_OF_ELECTION),
    },
    pages={
        payloads.SignPage: Page(use_cases.own_view, faces.draw_sign_page, EVERYONE),
        payloads.ConfirmPage: PageBy(pages.confirm_page, EVERYONE),
        payloads.BuildingsPage: PageBy(pages.buildings_page, EVERYONE),
    },
    events=HANDLERS,
    hourly=(use_cases.recount_some,),
)
