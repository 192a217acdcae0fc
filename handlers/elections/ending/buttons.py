"""What organisers tap about the end of an election, where the answer hangs on who else wants it."""

from __future__ import annotations

from bot.context import Context
from bot.domain.elections.acts import Act
from handlers.elections.ending.acts import Asked, ask, confirm
from handlers.elections.ending.payloads import (
    CloseElection,
    ConfirmAct,
    DeleteElection,
    FreezeBase,
    SaveDeadline,
    SetDeadline,
)
from handlers.elections.ending.use_cases import save_deadline, set_deadline


async def act_confirmed(context: Context, tap: ConfirmAct) -> None:
    asked = await context.once(confirm, tap.act)
    is_done = asked in (Asked.DONE, None)
    text = context.words.plain("ending.agreed" if is_done else "ending.asked.anew")
    await context.toast(text, alert=not is_done)


async def base_frozen(context: Context, tap: FreezeBase) -> None:
    await _close(context, await context.once(ask, tap.election, Act.FREEZE), "elections.frozen")


async def closed(context: Context, tap: CloseElection) -> None:
    await _close(context, await context.once(ask, tap.election, Act.CLOSE), "elections.closed")


async def deleted(context: Context, tap: DeleteElection) -> None:
    await _close(context, await context.once(ask, tap.election, Act.DELETE), "ending.delete.done")


async def deadline_set(context: Context, tap: SetDeadline) -> None:
    asked = await context.once(set_deadline, tap.election, tap.preset)
    await _close(context, asked, "ending.deadline.set")


async def deadline_saved(context: Context, tap: SaveDeadline) -> None:
    await _close(context, await context.once(save_deadline, tap.draft), "ending.deadline.set")


async def _close(context: Context, asked: Asked | None, done: str) -> None:
    """Say what came of an act that may want a second organiser; `asked` is None for a tap that came
    twice, `done` the key of what is said where it is done."""
    if asked is None:
        await context.close("ending.asked.before")
    elif asked is Asked.WAITING:
        await context.close("ending.asked.waiting")
    elif asked is Asked.ALONE:
        await context.close("ending.asked.alone")
    else:
        await context.close(done)
