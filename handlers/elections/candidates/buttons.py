"""What people tap around candidates."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.domain.refusal import Refused
from bot.store import Redelivered
from handlers.elections.beginning import choose_electors
from handlers.elections.candidates.commands import ask
from handlers.elections.candidates.nominating import propose_in, require_nominee
from handlers.elections.candidates.payloads import (
    Accept,
    AcceptPage,
    ChooseForEach,
    ChooseNewcomers,
    Decline,
    DropWords,
    ElectorsPage,
    Leave,
    LetNewcomers,
    Nominate,
    SaveWords,
    WithdrawFrom,
)
from handlers.elections.candidates.use_cases import (
    drop_words,
    leave,
    let_newcomers,
    save_words,
)
from handlers.elections.payloads import ManagePage, SignPage
from handlers.elections.signing import withdraw
from handlers.elections.use_cases import chat_of


async def nominated(context: Context, tap: Nominate) -> None:
    """For which election, where there were several."""
    if not context.place.is_group:
        raise Refused("frame.refused.group_only")
    await ask(context, await context.run(propose_in, tap.draft, tap.election))
    await context.close("candidates.nominated")


async def accepted(context: Context, tap: Accept) -> None:
    """Only whoever was proposed is led into the private chat; the question goes a little later."""
    await context.read(require_nominee, tap.nomination)
    await context.show(AcceptPage(tap.nomination))
    await context.services.whisperer.retire(context)


async def declined(context: Context, tap: Decline) -> None:
    """The question goes away, and that is all there is to see of it."""
    await context.read(require_nominee, tap.nomination)
    await context.close("candidates.declined")


async def words_saved(context: Context, tap: SaveWords) -> None:
    with suppress(Redelivered):
        await context.run(save_words, tap.draft)
    await context.close("candidates.saved")


async def words_dropped(context: Context, tap: DropWords) -> None:
    with suppress(Redelivered):
        await context.run(drop_words, tap.draft)
    await context.close("candidates.unchanged")


async def left(context: Context, tap: Leave) -> None:
    with suppress(Redelivered):
        await context.run(leave, tap.election)
    await context.close("candidates.left")


async def withdrawn(context: Context, tap: WithdrawFrom) -> None:
    with suppress(Redelivered):
        await context.run(withdraw, tap.election, tap.candidate)
    await context.show(SignPage(tap.election))


async def for_each_chosen(context: Context, tap: ChooseForEach) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(choose_electors, tap.draft, for_each=_yes_or_no(tap.each))
    await context.show(ElectorsPage(tap.draft))


async def newcomers_chosen(context: Context, tap: ChooseNewcomers) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(choose_electors, tap.draft, newcomers_sign=_yes_or_no(tap.may))
    await context.show(ElectorsPage(tap.draft))


async def newcomers_let(context: Context, tap: LetNewcomers) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(let_newcomers, tap.election, may=_yes_or_no(tap.may))
    await context.show(ManagePage(tap.election))


def _yes_or_no(number: int) -> bool:
    if number not in (0, 1):
        raise Refused("frame.refused.unknown_thing")
    return bool(number)
