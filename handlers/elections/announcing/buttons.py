"""What is tapped before an election is published, where the answer hangs on what came of it; the way in."""

from __future__ import annotations

from bot.context import Context
from bot.steps import SignaturesStep
from handlers.elections.announcing.asking import asked, choose_base, choose_title
from handlers.elections.announcing.commands import elect, go_on
from handlers.elections.announcing.pages import offered_title
from handlers.elections.announcing.payloads import (
    Begin,
    ChooseBase,
    NonePage,
    OfferedTitle,
    Publish,
    SetDraftDeadline,
)
from handlers.elections.announcing.use_cases import (
    begin_by_buttons,
    choose_deadline,
    has_any,
    publish,
)
from handlers.elections.progress.payloads import ListPage
from storage.elections import elections


async def signatures_wanted(context: Context, _step: SignaturesStep) -> None:
    """Where elections stand; for organisers the beginning of one, where there is none."""
    if await context.read(has_any):
        await context.show(ListPage())
    elif await context.is_organiser():
        await elect(context, "")
    else:
        await context.show(NonePage())


async def begun(context: Context, tap: Begin) -> None:
    await go_on(context, await context.run(begin_by_buttons, tap.chat))


async def title_chosen(context: Context, tap: OfferedTitle) -> None:
    found = await context.read(asked, tap.draft)
    await context.once(choose_title, tap.draft, offered_title(context, found))
    await go_on(context, tap.draft)


async def base_chosen(context: Context, tap: ChooseBase) -> None:
    await context.once(choose_base, tap.draft, tap.base)
    await go_on(context, tap.draft)


async def deadline_chosen(context: Context, tap: SetDraftDeadline) -> None:
    await context.once(choose_deadline, tap.draft, tap.preset)
    await go_on(context, tap.draft)


async def published(context: Context, tap: Publish) -> None:
    election_id = await context.once(publish, tap.draft)
    await context.close_on_its_way(elections.CARD, election_id, "elections.published")
