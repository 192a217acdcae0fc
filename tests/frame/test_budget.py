"""No message, whoever sends it, keeps the one writer from its work: every command and every typed flow is
tried with messages that were made to cost as much as they can.

Statements and rows are counted. The time is that of the writer's own thread, and its limit is five times the
budget of 50 ms, so that no machine is slow enough to fail; `benchmarks/writer.py` measures it.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app import FEATURES
from bot.context import Context
from bot.feature import Feature
from playground.chats import Chat
from playground.people import Person
from tests.actions import announce as actions
from tests.elections.campaign import stand
from tests.elections.representatives.office import elect
from tests.frame.hostile import BEGINNINGS, alike_houses, messages
from tests.frame.writer_watch import WriterWatch, watched_writer
from tests.reminders.reminding import previewed, remind
from tests.yard import Yard, page_after

pytestmark = pytest.mark.databases("sqlite")

MOST_STATEMENTS = 60
MOST_ROWS = 400
MOST_SECONDS = 0.25


@dataclass
class Heard:
    """Which commands and flows were reached, and how often."""

    times: dict[str, int] = field(default_factory=dict)

    def hearing(self, name: str, run: Callable[..., Awaitable[None]]) -> Any:
        async def noted(context: Context, *typed: Any) -> None:
            self.times[name] = self.times.get(name, 0) + 1
            await run(context, *typed)

        return noted

    def hear_all(self, feature: Feature) -> Feature:
        """The same feature, whose commands and flows tell when they are reached."""
        commands = (replace(c, run=self.hearing(c.name, c.run)) for c in feature.commands)
        typed = {
            flow: replace(each, function=self.hearing(flow, each.function))
            for flow, each in feature.typed.items()
        }
        return replace(feature, commands=tuple(commands), typed=typed)


@dataclass
class Bench:
    """A yard in which every transaction of the writer is held against the budget."""

    yard: Yard
    heard: Heard
    watch: WriterWatch

    async def try_out(self, person: Person, text: str, chat: Chat, name: str) -> bool:
        """Say it and look what it cost. Returns whether it got to where it was meant to."""
        before = self.heard.times.get(name, 0)
        self.watch.take()
        self.yard.say(person, text, chat=chat)
        self.yard.clock.turn(timedelta(minutes=1))
        await self.yard.quiet()
        for cost in self.watch.take():
            # On a busy machine what the clock brings joins the transaction of what was typed.
            assert cost.statements <= MOST_STATEMENTS * max(1, cost.use_cases), (
                name,
                text[:40],
                cost,
            )
            assert cost.rows <= MOST_ROWS, (name, text[:40], cost)
            assert cost.seconds <= MOST_SECONDS, (name, text[:40], cost)
        return self.heard.times.get(name, 0) > before


@pytest.fixture
def watch() -> Iterator[WriterWatch]:
    """Without the garbage collector, whose long breaks fall on whoever happens to run."""
    gc.disable()
    with watched_writer() as watch:
        yield watch
    gc.enable()


@pytest.fixture
async def bench(bare_yard: Yard, watch: WriterWatch) -> AsyncIterator[Bench]:
    heard = Heard()
    bare_yard.features = tuple(map(heard.hear_all, FEATURES))
    await bare_yard.move_in()
    yield Bench(bare_yard, heard, watch)
    assert not bare_yard.log.errors, "\n".join(bare_yard.log.errors)


def test_every_command_says_how_a_good_line_begins() -> None:
    assert set(BEGINNINGS) == {c.name for feature in FEATURES for c in feature.commands}


async def test_no_command_costs_the_writer_more_than_its_budget(bench: Bench) -> None:
    yard = bench.yard
    yard.world.start(yard.vera)
    commands = {c.name: c for feature in FEATURES for c in feature.commands}
    for name in commands:
        chat = yard.world.private(yard.vera) if name == "start" else yard.group
        for what, text in messages(name).items():
            got_there = await bench.try_out(yard.vera, f"/{name} {text}", chat, name)
            assert got_there or (name, what) in LED_ELSEWHERE, (name, what)


LED_ELSEWHERE = {("start", name) for name in ("emoji", "accents", "wide signs")}
"""One word after /start is a link's."""


async def test_a_list_of_houses_that_are_nearly_alike_costs_no_more(bench: Bench) -> None:
    yard = bench.yard
    typed = f"/buildings {alike_houses()}"
    for _ in range(2):
        assert await bench.try_out(yard.vera, typed, yard.group, "buildings")


async def test_no_private_answer_costs_the_writer_more_than_its_budget(bench: Bench) -> None:
    yard = bench.yard
    asked = await _asked(yard)
    assert set(asked) == {flow for feature in FEATURES for flow in feature.typed}
    for flow, (person, ask) in asked.items():
        private = yard.world.private(person)
        await _ask(yard, person, await ask())
        for what, text in messages("").items():
            if not await bench.try_out(person, text, private, flow):
                await _ask(yard, person, await ask())  # the one before was taken for good
                assert await bench.try_out(person, text, private, flow), (flow, what)


Ask = Callable[[], Awaitable[str]]


async def _asked(yard: Yard) -> dict[str, tuple[Person, Ask]]:
    """Whom each flow asks something, and the page that does, in a yard where there is one of each thing."""
    await elect(yard)
    await stand(yard, yard.vera, "Vera D.")
    await actions.announce(yard, yard.tom)
    await remind(yard, "every monday 11:00 Seniors' walk")

    def always(page: str) -> Ask:
        async def ask() -> str:
            return page

        return ask

    async def new_reminder() -> str:
        preview = await previewed(yard, "every monday 12:00 Tea")
        return f"r.write:{(preview.buttons[0].callback_data or '').split(':')[1]}"

    def new_election(asks: str) -> Ask:
        async def ask() -> str:
            preview = await page_after(yard, yard.vera, "/elect 400 Of the yard")
            return f"{asks}:{(preview.buttons[0].callback_data or '').split(':')[1]}"

        return ask

    async def new_action() -> str:
        preview = await page_after(yard, yard.tom, "/action tomorrow 12:00 Tea @ Fountain")
        return f"a.words!:{actions.draft_of(preview)}"

    return {
        "actions.new": (yard.tom, new_action),
        "reminders.new": (yard.vera, new_reminder),
        "reminders.edit": (yard.vera, always("r.edit:1:1:when")),
        "actions.edit": (yard.tom, always("a.alter:1:words")),
        "actions.why": (yard.tom, always("a.why:1")),
        "elections.new": (yard.vera, new_election("e.titletype")),
        "elections.new_deadline": (yard.vera, new_election("ee.drafttype")),
        "candidates.words": (yard.vera, always("ec.words:1")),
        "ending.deadline": (yard.vera, always("ee.type:1")),
        "representatives.until": (yard.vera, always("rep.until:1")),
        "buildings.lines": (yard.vera, always("b.add:1")),
    }


async def _ask(yard: Yard, person: Person, page: str) -> None:
    """Open the page that asks, behind a link that is followed."""
    card = await yard.card("Hello, neighbours")
    await yard.follow(person, await yard.forge(person, card, page))
    await yard.quiet()
