"""What organisers tap about the end of an election, where the answer hangs on who else wants it."""

from __future__ import annotations

from bot.context import Context
from bot.domain.elections.acts import Act, Wanted
from handlers.elections.card.payloads import ManagePage, MorePage
from handlers.elections.ending.payloads import (
    ClosedPage,
    CloseElection,
    ConfirmAct,
    DeadlinePage,
    DeleteElection,
    FileCandidate,
    Forget,
    FreezeBase,
    KeepPage,
    LeaveTyping,
    SaveDeadline,
    SetDeadline,
    SetKept,
    Strike,
)
from handlers.elections.ending.result import closed_by
from handlers.elections.ending.use_cases import (
    file_candidate,
    forget_people,
    leave_deadline,
    of_candidate,
    save_deadline,
    set_deadline,
    set_kept,
    strike,
)
from handlers.elections.heart.acts.asking import Asked, ask, confirm
from handlers.elections.heart.acts.buttons import tell_asked
from handlers.elections.heart.buttons import tell


async def act_confirmed(context: Context, tap: ConfirmAct) -> None:
    """Where that closed an election with somebody elected, it leads to what comes next."""
    asked = await context.once(confirm, tap.act)
    said = {Asked.WAITING: "ending.asked.anew", Asked.OVER: "ending.refused.act_over"}
    is_done = asked in (Asked.DONE, None)
    election_id = await context.read(closed_by, tap.act) if is_done else None
    if election_id is not None:
        await context.show(ClosedPage(election_id))
        return
    text = context.words.plain(
        "ending.agreed" if asked is None else said.get(asked, "ending.agreed")
    )
    await context.toast(text, alert=not is_done)


async def base_frozen(context: Context, tap: FreezeBase) -> None:
    asked = await context.once(ask, tap.election, Wanted(Act.FREEZE))
    await tell_asked(context, asked, "elections.frozen", ManagePage(tap.election))


async def closed(context: Context, tap: CloseElection) -> None:
    asked = await context.once(ask, tap.election, Wanted(Act.CLOSE))
    await tell_asked(context, asked, ClosedPage(tap.election), MorePage(tap.election))


async def deleted(context: Context, tap: DeleteElection) -> None:
    asked = await context.once(ask, tap.election, Wanted(Act.DELETE))
    if asked is Asked.DONE:
        await context.close("ending.delete.done")  # nothing is left to go back to
    else:
        await tell_asked(context, asked, ManagePage(tap.election))


async def deadline_set(context: Context, tap: SetDeadline) -> None:
    asked = await context.once(set_deadline, tap.election, tap.preset)
    await tell_asked(context, asked, DeadlinePage(tap.election))


async def deadline_saved(context: Context, tap: SaveDeadline) -> None:
    saved = await context.once(save_deadline, tap.draft)
    if saved is None:
        await tell_asked(context, None, "ending.asked.before")
    else:
        election_id, asked = saved
        await tell_asked(context, asked, DeadlinePage(election_id))


async def typing_left(context: Context, tap: LeaveTyping) -> None:
    """What is typed next is no deadline any more."""
    election_id = await context.once(leave_deadline, tap.draft)
    if election_id is None:
        await context.close("frame.dropped")
    else:
        await context.show(DeadlinePage(election_id))


async def kept_set(context: Context, tap: SetKept) -> None:
    asked = await context.once(set_kept, tap.election, tap.days)
    await tell_asked(context, asked, KeepPage(tap.election))


async def struck(context: Context, tap: Strike) -> None:
    struck_from = await context.once(strike, tap.candidate)
    if struck_from is None:
        await tell_asked(context, None, "ending.asked.before")
    else:
        election_id, asked = struck_from
        await tell_asked(context, asked, "ending.asked.done", ManagePage(election_id))


async def filed(context: Context, tap: FileCandidate) -> None:
    await context.once(file_candidate, tap.candidate)
    found = await context.read(of_candidate, tap.candidate)
    await tell(context, "ending.file.done", ManagePage(found.election.id))


async def forgotten(context: Context, tap: Forget) -> None:
    await context.once(forget_people, tap.election)
    await tell(context, "ending.forget.done", ManagePage(tap.election))
