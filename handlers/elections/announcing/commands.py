"""What organisers type to begin an election, and how they are led through what is missing."""

from __future__ import annotations

from bot.context import Context
from bot.domain.elections.plan import Question
from bot.message.payload import Payload
from handlers.elections.announcing.asking import next_question, read_answer, read_deadline
from handlers.elections.announcing.payloads import (
    BasePage,
    DraftDeadlinePage,
    PreviewPage,
    TitlePage,
)
from handlers.elections.announcing.use_cases import draft_election

_PAGES = {
    Question.TITLE: TitlePage,
    Question.BASE: BasePage,
    Question.DEADLINE: DraftDeadlinePage,
}


async def elect(context: Context, typed: str) -> None:
    """`/elect` alone, `/elect 400 Representative of Yard 5`, or with a rule: `/elect 400 30% …`"""
    await go_on(context, await context.run(draft_election, typed))


async def go_on(context: Context, draft_id: int) -> None:
    """Ask what is missing, then show the election as it would be."""
    await context.show(await asked_next(context, draft_id))


async def asked_next(context: Context, draft_id: int) -> Payload:
    """The page on which that is asked."""
    question = await context.read(next_question, draft_id)
    return _PAGES[question](draft_id) if question else PreviewPage(draft_id)


async def answer_typed(context: Context, draft_id: int, typed: str) -> None:
    """A title, or how many live here, typed in private."""
    await go_on(context, await context.run(read_answer, draft_id, typed))


async def deadline_typed(context: Context, draft_id: int, typed: str) -> None:
    """A deadline of one's own, typed in private."""
    await context.show(PreviewPage(await context.run(read_deadline, draft_id, typed)))
