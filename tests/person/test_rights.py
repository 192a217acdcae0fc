"""What the features declare of rights holds: what is for organisers obeys nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import SQLModel, col, select

from bot.app import FEATURES
from bot.message.payload import Payload
from bot.message.words import load_words
from bot.person.rights import Right, Who
from bot.store import UnitOfWork
from playground.chats import Message
from storage.delivery import cards, removals
from storage.delivery.outbox import OutboxRow, OutboxState
from storage.reminders import ReminderRow
from storage.tables import METADATA
from tests.actions.announce import announce
from tests.elections import campaign
from tests.elections.paper import collecting
from tests.forged_payloads import THINGS
from tests.open_drafts import open_drafts
from tests.reminders.reminding import WEEKLY_WALK, previewed, remind
from tests.yard import Yard, page_after

# Who may do what is asked the same on either database.
pytestmark = pytest.mark.databases("sqlite")

ORGANISERS_ONLY = load_words("en").plain("frame.refused.organisers_only")
NOTHING_THERE = {
    load_words("en").plain(f"frame.refused.{reason}")
    for reason in ("unknown_thing", "link_expired", "draft_over")
}
NOT_YOURS = load_words("en").plain("frame.refused.not_yours")
COMMANDS = [
    command
    for feature in FEATURES
    for command in feature.commands
    if command.right.who is Who.ORGANISERS
]
# Whoever may not use these reads who may, in place of a refusal.
LED_ON = [
    kind
    for feature in FEATURES
    for kind, tap in feature.buttons.items()
    if tap.otherwise is not None
]
PAYLOADS: list[tuple[type[Payload], Right]] = [
    (kind, handled.right)
    for feature in FEATURES
    for kind, handled in (*feature.buttons.items(), *feature.pages.items())
    if handled.right.who is Who.ORGANISERS and kind not in LED_ON
]
# What stands in the yard below, by the names of the fields in the payloads.
STANDING: dict[str, type[SQLModel]] = {
    **{name: table for name, table in THINGS.items() if name not in ("nomination", "office")},
    "reminder": ReminderRow,
}
# Written before anything is asked: which updates came, and the way into private, where it is asked.
_OF_THE_FRAME = {"handled_update", "short_lived"}


@pytest.fixture
async def busy_yard(yard: Yard) -> tuple[Yard, Message]:
    """A yard in which something of each kind stands, and a card to tap on."""
    await campaign.list_buildings(yard, "Fountain street 5: 120")
    card = await campaign.announce(yard)
    await campaign.stand(yard, yard.vera, "Vera K.")
    # An act that waits for a second organiser, and a sheet to sign by hand.
    await yard.forge(yard.vera, card, "e.close!:1")
    yard.world.start(yard.vera)
    question = await collecting.order(yard)
    await yard.tap(yard.vera, question, "The whole neighbourhood")
    await yard.world.until(lambda: collecting.documents(yard))
    await announce(yard, yard.ales)
    await yard.settled(61)  # all that is a lot for one minute
    await remind(yard, WEEKLY_WALK)
    await previewed(yard, "every sunday 12:00 Soup")
    await yard.settled(61)
    return yard, card


async def stored_ids(yard: Yard) -> dict[str, int]:
    """The id of a thing of each kind."""

    def read(work: UnitOfWork) -> dict[str, int]:
        return {
            name: work.session.exec(select(table)).first().id  # type: ignore[union-attr]
            for name, table in STANDING.items()
        }

    assert yard.app is not None
    ids = await yard.app.store.read(read)
    return {**ids, "draft": max(await open_drafts(yard))}


async def kept(yard: Yard) -> dict[str, list[str]]:
    """Every row of every table but the frame's own, once all that was said stands where it belongs."""

    def is_said(work: UnitOfWork) -> bool:
        waiting = select(OutboxRow).where(
            col(OutboxRow.state).in_([OutboxState.DUE, OutboxState.SENDING]),
            OutboxRow.due_at <= work.now,
        )
        vanishing = removals.first(work.session, held=(), limit=1)
        is_removed = not vanishing or vanishing[0].due_at > work.now
        is_drawn = not cards.dirty(work.session, busy=(), held=(), limit=1)
        return is_removed and is_drawn and work.session.exec(waiting).first() is None

    def read(work: UnitOfWork) -> dict[str, list[str]]:
        return {
            table.name: sorted(map(repr, work.session.connection().execute(table.select())))
            for table in METADATA.sorted_tables
            if table.name not in _OF_THE_FRAME
        }

    await yard.written(is_said)
    assert yard.app is not None
    return await yard.app.store.read(read)


