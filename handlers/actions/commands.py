"""What people type about actions."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.steps import AnnounceStep
from handlers.actions.drafting import draft_action, draft_edit
from handlers.actions.payloads import ListPage, PreviewPage


async def action(context: Context, typed: str) -> None:
    """`/action tomorrow 19:00 Concert in the yard @ Fountain`"""
    if not typed:
        raise Refused("actions.refused.example")
    draft_id = await context.run(draft_action, typed)
    await context.show(PreviewPage(draft_id))


async def action_wanted(context: Context, _step: AnnounceStep) -> None:
    """Another feature leads here."""
    await action(context, "")


async def actions(context: Context, _typed: str) -> None:
    """`/actions`: what is coming."""
    await context.show(ListPage())


async def edited_line(context: Context, draft_id: int, typed: str) -> None:
    """The new line of an action, typed in private."""
    new_id = await context.run(draft_edit, draft_id, typed)
    await context.show(PreviewPage(new_id))
