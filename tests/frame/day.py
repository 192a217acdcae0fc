"""A neighbourhood's day with everything in it, for tests that search what it left behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from bot.context import Context
from bot.feature import Command, Feature
from bot.person.rights import EVERYONE
from playground.chats import Message
from playground.people import Person
from tests.elections import campaign
from tests.reminders.reminding import remind
from tests.yard import Yard

TITLE = "Concert of the rooftop band"
NEW_TITLE = "Concert of the cellar band"
PLACE = "Seven Lindens"
REMINDER = "Walk along the river"
CHOSEN_NAME = "A neighbour called Star"
NEVER_PUBLISHED = "Rehearsal behind the garages"

_NAMES = {
    "vera": ("Vierachka", "Kasmatovich", "vierachka_k"),
    "ales": ("Alaksandryk", "Barysevich", "alaksandryk_b"),
    "nina": ("Антонина", "Журавлёва", "tonechka_zh"),
    "tom": ("Tomasheusky", "Whitfield", "tom_whitfield"),
}


@dataclass
class Day:
    """What happened: `people` are all who did anything, `card` is the action's."""

    yard: Yard
    people: list[Person] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [
            name
            for person in self.people
            for name in (person.first_name, person.last_name, person.username)
            if name
        ]

    @property
    def ids(self) -> list[int]:
        return [person.id for person in self.people]

    @property
    def published(self) -> list[str]:
        """What people chose to show to everyone."""
        return [TITLE, NEW_TITLE, PLACE, REMINDER, CHOSEN_NAME, campaign.TITLE]


async def _stumble(context: Context, typed: str) -> NoReturn:
    raise RuntimeError(f"{context.person.id} {context.incoming} typed {typed}")


STUMBLING = Feature(
    name="stumbling",
    commands=(Command("stumble", _stumble, "help.menu.help", EVERYONE, in_menu=False),),
)
"""A feature with a fault that says all it knows."""


def call_by_full_names(yard: Yard) -> Day:
    """Names that can't turn up by chance, and neighbours whose ids are as short as the oldest ones."""
    for key, (first, last, username) in _NAMES.items():
        person: Person = getattr(yard, key)
        person.first_name, person.last_name, person.username = first, last, username
    yard.group.title = "Courtyard of the Seven Wonders"
    yard.features = (*yard.features, STUMBLING)
    day = Day(yard, [yard.vera, yard.ales, yard.nina, yard.tom])
    for number, name in enumerate(("Ihnatovich", "Radzivilenka", "Sapiehanka")):
        person = Person(1_203_004_567 + 7_919 * number, name, language_code="en")
        yard.world.people.append(person)
        yard.world.join(yard.group, person)
        day.people.append(person)
    return day


async def live_through(day: Day) -> None:
    """From the bot's coming to the evening."""
    await live_through_morning(day)
    await _elect(day)
    await remind(day.yard, f"every monday 11:00 {REMINDER}")
    await day.yard.settled(61)


async def live_through_morning(day: Day) -> None:
    """The bot comes, an action is announced, answered and changed, and things go wrong."""
    yard = day.yard
    yard.world.add_bot(yard.group, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours")
    card = await _announce(yard)
    for number, person in enumerate(day.people):
        await yard.tap(person, card, ((0, 0), (0, 1))[number % 2])
    yard.say(yard.tom, f"/action tomorrow 20:00 {NEVER_PUBLISHED}")
    await yard.hears(yard.tom, NEVER_PUBLISHED)
    await _edit(yard, card)
    await _go_wrong(yard, card)


async def _announce(yard: Yard) -> Message:
    yard.say(yard.tom, f"/action tomorrow 19:00 {TITLE} @ {PLACE}")
    preview = await yard.hears(yard.tom, TITLE)
    await yard.tap(yard.tom, preview, (0, 0))
    return await yard.card(TITLE)


async def _edit(yard: Yard, card: Message) -> None:
    """Through the private chat, where the chat's id is the person's own."""
    await yard.tap(yard.tom, card, (1, 0))
    page = await yard.hears(yard.tom, "The numbers on a card")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "✍️ Words"))
    await yard.hears(yard.tom, TITLE, private)
    yard.say(yard.tom, f"tomorrow 18:00 {NEW_TITLE} @ {PLACE}", chat=private)
    preview = await yard.hears(yard.tom, NEW_TITLE, private)
    await yard.tap(yard.tom, preview, (0, 0))
    await yard.hears(yard.nina, NEW_TITLE)


async def _elect(day: Day) -> None:
    yard = day.yard
    *_, one, other, third = day.people
    await campaign.announce(yard)
    card = await campaign.stand(yard, one, CHOSEN_NAME)
    await campaign.sign(yard, other, card)
    # The second tap finds that the whisper didn't arrive, and leads into the private chat.
    await yard.tap(third, card, (0, 0))
    private = await yard.follow(third, await yard.tap(third, card, (0, 0)))
    page = await yard.hears(third, CHOSEN_NAME, private)
    await yard.tap(third, page, (0, 0))


async def _go_wrong(yard: Yard, card: Message) -> None:
    """Forged taps, faults of ours, and refusals of Telegram that repeat what they were sent."""
    for data in ("a.answer:99:going", "nonsense", f"a.change:{yard.tom.id}"):
        await yard.forge(yard.nina, card, data)
    yard.say(yard.tom, "/stumble over the kerb", chat=yard.world.private(yard.tom))
    await yard.quiet()
    yard.server.faults.add("sendMessage", "error", description=f"Bad Request: {yard.vera.json()}")
    yard.say(yard.vera, "/help", chat=yard.world.private(yard.vera))
    yard.world.push({"message": {"from": yard.ales.json(), "chat": None, "text": NEVER_PUBLISHED}})
    await yard.quiet()