async def require_unchanged(yard: Yard, before: dict[str, list[str]]) -> None:
    await yard.quiet()
    after = await kept(yard)
    assert {
        name: set(rows) ^ set(before[name]) for name, rows in after.items() if rows != before[name]
    } == {}


def forged(kind: type[Payload], ids: dict[str, int]) -> str:
    """A payload of this kind about what stands in the yard."""
    return ":".join([kind.code, *(str(ids.get(name, 1)) for name in kind.names())])


async def refusal(yard: Yard, card: Message, data: str) -> str:
    """What Tom, a plain member, is told who taps with this payload; perhaps once he is in private."""
    answer = await yard.world.answered(yard.world.tap_data(yard.tom, card, data))
    if answer.url is None:
        assert answer.show_alert, f"{data} is answered with {answer}"
        return answer.text or ""
    private = yard.world.private(yard.tom)
    before = len(private.log)
    await yard.follow(yard.tom, answer)

    def told() -> list[str]:
        return [m.text for m in private.log[before:] if m.sender is yard.world.bot]

    await yard.world.until(told)
    return told()[-1]


async def test_what_is_for_organisers_obeys_no_plain_member(
    busy_yard: tuple[Yard, Message],
) -> None:
    assert PAYLOADS
    yard, card = busy_yard
    ids = await stored_ids(yard)
    before = await kept(yard)
    for kind, right in PAYLOADS:
        yard.clock.turn(timedelta(seconds=1))  # faster than that nobody is let in
        told = await refusal(yard, card, forged(kind, ids))
        is_there = not right.of or right.of in ids
        may_be_told = {NOT_YOURS} if right.of == "draft" else {ORGANISERS_ONLY}
        assert told in (may_be_told if is_there else {*may_be_told, *NOTHING_THERE}), (
            f"{kind.code}: {told}"
        )
    await require_unchanged(yard, before)
    assert ids["draft"] in await open_drafts(yard)


async def test_what_organisers_decide_in_public_is_explained_to_others_and_stays_as_it_is(
    busy_yard: tuple[Yard, Message],
) -> None:
    assert LED_ON
    yard, card = busy_yard
    ids = await stored_ids(yard)
    before = await kept(yard)
    for kind in LED_ON:
        yard.clock.turn(timedelta(seconds=1))
        await yard.world.answered(yard.world.tap_data(yard.tom, card, forged(kind, ids)))
    await require_unchanged(yard, before)


async def test_a_command_of_organisers_obeys_no_plain_member(yard: Yard) -> None:
    assert COMMANDS
    before = await kept(yard)
    for command in COMMANDS:
        yard.clock.turn(timedelta(seconds=20))  # more in a minute isn't answered
        answer = await page_after(yard, yard.tom, f"/{command.name}")
        assert answer.text == ORGANISERS_ONLY, command.name
    await require_unchanged(yard, before)


async def test_commands_of_organisers_stand_in_their_menu_alone(yard: Yard) -> None:
    theirs = {command.name for command in COMMANDS}
    yard.world.start(yard.tom)
    for chat in (yard.group, yard.world.private(yard.tom)):
        assert theirs.isdisjoint(entry.command for entry in yard.world.menu(yard.tom, chat))
    listed = {entry.command for entry in yard.world.menu(yard.vera, yard.group)}
    assert {command.name for command in COMMANDS if command.in_menu} <= listed


_THINGS = {"election", "candidate", "office", "sheet", "reminder"}
# They say that a file is in the private chat, and nothing of what is in it.
_POINTERS = {"p.sent", "p.private"}


def test_what_organisers_alone_see_of_a_thing_stands_in_no_public_message() -> None:
    """Drafts do, where the bot is a plain member; so does how the chat is set up, which everyone may see."""
    seen_by_all = {
        kind.code
        for feature in FEATURES
        for kind, page in feature.pages.items()
        if page.right.who is Who.ORGANISERS and _THINGS.intersection(kind.names())
        if not kind.private and not kind.typing
    }
    assert seen_by_all == _POINTERS
