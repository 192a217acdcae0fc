"""What people tap on representatives.

A tap that comes a second time shows the same as the first: what the first one did stands.
"""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.store import Redelivered
from handlers.elections.representatives.payloads import (
    BeginRecall,
    BuildingsPage,
    ChooseAllBuildings,
    ChooseBuilding,
    DeclineOffice,
    DropDraft,
    ForgetOffice,
    NameHolder,
    OfferOffice,
    StepDown,
    TakeOffice,
    WithdrawOffer,
    read_until,
)
from handlers.elections.representatives.recalling import begin_recall, recall_of
from handlers.elections.representatives.use_cases import (
    choose_all_buildings,
    choose_building,
    decline_office,
    drop_draft,
    forget_office,
    name_holder,
    offer,
    step_down,
    take_office,
    withdraw_offer,
)
from handlers.elections.representatives.views import chat_of, chat_of_candidate


async def offered(context: Context, tap: OfferOffice) -> None:
    await context.require_organiser(await context.read(chat_of_candidate, tap.candidate))
    with suppress(Redelivered):
        await context.run(offer, tap.candidate, read_until(tap.until))
    await context.close("representatives.offer.done")


async def holder_named(context: Context, tap: NameHolder) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(name_holder, tap.draft, tap.office)
    await context.close("representatives.holder.done")


async def dropped(context: Context, tap: DropDraft) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(drop_draft, tap.draft)
    await context.close("frame.dropped")


async def taken(context: Context, tap: TakeOffice) -> None:
    with suppress(Redelivered):
        await context.run(take_office, tap.office)
    await context.close("representatives.take.done")


async def declined(context: Context, tap: DeclineOffice) -> None:
    with suppress(Redelivered):
        await context.run(decline_office, tap.office)
    await context.close("representatives.decline.done")


async def withdrawn(context: Context, tap: WithdrawOffer) -> None:
    await require_organiser_of_office(context, tap.office)
    with suppress(Redelivered):
        await context.run(withdraw_offer, tap.office)
    await context.close("representatives.withdraw.done")


async def stepped_down(context: Context, tap: StepDown) -> None:
    with suppress(Redelivered):
        await context.run(step_down, tap.office)
    await context.close("representatives.step_down.done")


async def building_chosen(context: Context, tap: ChooseBuilding) -> None:
    await require_organiser_of_office(context, tap.office)
    with suppress(Redelivered):
        await context.run(choose_building, tap.office, tap.building, bool(tap.chosen))
    await context.show(BuildingsPage(tap.office, tap.page))


async def all_buildings_chosen(context: Context, tap: ChooseAllBuildings) -> None:
    await require_organiser_of_office(context, tap.office)
    with suppress(Redelivered):
        await context.run(choose_all_buildings, tap.office)
    await context.show(BuildingsPage(tap.office, 0))


async def forgotten(context: Context, tap: ForgetOffice) -> None:
    await require_organiser_of_office(context, tap.office)
    with suppress(Redelivered):
        await context.run(forget_office, tap.office)
    await context.close("representatives.forget.done")


async def recall_begun(context: Context, tap: BeginRecall) -> None:
    """The card says what neighbours sign for in the language of the chat, as if it had been typed."""
    await require_organiser_of_office(context, tap.office)
    recall = await context.read(recall_of, tap.office)
    words = context.texts.in_language(recall.language)
    title = words.plain("recall.title", name=recall.name)
    with suppress(Redelivered):
        await context.run(begin_recall, tap.office, title, words.plain("recall.choice"))
    await context.close("recall.begun")


async def require_organiser_of_office(context: Context, office_id: int) -> None:
    """Go on only for an organiser of the office's chat, as of now."""
    await context.require_organiser(await context.read(chat_of, office_id))
