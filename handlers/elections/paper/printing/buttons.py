"""What organisers tap on the way to a printed sheet. A tap that comes a second time prints nothing more."""

from __future__ import annotations

import asyncio

from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.steps import SheetStep
from handlers.elections.heart.rights import ORGANISERS_OF_ELECTION
from handlers.elections.paper.payloads import LedgerPage
from handlers.elections.paper.printing.faces import draw_sent
from handlers.elections.paper.printing.payloads import (
    ForCandidate,
    IssueSheet,
    OrderForPage,
    OrderPage,
    SendSheet,
    ToPrivatePage,
)
from handlers.elections.paper.printing.sheet import draw_sheet
from handlers.elections.paper.printing.sheet_words import sheet_face
from handlers.elections.paper.printing.use_cases import (
    begin_order,
    choose_candidate,
    issue,
    printed_sheet,
)


async def sheet_wanted(context: Context, step: SheetStep) -> None:
    """The way in from another feature, with the election chosen."""
    await context.require(ORGANISERS_OF_ELECTION, step)
    draft_id = await context.run(begin_order, step.election)
    await context.show(OrderForPage(draft_id, step.election))


async def candidate_chosen(context: Context, tap: ForCandidate) -> None:
    """The candidate tells the election; where they were chosen before, the draft asks what is left."""
    election_id = await context.once(choose_candidate, tap.draft, tap.candidate)
    if election_id is None:
        await context.show(OrderPage(tap.draft))
    else:
        await context.show(OrderForPage(tap.draft, election_id))


async def issued(context: Context, tap: IssueSheet) -> None:
    """The sheet is in the ledger before it is sent, so that no printed one is missing there."""
    sheet_id = await context.once(issue, tap.draft, tap.election, tap.rows)
    if sheet_id is None:
        await context.show(LedgerPage(tap.election, 0))
    else:
        await _send(context, sheet_id)


async def wanted_again(context: Context, tap: SendSheet) -> None:
    await _send(context, tap.sheet)


async def _send(context: Context, sheet_id: int) -> None:
    """Give the file privately; where the bot may not write first, lead into the private chat."""
    recipient = context.person.require_id()
    found = await context.read(printed_sheet, sheet_id)
    words = context.texts.in_language(found.language)
    address = found.link or f"https://t.me/{context.client.username}"
    content = await asyncio.to_thread(draw_sheet, sheet_face(found, address, words))
    face = draw_sent(found.sheet, content, context.words)
    try:
        await context.client.send_face(recipient, face)
    except (BadRequest, Forbidden):
        if not context.place.is_group:
            raise
        await context.show(ToPrivatePage(sheet_id))
        return
    await context.close("paper.printing.sent.done")
