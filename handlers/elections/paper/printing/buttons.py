"""What organisers tap on the way to a printed sheet. A tap that comes a second time prints nothing more."""

from __future__ import annotations

from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.steps import SheetStep
from handlers.elections.heart.rights import ORGANISERS_OF_ELECTION
from handlers.elections.paper.payloads import LedgerPage
from handlers.elections.paper.printing.pages import file_page
from handlers.elections.paper.printing.payloads import (
    FilePage,
    ForCandidate,
    ForElection,
    IssueSheet,
    OrderPage,
    OrderSheet,
    SendSheet,
    SentPage,
    ToPrivatePage,
)
from handlers.elections.paper.printing.use_cases import (
    begin_order,
    choose_candidate,
    choose_election,
    issue,
)


async def sheet_wanted(context: Context, wanted: SheetStep | OrderSheet) -> None:
    """The way in with the election chosen, from another feature too."""
    await context.require(ORGANISERS_OF_ELECTION, wanted)
    await context.show(OrderPage(await context.run(begin_order, wanted.election)))


async def election_chosen(context: Context, tap: ForElection) -> None:
    sheet_id = await context.once(choose_election, tap.draft, tap.election)
    await go_on(context, tap.draft, sheet_id)


async def candidate_chosen(context: Context, tap: ForCandidate) -> None:
    sheet_id = await context.once(choose_candidate, tap.draft, tap.candidate)
    await go_on(context, tap.draft, sheet_id)


async def issued(context: Context, tap: IssueSheet) -> None:
    """The sheet is in the ledger before it is sent, so that no printed one is missing there."""
    sheet_id = await context.once(issue, tap.draft, tap.building)
    if sheet_id is None:
        await context.show(LedgerPage(tap.election, 0))
    else:
        await _give(context, sheet_id)


async def wanted_again(context: Context, tap: SendSheet) -> None:
    await _give(context, tap.sheet)


async def go_on(context: Context, draft_id: int, sheet_id: int | None) -> None:
    """Give the sheet, or ask what is left."""
    if sheet_id is None:
        await context.show(OrderPage(draft_id))
    else:
        await _give(context, sheet_id)


async def _give(context: Context, sheet_id: int) -> None:
    """Send the file privately, at once; where the bot may not write first, lead into the private chat, where
    it comes by itself."""
    recipient = context.person.require_id()
    face = await file_page(context, FilePage(sheet_id))
    try:
        await context.client.send_face(recipient, face)
    except (BadRequest, Forbidden):
        if not context.place.is_group:
            raise
        await _lead_to_file(context, sheet_id)
        return
    await context.show(SentPage(sheet_id))


async def _lead_to_file(context: Context, sheet_id: int) -> None:
    """A tap leads there, and what was tapped goes by that; what was typed is answered by a button."""
    await context.show(ToPrivatePage(sheet_id) if context.tap is None else FilePage(sheet_id))
