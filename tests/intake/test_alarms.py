"""What the operators hear of faults: enough to look into the log, and no flood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.context import Context
from bot.feature import Command, Feature
from bot.person.rights import EVERYONE
from playground.chats import Chat
from playground.people import Person
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

MINUTE = timedelta(minutes=1)


async def break_here(_context: Context, _typed: str) -> None:
    raise LookupError("the first kind")


async def break_there(_context: Context, _typed: str) -> None:
    raise LookupError("the second kind")


FRAGILE = Feature(
    name="fragile",
    commands=(
        Command("break", break_here, "help.menu.help", EVERYONE, ephemeral=False),
        Command("smash", break_there, "help.menu.help", EVERYONE, ephemeral=False),
    ),
)


@pytest.fixture
async def operators(bare_yard: Yard) -> list[Person]:
    """Two who look after the bot of this yard, in which commands break."""
    found = [bare_yard.world.add_person(name) for name in ("Olga", "Oleg")]
    for person in found:
        bare_yard.world.start(person)
    bare_yard.overrides["OPERATORS"] = ",".join(str(person.id) for person in found)
    await bare_yard.move_in(FRAGILE)
    await bare_yard.quiet()
    return found


def told(yard: Yard, operator: Person) -> list[str]:
    """The alarms that the operator read in private."""
    chat: Chat = yard.world.private(operator)
    texts = [m.text for m in chat.messages if m.sender is yard.world.bot]
    return [text for text in texts if "Something broke" in text or "happened" in text]


async def test_one_alarm_a_kind_and_the_rest_of_a_minute_in_one_message(
    bare_yard: Yard, operators: list[Person]
) -> None:
    yard = bare_yard
    for _ in range(8):
        yard.say(yard.tom, "/break")
    yard.say(yard.tom, "/smash")
    await yard.quiet()
    await yard.world.until(lambda: all(len(told(yard, operator)) == 2 for operator in operators))
    yard.clock.turn(MINUTE)
    await yard.world.until(lambda: all(len(told(yard, operator)) == 3 for operator in operators))
    for operator in operators:
        assert "happened 7 more times" in told(yard, operator)[-1]
    (first, other) = (told(yard, operator) for operator in operators)
    assert first == other
    last_id = first[-1].split()[-1].strip(".")
    assert any(f"fault {last_id}" in line for line in yard.log.errors), "it is found in the log"


async def test_operators_hear_of_it_while_its_author_still_waits_for_the_answer(
    bare_yard: Yard, operators: list[Person]
) -> None:
    yard = bare_yard
    answer = yard.server.faults.add(
        "*", "hold", when=lambda params: "something broke on my side" in params.text("text")
    )
    yard.say(yard.tom, "/break")
    await yard.world.until(lambda: all(told(yard, operator) for operator in operators))
    await yard.world.until(lambda: answer.struck)
    answer.released.set()


async def test_after_a_quiet_minute_an_alarm_comes_at_once_again(
    bare_yard: Yard, operators: list[Person]
) -> None:
    yard, operator = bare_yard, operators[0]
    for alarms in (1, 2):
        yard.say(yard.tom, "/break")
        await yard.world.until(lambda n=alarms: len(told(yard, operator)) == n)  # type: ignore[misc]
        yard.clock.turn(MINUTE)
        # What the end of the minute brings has had its time once something later is done.
        yard.say(yard.tom, "/help")
        await yard.quiet()
    assert all("Something broke" in text for text in told(yard, operator))


async def test_what_was_counted_is_told_where_the_bot_stops_before_the_minute_is_over(
    bare_yard: Yard, operators: list[Person]
) -> None:
    yard = bare_yard
    for _ in range(2):
        yard.say(yard.tom, "/break")
    await yard.quiet()
    await yard.stop()
    assert ["1 more time." in text for text in told(yard, operators[1])] == [False, True]
