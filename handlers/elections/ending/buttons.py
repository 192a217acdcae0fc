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
    organisers = await context.require_organisers(await context.read(chat_of_act, tap.act))
    asked = Asked.DONE
    with suppress(Redelivered):
        asked = await context.run(confirm, context.person, context.place, tap.act, organisers)
    is_done = asked is Asked.DONE
    text = context.words.plain("ending.agreed" if is_done else "ending.asked.anew")
    await context.toast(text, alert=not is_done)


async def act_stopped(context: Context, tap: StopAct) -> None:
    await context.require_organiser(await context.read(chat_of_act, tap.act))
    with suppress(Redelivered):
        await context.run(stop, context.person, context.place, tap.act)
    await context.toast(context.words.plain("ending.stopped"))


async def draft_deadline_set(context: Context, tap: SetDraftDeadline) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(set_draft_deadline, context.person, context.place, tap.draft, tap.preset)
    await context.show(PreviewPage(tap.draft))


async def deadline_set(context: Context, tap: SetDeadline) -> None:
    organisers = await context.require_organisers(await context.read(chat_of, tap.election))
    at = (context.person, context.place, tap.election)
    asked = None
    with suppress(Redelivered):
        asked = await context.run(set_deadline, *at, tap.preset, organisers)
    await close_asked(context, asked, "ending.deadline.set")


async def deadline_saved(context: Context, tap: SaveDeadline) -> None:
    await context.require_organiser_of_draft(tap.draft)
    chat_id = await context.read(chat_of_draft, tap.draft)
    # Where the draft is over, this tap comes again, or is refused.
    organisers = await context.require_organisers(chat_id) if chat_id else frozenset[int]()
    asked = None
    with suppress(Redelivered):
        asked = await context.run(
            save_deadline, context.person, context.place, tap.draft, organisers
        )
    await close_asked(context, asked, "ending.deadline.set")


async def filed(context: Context, tap: FileCandidate) -> None:
    await context.require_organiser(await context.read(chat_of_candidate, tap.candidate))
    with suppress(Redelivered):
        await context.run(file_candidate, context.person, context.place, tap.candidate)
    await context.close("ending.file.done")


async def kept_set(context: Context, tap: SetKept) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(set_kept, context.person, context.place, tap.election, tap.days)
    await context.show(KeepPage(tap.election))


async def forgotten(context: Context, tap: Forget) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(forget_people, context.person, context.place, tap.election)
    await context.close("ending.forget.done")


async def deleted(context: Context, tap: DeleteElection) -> None:
    organisers = await context.require_organisers(await context.read(chat_of, tap.election))
    at = (context.person, context.place, tap.election)
    asked = None
    with suppress(Redelivered):
        asked = await context.run(ask, *at, Act.DELETE, organisers)
    await close_asked(context, asked, "ending.delete.done")
