"""Answers, guests, room, another time and restarts, in any order, held against a model."""

from __future__ import annotations

import random

import pytest

from bot.domain.actions.answers import Answer
from bot.domain.actions.caps import MOST_CHANGES
from bot.person.place import Person
from handlers.actions.changing.use_cases import begin_change, save_edit
from handlers.actions.drafting.use_cases import choose_capacity, choose_hour
from handlers.actions.heart.answering import Given, come_with, current_answer, give_answer
from handlers.actions.heart.snapshot import load_card
from tests.actions.past_the_door import for_person, store_of, tried
from tests.actions.plain_line import Line
from tests.actions.test_parties import announce_for
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

NEIGHBOURS = [Person(number) for number in range(1, 8)]
ROOMS = (3, 5, 8, 10, 12)
HOURS = (18, 20, 21)
STEPS = 60


@pytest.mark.parametrize("seed", range(6))
async def test_the_line_is_as_it_should_be(yard: Yard, seed: int) -> None:
    await announce_for(yard, "8")
    chance, line, changes = random.Random(seed), Line(8), 0
    for step in range(STEPS):
        if step == STEPS // 2:
            await yard.stop()
            await yard.start()
        if chance.random() < 0.15 and changes < MOST_CHANGES:
            changes += await change(yard, chance, line)
        else:
            await answer(yard, chance, line)
        await holds(yard, line)


async def answer(yard: Yard, chance: random.Random, line: Line) -> None:
    person, guests = chance.choice(NEIGHBOURS), chance.randrange(6)
    assert person.id is not None
    if chance.random() < 0.3:
        said = chance.choice([Answer.MAYBE, Answer.CANT])
        await tried(yard, give_answer, person, 1, said)
        line.say(person.id, said)
    else:
        await tried(yard, come_with, person, 1, guests)
        line.come(person.id, 1 + guests)


async def change(yard: Yard, chance: random.Random, line: Line) -> bool:
    """Tom makes other room, or lets it begin at another hour; whether anything is different then."""
    tom = Person(yard.tom.id)
    if chance.random() < 0.5:
        room = chance.choice(ROOMS)
        draft_id, _ = await tried(yard, begin_change, tom, 1, "capacity")
        await tried(yard, choose_capacity, tom, draft_id, room)
        line.make_room(room)
        return bool(await tried(yard, save_edit, tom, draft_id))
    draft_id, _ = await tried(yard, begin_change, tom, 1, "time")
    await tried(yard, choose_hour, tom, draft_id, chance.choice(HOURS), 0)
    is_moved = bool(await tried(yard, save_edit, tom, draft_id))
    if is_moved:
        line.move()
    return is_moved


async def holds(yard: Yard, line: Line) -> None:
    for each in NEIGHBOURS:
        given = await store_of(yard).read(for_person(yard, current_answer, each), 1)
        assert people(given) == (line.inside.get(each.id or 0), line.waiting.get(each.id or 0))
        assert given.is_asked_again == (each.id in line.asked)
        if given.waits:
            assert given.number == 1 + list(line.waiting).index(each.id or 0)
    shown = await store_of(yard).read(load_card, 1)
    assert shown is not None
    assert shown.counts.going == sum(line.inside.values())
    assert shown.counts.waiting == sum(line.waiting.values())
    assert shown.counts.asked_again == line.yet_to_answer()


def people(given: Given) -> tuple[int | None, int | None]:
    """How many of somebody come, and how many wait."""
    number = 1 + given.guests if given.answer is Answer.GOING else None
    return (None, number) if given.waits else (number, None)
