"""Pages about representatives that one person sees."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from handlers.elections.representatives import faces
from handlers.elections.representatives.buttons import require_organiser_of_office
from handlers.elections.representatives.payloads import (
    AddPage,
    BuildingsPage,
    ForgetPage,
    HolderPage,
    ListPage,
    OfferPage,
    OfferUntilPage,
    OfficePage,
    PastPage,
    RecallPage,
    StepDownPage,
    UntilPage,
    WithdrawPage,
)
from handlers.elections.representatives.recalling import recall_of
from handlers.elections.representatives.use_cases import begin_until, offered_in_draft
from handlers.elections.representatives.views import (
    OfficeView,
    building_choice,
    chat_of_candidate,
    electable,
    elected_one,
    listing,
    office_view,
    past,
)


async def list_page(context: Context, page: ListPage) -> Face:
    found = await context.read(listing, page.chat)
    organiser = await context.is_organiser(page.chat)
    return faces.draw_list(found, context.words, page.page, is_organiser=organiser)


async def past_page(context: Context, page: PastPage) -> Face:
    found = await context.read(past, page.chat)
    organiser = await context.is_organiser(page.chat)
    return faces.draw_past(found, context.words, page.page, is_organiser=organiser)


async def office_page(context: Context, page: OfficePage) -> Face:
    view = await _view(context, page.office)
    organiser = await context.is_organiser(view.office.chat_id)
    return faces.draw_office(view, context.words, is_organiser=organiser)


async def add_page(context: Context, page: AddPage) -> Face:
    await context.require_organiser(page.chat)
    found = await context.read(electable, page.chat)
    return faces.draw_add(found, context.words, page.page)


async def offer_page(context: Context, page: OfferPage) -> Face:
    await context.require_organiser(await context.read(chat_of_candidate, page.candidate))
    return faces.draw_offer(
        await context.read(
            elected_one,
            page.candidate,
        ),
        context.words,
    )


async def until_page(context: Context, page: UntilPage) -> Face:
    await context.require_organiser(await context.read(chat_of_candidate, page.candidate))
    name = await context.run(begin_until, page.candidate)
    return faces.draw_until(name, context.words)


async def offer_until_page(context: Context, page: OfferUntilPage) -> Face:
    await context.require_organiser(await context.read(chat_of_candidate, page.candidate))
    found = await context.read(
        elected_one,
        page.candidate,
    )
    return faces.draw_offer_until(found, page.until, context.words)


async def holder_page(context: Context, page: HolderPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    return faces.draw_holder(
        page.draft,
        await context.read(
            offered_in_draft,
            page.draft,
        ),
        context.words,
    )


async def withdraw_page(context: Context, page: WithdrawPage) -> Face:
    await require_organiser_of_office(context, page.office)
    return faces.draw_withdraw((await _view(context, page.office)).office, context.words)


async def step_down_page(context: Context, page: StepDownPage) -> Face:
    view = await _view(context, page.office)
    if not view.is_own:
        raise Refused("representatives.refused.not_you")
    return faces.draw_step_down(view.office, context.words)


async def buildings_page(context: Context, page: BuildingsPage) -> Face:
    await require_organiser_of_office(context, page.office)
    choice = await context.read(building_choice, page.office)
    return faces.draw_buildings(choice, context.words, page.page)


async def forget_page(context: Context, page: ForgetPage) -> Face:
    await require_organiser_of_office(context, page.office)
    return faces.draw_forget((await _view(context, page.office)).office, context.words)


async def recall_page(context: Context, page: RecallPage) -> Face:
    await require_organiser_of_office(context, page.office)
    recall = await context.read(recall_of, page.office)
    return faces.draw_recall(recall, context.words)


async def _view(context: Context, office_id: int) -> OfficeView:
    return await context.read(office_view, office_id)
