"""Pages about paper, for organisers."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from handlers.elections.paper import faces
from handlers.elections.paper.buttons import (
    require_organiser_of_election,
    require_organiser_of_sheet,
)
from handlers.elections.paper.payloads import (
    AcceptedPage,
    CheckPage,
    ChoicePage,
    FilledPage,
    LedgerPage,
    OrderForPage,
    OrderPage,
    SettingsPage,
    SheetPage,
    ToPrivatePage,
    ValidPage,
    read_check,
)
from handlers.elections.paper.use_cases import (
    ledger,
    ordered,
    ordered_for,
    sheet_seen,
    whose_sheet,
    with_paper,
)
from storage.elections.paper import PaperSheet


async def order_page(context: Context, page: OrderPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(ordered, page.draft)
    return faces.draw_order(found, context.words)


async def order_for_page(context: Context, page: OrderForPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    return faces.draw_order(
        await context.read(ordered_for, page.draft, page.election), context.words
    )


async def to_private_page(context: Context, page: ToPrivatePage) -> Face:
    return faces.draw_to_private(await _sheet(context, page.sheet), context.words)


async def choice_page(context: Context, _page: ChoicePage) -> Face:
    await context.require_organiser()
    found = await context.read(with_paper)
    return faces.draw_choice(found, context.words)


async def accepted_page(context: Context, page: AcceptedPage) -> Face:
    await context.require_organiser()
    found = await context.read(with_paper)
    return faces.draw_accepted(found, page.number, context.words)


async def ledger_page(context: Context, page: LedgerPage) -> Face:
    await require_organiser_of_election(context, page.election)
    return faces.draw_ledger(await context.read(ledger, page.election, page.page), context.words)


async def sheet_page(context: Context, page: SheetPage) -> Face:
    row = await _sheet(context, page.sheet)
    return faces.draw_sheet_page(row, await context.read(whose_sheet, row), context.words)


async def filled_page(context: Context, page: FilledPage) -> Face:
    return faces.draw_filled(await _sheet(context, page.sheet), context.words)


async def valid_page(context: Context, page: ValidPage) -> Face:
    return faces.draw_valid(await _returned(context, page.sheet), context.words)


async def check_page(context: Context, page: CheckPage) -> Face:
    row = await _returned(context, page.sheet)
    check = read_check(page.counts)
    if check.total > row.sheet.filled:
        raise Refused("paper.refused.filled", most=row.sheet.filled)
    return faces.draw_check(row, check, context.words)


async def settings_page(context: Context, page: SettingsPage) -> Face:
    await require_organiser_of_election(context, page.election)
    return faces.draw_settings(await context.read(ledger, page.election, 0), context.words)


async def _sheet(context: Context, sheet_id: int) -> PaperSheet:
    await require_organiser_of_sheet(context, sheet_id)
    return await context.read(sheet_seen, sheet_id)


async def _returned(context: Context, sheet_id: int) -> PaperSheet:
    row = await _sheet(context, sheet_id)
    if not row.sheet.filled:
        raise Refused("paper.refused.not_returned")
    return row
