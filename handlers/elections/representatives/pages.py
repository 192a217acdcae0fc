"""Pages about representatives that say more to organisers, or have pages of their own to turn."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.representatives import faces
from handlers.elections.representatives.payloads import (
    AddPage,
    BuildingsPage,
    ListPage,
    OfferUntilPage,
    OfficePage,
    PastPage,
)
from handlers.elections.representatives.reading import (
    building_choice,
    electable,
    elected_one,
    listing,
    office_view,
    past,
)


async def list_page(context: Context, page: ListPage) -> Face:
    found = await context.read(listing, page.chat)
    is_organiser = await context.is_organiser(page.chat)
    return faces.draw_list(found, context.words, page.page, is_organiser=is_organiser)


async def past_page(context: Context, page: PastPage) -> Face:
    found = await context.read(past, page.chat)
    is_organiser = await context.is_organiser(page.chat)
    return faces.draw_past(found, context.words, page.page, is_organiser=is_organiser)


async def office_page(context: Context, page: OfficePage) -> Face:
    view = await context.read(office_view, page.office)
    is_organiser = await context.is_organiser(view.office.chat_id)
    return faces.draw_office(view, context.words, is_organiser=is_organiser)


async def add_page(context: Context, page: AddPage) -> Face:
    return faces.draw_add(await context.read(electable, page.chat), context.words, page.page)


async def offer_until_page(context: Context, page: OfferUntilPage) -> Face:
    candidate = await context.read(elected_one, page.candidate)
    return faces.draw_offer_until(candidate, page.until, context.words)


async def buildings_page(context: Context, page: BuildingsPage) -> Face:
    choice = await context.read(building_choice, page.office)
    return faces.draw_buildings(choice, context.words, page.page)
