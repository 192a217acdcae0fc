"""Who runs, and what is asked of each."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.stage.town import DVOR, SWIFT_DVOR, Town
from playground.chats import Message
from playground.people import Person

_RIVALS = Path(__file__).parent / "rivals"
# What a card of ours has under it, for a rival that only answers.
_BUTTONS = ("👍 Going", "🤔 Maybe", "🙅 Can't")

SIGNATURES = 0.15
"""How many signatures are measured for each tap: each is somebody else's."""

Feed = Callable[[int], None]
"""Have so many updates wait for the bot, at once."""


@dataclass(frozen=True)
class Contender:
    """A bot to measure, `beside` those with which it is compared.

    `answer` is the method by which it answers an update; `share` of the usual number of updates are fed to it
    at a time.
    """

    name: str
    command: Callable[[Town], list[str]]
    prepare: Callable[[Town], Awaitable[Feed]]
    beside: tuple[str, ...] = ()
    answer: str = "answerCallbackQuery"
    people: int = 200
    line_seconds: float = 0.0
    disk_milliseconds: int = 0
    is_ours: bool = True
    on_postgresql: bool = False
    share: float = 1.0


async def prepare_messages(town: Town) -> Feed:
    """The echoes: a private message in, the same message out."""
    world = town.world
    for person in town.people:
        world.start(person)
    await town.wire.until("sendMessage", len(town.people))

    def feed(updates: int) -> None:
        for number in range(updates):
            person = town.people[number % len(town.people)]
            world.say(world.private(person), person, f"hello {number}")

    return feed


async def prepare_bare_taps(town: Town) -> Feed:
    """Taps for a bot that has no cards of its own: somebody has sent one like ours in its name."""
    yard = town.world.add_group(
        "Yard", creator=town.people[0], kind="supergroup", members=town.people[1:]
    )
    town.world.add_bot(yard, by=town.people[0])
    row = [{"text": text, "callback_data": f"a:1:{text}"} for text in _BUTTONS]
    card: dict[str, Any] = {
        "chat_id": yard.id,
        "text": "Concert @ Fountain, tomorrow 19:00",
        "reply_markup": {"inline_keyboard": [row]},
    }
    address = f"{town.server.url}/bot{town.world.bot.token}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(address, json=card) as sent:
        sent.raise_for_status()
    return _tapping(town, {yard.messages[-1]: town.people})


def prepare_taps(chats: int) -> Callable[[Town], Awaitable[Feed]]:
    """An action in each of so many chats, and everybody in each of them."""

    async def prepare(town: Town) -> Feed:
        cards = {}
        for number in range(chats):
            members = town.people[number::chats]
            yard = await town.open_yard(f"Yard {number}", members)
            cards[await town.announce(members[0], yard)] = members
        return _tapping(town, cards)

    return prepare


def _tapping(town: Town, cards: dict[Message, list[Person]]) -> Feed:
    """Two of the answers by turns, the cards in turn, and everybody of a card's chat in turn."""
    turns = list(cards.items())

    def feed(updates: int) -> None:
        for number in range(updates):
            card, members = turns[number % len(turns)]
            turn = number // len(turns)
            town.world.tap(members[turn % len(members)], card, (0, turn % 2))

    return feed


async def prepare_signatures(town: Town) -> Feed:
    """The tap by which somebody signs; each signs once."""
    vera, candidate, *neighbours = town.people
    yard = await town.open_yard("Yard", town.people)
    # An administrator can whisper: the page after the tap comes into the group, for one pair of eyes.
    town.world.promote(yard, town.world.bot, vera)
    card = await town.elect(vera, yard)
    await town.stand(candidate, yard, "Nina K.", card)
    election = (card.buttons[0].callback_data or "").rsplit(":", 1)[1]
    signers = iter(neighbours)

    def feed(updates: int) -> None:
        for _ in range(updates):
            town.world.tap_data(next(signers), card, f"e.sign!:{election}:1")

    return feed


def _script(python: Path, script: str) -> Callable[[Town], list[str]]:
    return lambda town: [str(python), str(_RIVALS / script), town.world.bot.token, town.server.url]


ECHO, ANSWER, TAP = "aiogram, bare echo", "aiogram, bare answer to a tap", "Dvor, a durable tap"
_PTB, _FAR = "python-telegram-bot, bare echo", ", 60 ms a call"
_FAR_SECONDS, _SLOW_DISK_MS = 0.06, 5


def contenders(aiogram: Path, signers: int) -> tuple[Contender, ...]:
    """Everyone, in the order in which they take turns."""
    rival, ptb = _script(aiogram, "aiogram_bot.py"), _script(Path(sys.executable), "ptb_echo.py")
    echo = Contender(ECHO, rival, prepare_messages, answer="sendMessage", is_ours=False)
    answer = Contender(ANSWER, rival, prepare_bare_taps, (ECHO,), is_ours=False)
    tap = Contender(TAP, lambda _: DVOR, prepare_taps(1), (ECHO, ANSWER))
    signature = Contender(
        "Dvor, a durable signature", lambda _: SWIFT_DVOR, prepare_signatures, (TAP,)
    )
    return (
        echo,
        answer,
        replace(echo, name=_PTB, command=ptb, beside=(ECHO,)),
        tap,
        replace(tap, name=f"{TAP}, over 50 chats", prepare=prepare_taps(50)),
        *(
            replace(
                one,
                name=one.name + _FAR,
                beside=tuple(rival + _FAR for rival in one.beside),
                line_seconds=_FAR_SECONDS,
            )
            for one in (echo, answer, tap)
        ),
        replace(tap, name=f"{TAP}, a 5 ms disk", beside=(TAP,), disk_milliseconds=_SLOW_DISK_MS),
        replace(signature, people=signers + 2, share=SIGNATURES),
        replace(tap, name=f"{TAP}, on PostgreSQL", beside=(TAP,), on_postgresql=True),
    )
