"""Taps of a chat have their effects in the order in which they were tapped, and each finds those before it.

DVOR_SEED repeats a run.
"""

from __future__ import annotations

import os
import random

import pytest

from bot.context import Context
from bot.domain.refusal import Refused
from bot.feature import Feature, TapBy
from bot.message.payload import Payload
from bot.person.rights import EVERYONE
from bot.store import PersonalWork, UnitOfWork
from playground.chats import Chat
from playground.taps import Tap
from storage import chats
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

SEED = int(os.environ.get("DVOR_SEED", "0")) or random.SystemRandom().getrandbits(32)
GROUPS, PEOPLE, TAPS = 3, 12, 200
REFUSED = "This button doesn't work here any more."


class Count(Payload, code="o.count"):
    pass


class Look(Payload, code="o.look"):
    pass


class LookAndCount(Payload, code="o.both"):
    pass


class Fail(Payload, code="o.fail"):
    pass


def counted(work: PersonalWork) -> int:
    """How far it is counted in this chat: the tests borrow a number that is there."""
    return work.chat_here().sightings


def count(work: PersonalWork) -> int:
    chat = work.chat_here()
    chat.sightings += 1
    return chat.sightings


def fail(work: PersonalWork) -> int:
    count(work)
    raise Refused("frame.refused.unknown_thing")


async def on_count(context: Context, _tap: Count) -> None:
    await context.toast(f"{await context.run(count)}")


async def on_look(context: Context, _tap: Look) -> None:
    await context.toast(f"{await context.read(counted)}")


async def on_look_and_count(context: Context, _tap: LookAndCount) -> None:
    before = await context.read(counted)
    await context.toast(f"{before} {await context.run(count)}")


async def on_fail(context: Context, _tap: Fail) -> None:
    await context.run(fail)


COUNTING = Feature(
    name="counting",
    buttons={
        Count: TapBy(on_count, EVERYONE),
        Look: TapBy(on_look, EVERYONE),
        LookAndCount: TapBy(on_look_and_count, EVERYONE),
        Fail: TapBy(on_fail, EVERYONE),
    },
)
KINDS: tuple[type[Payload], ...] = (Count, Count, Count, Count, Look, LookAndCount, Fail)


def expected(kind: type[Payload], before: int) -> tuple[str, int]:
    """What a tap is answered after so many were counted, and how many are then."""
    if kind is Fail:
        return REFUSED, before
    if kind is Look:
        return f"{before}", before
    words = f"{before} {before + 1}" if kind is LookAndCount else f"{before + 1}"
    return words, before + 1


async def test_each_tap_finds_what_was_tapped_before_it_in_its_chat(bare_yard: Yard) -> None:
    yard, chance = bare_yard, random.Random(SEED)
    await yard.move_in(COUNTING)
    groups = [yard.group, *(yard.world.add_group(f"Yard {n}", yard.vera) for n in range(1, GROUPS))]
    for group in groups[1:]:
        yard.world.add_bot(group, by=yard.vera)
    welcomes = [await yard.hears(yard.vera, "Hello, neighbours", group) for group in groups]
    people = [yard.world.add_person(f"Neighbour {number}") for number in range(PEOPLE)]
    for group in groups:
        for person in people:
            yard.world.join(group, person)
    await yard.quiet()
    counts = {group: await count_in(yard, group) for group in groups}

    tapped: list[tuple[Chat, type[Payload], Tap]] = []
    for number in range(TAPS):
        welcome, kind = chance.choice(welcomes), chance.choice(KINDS)
        tap = yard.world.tap_data(people[number % PEOPLE], welcome, kind.code)
        tapped.append((welcome.chat, kind, tap))
    await yard.world.until(lambda: all(tap.answer for *_, tap in tapped))

    for number, (chat, kind, tap) in enumerate(tapped):
        assert tap.answer is not None
        words, counts[chat] = expected(kind, counts[chat])
        assert tap.answer.text == words, f"DVOR_SEED={SEED}, tap {number}"


async def count_in(yard: Yard, group: Chat) -> int:
    def read(work: UnitOfWork) -> int:
        chat = chats.find(work.session, group.id)
        assert chat is not None
        return chat.sightings

    assert yard.app is not None
    return await yard.app.store.read(read)
