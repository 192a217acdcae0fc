"""What organisers tap about the end of an election.

A tap that comes a second time shows the same as the first: what the first one did stands.
"""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.domain.elections.acts import Act
from bot.person.drafts import chat_of_draft
from bot.store import Redelivered
from handlers.elections.acts import Asked, ask, chat_of_act, confirm, stop
from handlers.elections.buttons import close_asked
from handlers.elections.ending.payloads import (
    ConfirmAct,
    DeleteElection,
    FileCandidate,
    Forget,
    KeepPage,
    SaveDeadline,
    SetDeadline,
    SetDraftDeadline,
    SetKept,
    StopAct,
)
from handlers.elections.ending.use_cases import (
    chat_of_candidate,
    file_candidate,
    forget_people,
    save_deadline,
    set_deadline,
    set_draft_deadline,
    set_kept,
)
from handlers.elections.payloads import PreviewPage
from handlers.elections.use_cases import chat_of


async def act_confirmed(context: Context, tap: ConfirmAct) -> None:
    await context.require_organiser(await context.read(chat_of_act, tap.act), tells_apart=True)
    asked = Asked.DONE
    with suppress(Redelivered):
        asked = await context.run(confirm, tap.act)
    is_done = asked is Asked.DONE
    text = context.words.plain("ending.agreed" if is_done else "ending.asked.anew")
    await context.toast(text, alert=not is_done)


async def act_stopped(context: Context, tap: StopAct) -> None:
    await context.require_organiser(await context.read(chat_of_act, tap.act))
    with suppress(Redelivered):
        await context.run(stop, tap.act)
    await context.toast(context.words.plain("ending.stopped"))


async def draft_deadline_set(context: Context, tap: SetDraftDeadline) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(set_draft_deadline, tap.draft, tap.preset)
    await context.show(PreviewPage(tap.draft))


async def deadline_set(context: Context, tap: SetDeadline) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election), tells_apart=True)
    asked = None
    with suppress(Redelivered):
        asked = await context.run(set_deadline, tap.election, tap.preset)
    await close_asked(context, asked, "ending.deadline.set")


async def deadline_saved(context: Context, tap: SaveDeadline) -> None:
    await context.require_organiser_of_draft(tap.draft)
    chat_id = await context.read(chat_of_draft, tap.draft)
    # Where the draft is over, this tap comes again, or is refused.
    if chat_id is not None:
        await context.require_organiser(chat_id, tells_apart=True)
    asked = None
    with suppress(Redelivered):
        asked = await context.run(save_deadline, tap.draft)
    await close_asked(context, asked, "ending.deadline.set")


async def filed(context: Context, tap: FileCandidate) -> None:
    await context.require_organiser(await context.read(chat_of_candidate, tap.candidate))
    with suppress(Redelivered):
        await context.run(file_candidate, tap.candidate)
    await context.close("ending.file.done")


async def kept_set(context: Context, tap: SetKept) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(set_kept, tap.election, tap.days)
    await context.show(KeepPage(tap.election))


async def forgotten(context: Context, tap: Forget) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(forget_people, tap.election)
    await context.close("ending.forget.done")


async def deleted(context: Context, tap: DeleteElection) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election), tells_apart=True)
    asked = None
    with suppress(Redelivered):
        asked = await context.run(ask, tap.election, Act.DELETE)
    await close_asked(context, asked, "ending.delete.done")
