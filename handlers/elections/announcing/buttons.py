"""What is tapped on an election before it is published, where the answer hangs on what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.announcing.commands import go_on
from handlers.elections.announcing.pages import offered_title
from handlers.elections.announcing.payloads import (
    Begin,
    ChooseBase,
    OfferedTitle,
    Publish,
    SetDraftDeadline,
)
from handlers.elections.announcing.use_cases import (
    asked,
    begin_by_buttons,
    choose_base,
    choose_deadline,
    choose_title,
    publish,
)
from storage.elections import elections


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
