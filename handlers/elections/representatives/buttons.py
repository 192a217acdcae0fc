"""What people tap on representatives, and what they read then: that it is done, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.context import Context
from bot.message.face import Button
from handlers.elections.heart.buttons import tell
from handlers.elections.representatives.payloads import (
    BeginRecall,
    BuildingsPage,
    DeclineOffice,
    ForgetOffice,
    LeaveUntil,
    ListPage,
    NameHolder,
    OfferOffice,
    OfferPage,
    OfficePage,
    PastPage,
    StepDown,
    TakeOffice,
    WithdrawOffer,
)
from handlers.elections.representatives.reading import chat_of, office_of
from handlers.elections.representatives.recalling import begin_recall, recall_of
from handlers.elections.representatives.use_cases import (
    decline_office,
    forget_office,
    leave_until,
    name_holder,
    offer,
    step_down,
    take_office,
    withdraw_offer,
)


async def offered(context: Context, tap: OfferOffice) -> None:
    """For which buildings it is can be chosen at once."""
    await context.once(offer, tap.candidate, tap.until)
    office = await context.read(office_of, tap.candidate)
    buildings = context.words.plain("representatives.button.buildings")
    more = Button(buildings, BuildingsPage(office.id, 0))
    await tell(context, "representatives.offer.done", ListPage(office.chat_id, 0), more)


async def holder_named(context: Context, tap: NameHolder) -> None:
    await context.once(name_holder, tap.draft, tap.office)
    await tell(context, "representatives.holder.done", OfficePage(tap.office))


async def taken(context: Context, tap: TakeOffice) -> None:
    own = Button(context.words.plain("representatives.button.own"), OfficePage(tap.office))
    await _answer(context, take_office, tap.office, "representatives.take.done", own)


async def declined(context: Context, tap: DeclineOffice) -> None:
    await _answer(context, decline_office, tap.office, "representatives.decline.done")


async def stepped_down(context: Context, tap: StepDown) -> None:
    await _answer(context, step_down, tap.office, "representatives.step_down.done")


async def withdrawn(context: Context, tap: WithdrawOffer) -> None:
    await _answer(context, withdraw_offer, tap.office, "representatives.withdraw.done")


async def forgotten(context: Context, tap: ForgetOffice) -> None:
    """Back to the other lines."""
    chat_id = await context.read(chat_of, tap.office)
    await context.once(forget_office, tap.office)
    if chat_id is None:
        await context.close("representatives.forget.done")
    else:
        await tell(context, "representatives.forget.done", PastPage(chat_id, 0))


async def until_left(context: Context, tap: LeaveUntil) -> None:
    """What is typed next is no last day any more."""
    candidate_id = await context.once(leave_until, tap.draft)
    if candidate_id is None:
        await context.close("frame.dropped")
    else:
        await context.show(OfferPage(candidate_id))


async def recall_begun(context: Context, tap: BeginRecall) -> None:
    """The card says what neighbours sign for in the language of the chat, as if it had been typed."""
    recall = await context.read(recall_of, tap.office)
    words = context.texts.in_language(recall.language)
    title = words.plain("recall.title", name=recall.name)
    await context.once(begin_recall, tap.office, title, words.plain("recall.choice"))
    await tell(context, "recall.begun", OfficePage(tap.office))


async def _answer(
    context: Context, use_case: Callable[..., Any], office_id: int, key: str, *more: Button
) -> None:
    """Do that with an office, and lead back to all of them."""
    await context.once(use_case, office_id)
    chat_id = await context.read(chat_of, office_id)
    if chat_id is None:
        await context.close(key)
    else:
        await tell(context, key, ListPage(chat_id, 0), *more)
