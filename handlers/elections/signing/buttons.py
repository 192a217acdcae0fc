"""What is tapped around signing, where the page is drawn of what came of it, or an organiser taps."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.card.payloads import ManagePage
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.acts.buttons import tell_asked
from handlers.elections.heart.acts.deeds import newcomers
from handlers.elections.signing.faces import draw_sign_page
from handlers.elections.signing.payloads import (
    LetNewcomers,
    Sign,
    SignInBuilding,
    SignPage,
    Withdraw,
    WithdrawFrom,
    WithdrawnPage,
)
from handlers.elections.signing.use_cases import OwnView, sign, withdraw, withdraw_from


async def signed(context: Context, tap: Sign) -> None:
    view = await context.once(sign, tap.election, tap.candidate)
    await context.acknowledge("elections.toast.signed")
    await _show(context, SignPage(tap.election), view)


async def signed_in_building(context: Context, tap: SignInBuilding) -> None:
    view = await context.once(sign, tap.election, tap.candidate, tap.building)
    await context.acknowledge("elections.toast.signed")
    await _show(context, SignPage(tap.election), view)


async def withdrawn(context: Context, tap: Withdraw) -> None:
    await context.once(withdraw, tap.election)
    await context.acknowledge("elections.toast.withdrawn")
    await context.show(WithdrawnPage(tap.election))


async def withdrawn_from(context: Context, tap: WithdrawFrom) -> None:
    """Where there are others to sign for, their page."""
    view = await context.once(withdraw_from, tap.election, tap.candidate)
    await context.acknowledge("elections.toast.withdrawn")
    if view is not None and len(view.election.candidates) > 1:
        await _show(context, SignPage(tap.election), view)
    else:
        await context.show(WithdrawnPage(tap.election))


async def newcomers_let(context: Context, tap: LetNewcomers) -> None:
    asked = await context.once(ask, tap.election, newcomers(may=tap.may))
    await tell_asked(context, asked, ManagePage(tap.election))


async def _show(context: Context, page: SignPage, view: OwnView | None) -> None:
    """The page as the tap left it; where there is nothing to draw it of, it looks for itself."""
    if view is None:
        await context.show(page)
    else:
        await context.show_drawn(page, draw_sign_page(view, context.words))
