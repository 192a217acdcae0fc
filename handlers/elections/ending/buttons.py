"""What organisers tap about the end of an election, where the answer hangs on who else wants it."""

from __future__ import annotations

from bot.context import Context
from bot.domain.elections.acts import Act, Wanted
from handlers.elections.ending.payloads import (
    CloseElection,
    ConfirmAct,
    DeleteElection,
    FreezeBase,
    KeepPage,
    SaveDeadline,
    SetDeadline,
    SetKept,
    Strike,
)
from handlers.elections.ending.use_cases import save_deadline, set_deadline, set_kept, strike
from handlers.elections.heart.acts.asking import Asked, ask, confirm
from handlers.elections.heart.acts.buttons import tell_asked


async def act_confirmed(context: Context, tap: ConfirmAct) -> None:
    asked = await context.once(confirm, tap.act)
    said = {Asked.WAITING: "ending.asked.anew", Asked.OVER: "ending.refused.act_over"}
    is_done = asked in (Asked.DONE, None)
    text = context.words.plain(
        "ending.agreed" if asked is None else said.get(asked, "ending.agreed")
    )
    await context.toast(text, alert=not is_done)


async def base_frozen(context: Context, tap: FreezeBase) -> None:
    await _ask(context, tap.election, Act.FREEZE, "elections.frozen")


async def closed(context: Context, tap: CloseElection) -> None:
    await _ask(context, tap.election, Act.CLOSE, "elections.closed")


async def deleted(context: Context, tap: DeleteElection) -> None:
    await _ask(context, tap.election, Act.DELETE, "ending.delete.done")


async def deadline_set(context: Context, tap: SetDeadline) -> None:
    asked = await context.once(set_deadline, tap.election, tap.preset)
    await tell_asked(context, asked, "ending.asked.done")


async def deadline_saved(context: Context, tap: SaveDeadline) -> None:
    asked = await context.once(save_deadline, tap.draft)
    await tell_asked(context, asked, "ending.asked.done")


async def kept_set(context: Context, tap: SetKept) -> None:
    asked = await context.once(set_kept, tap.election, tap.days)
    await tell_asked(context, asked, KeepPage(tap.election))


async def struck(context: Context, tap: Strike) -> None:
    await tell_asked(context, await context.once(strike, tap.candidate), "ending.asked.done")


async def _ask(context: Context, election_id: int, act: Act, done: str) -> None:
    await tell_asked(context, await context.once(ask, election_id, Wanted(act)), done)
