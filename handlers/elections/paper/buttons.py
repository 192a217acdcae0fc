"""What organisers tap on paper. A tap that comes a second time shows the same as the first."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.domain.elections.paper.ledger import Entry, Out, Returned, Voided
from bot.steps import SheetStep
from bot.store import Redelivered
from handlers.elections.paper.faces import sheet_face
from handlers.elections.paper.payloads import (
    ChoicePage,
    DropOrder,
    EnterCheck,
    EnterOut,
    EnterReturned,
    EnterVoid,
    ForBuilding,
    ForCandidate,
    IssueSheet,
    LedgerPage,
    OrderForPage,
    OrderPage,
    SendSheet,
    SetAccepted,
    SetCountedBy,
    SetIdentity,
    SettingsPage,
    SetValidity,
    SheetPage,
    ToPrivatePage,
    read_check,
)
from handlers.elections.paper.sheet import draw_sheet
from handlers.elections.paper.use_cases import (
    begin_order,
    chat_of_candidate,
    chat_of_election,
    chat_of_sheet,
    choose_building,
    choose_candidate,
    drop_order,
    enter_for,
    issue,
    printing,
    set_accepted,
    set_counted_by,
    set_identity,
    set_validity,
)


async def sheet_wanted(context: Context, step: SheetStep) -> None:
    """The way in from another feature, with the election chosen."""
    await require_organiser_of_election(context, step.election)
    draft_id = await context.run(begin_order, step.election)
    await context.show(OrderForPage(draft_id, step.election))


async def issued(context: Context, tap: IssueSheet) -> None:
    """The sheet is in the ledger before it is sent, so that no printed one is missing there."""
    await context.require_organiser_of_draft(tap.draft)
    try:
        sheet_id = await context.run(issue, tap.draft, tap.election, tap.rows)
    except Redelivered:
        await context.show(LedgerPage(tap.election, 0))
        return
    await _send(context, sheet_id)


async def candidate_chosen(context: Context, tap: ForCandidate) -> None:
    await context.require_organiser_of_draft(tap.draft)
    try:
        election_id = await context.run(choose_candidate, tap.draft, tap.candidate)
    except Redelivered:
        await context.show(OrderPage(tap.draft))
        return
    await context.show(OrderForPage(tap.draft, election_id))


async def building_chosen(context: Context, tap: ForBuilding) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(choose_building, tap.draft, tap.building)
    await context.show(OrderForPage(tap.draft, tap.election))


async def dropped(context: Context, tap: DropOrder) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(drop_order, tap.draft)
    await context.close("paper.order.dropped")


async def wanted_again(context: Context, tap: SendSheet) -> None:
    await require_organiser_of_sheet(context, tap.sheet)
    await _send(context, tap.sheet)


async def out_entered(context: Context, tap: EnterOut) -> None:
    await _enter(context, tap.sheet, Out())


async def returned_entered(context: Context, tap: EnterReturned) -> None:
    await _enter(context, tap.sheet, Returned(tap.filled))


async def check_entered(context: Context, tap: EnterCheck) -> None:
    await _enter(context, tap.sheet, read_check(tap.counts))


async def void_entered(context: Context, tap: EnterVoid) -> None:
    await _enter(context, tap.sheet, Voided())


async def accepted_entered(context: Context, tap: SetAccepted) -> None:
    await context.require_organiser(await context.read(chat_of_candidate, tap.candidate))
    try:
        election_id = await context.run(set_accepted, tap.candidate, tap.number)
    except Redelivered:
        await context.show(ChoicePage())
        return
    await context.show(LedgerPage(election_id, 0))


async def counting_chosen(context: Context, tap: SetCountedBy) -> None:
    await require_organiser_of_election(context, tap.election)
    with suppress(Redelivered):
        await context.run(set_counted_by, tap.election, tap.counted_by)
    await context.show(SettingsPage(tap.election))


async def validity_chosen(context: Context, tap: SetValidity) -> None:
    await require_organiser_of_election(context, tap.election)
    with suppress(Redelivered):
        await context.run(set_validity, tap.election, tap.percent)
    await context.show(SettingsPage(tap.election))


async def identity_chosen(context: Context, tap: SetIdentity) -> None:
    await require_organiser_of_election(context, tap.election)
    with suppress(Redelivered):
        await context.run(set_identity, tap.election, bool(tap.asks))
    await context.show(SettingsPage(tap.election))


async def require_organiser_of_election(context: Context, election_id: int) -> None:
    """Go on only for an organiser of the election's chat, as of now."""
    await context.require_organiser(await context.read(chat_of_election, election_id))


async def require_organiser_of_sheet(context: Context, sheet_id: int) -> None:
    """Go on only for an organiser of the sheet's chat, as of now."""
    await context.require_organiser(await context.read(chat_of_sheet, sheet_id))


async def _enter(context: Context, sheet_id: int, entry: Entry) -> None:
    await require_organiser_of_sheet(context, sheet_id)
    with suppress(Redelivered):
        await context.run(enter_for, sheet_id, entry)
    await context.show(SheetPage(sheet_id))


async def _send(context: Context, sheet_id: int) -> None:
    """Give the file privately; where the bot may not write first, lead into the private chat."""
    found = await context.read(printing, sheet_id)
    words = context.texts.in_language(found.language)
    address = found.link or f"https://t.me/{context.client.username}"
    content = await asyncio.to_thread(draw_sheet, sheet_face(found, address, words))
    if context.person.id is None:
        return
    number = context.words.number(found.sheet.number)
    try:
        await context.client.send_document(
            context.person.id,
            content,
            filename=f"sheet-{found.sheet.number}.pdf",
            caption=context.words.plain("paper.sent.caption", number=number),
        )
    except (BadRequest, Forbidden):
        if not context.place.is_group:
            raise
        await context.show(ToPrivatePage(sheet_id))
        return
    await context.close("paper.sent.done")
