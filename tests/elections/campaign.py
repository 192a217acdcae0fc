"""An election as neighbours live it: begun, stood in, signed; through the front door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import update
from sqlmodel import SQLModel, select

from bot.person.place import Person as Somebody
from bot.person.place import Place
from bot.store import personally
from handlers.elections.candidates.standing import draft_standing
from playground.chats import Chat, Message
from playground.people import Person
from playground.taps import CallbackAnswer
from playground.world import PATIENCE_SECONDS
from storage.database import Database
from storage.delivery.cards import CardRow
from storage.elections import progress
from storage.elections.bases import ElectionBaseRow
from storage.elections.bulletins import BulletinHeadRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.progress import BuildingCountRow, BuildingShownRow
from storage.elections.signatures import SignatureRow
from tests.yard import Yard, turn_to_full_hour

T = TypeVar("T", bound=SQLModel)

TITLE = "Representative of Yard 5"
ELECT = f"/elect 400 {TITLE}"
SENTENCE = "I sign for"
CONFIRM = "yes, I sign"


async def announce(yard: Yard, typed: str = ELECT, chat: Chat | None = None) -> Message:
    """Vera, an organiser, begins an election; gives its card."""
    yard.say(yard.vera, typed, chat=chat or yard.group)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for", chat)
    await yard.tap(yard.vera, preview, "Publish")
    return await yard.card(typed.split(" ", 2)[2], chat)


async def open_standing(yard: Yard, person: Person, name: str, chat: Chat | None = None) -> Message:
    """Type /stand and open the private page behind it; gives the page."""
    pointer = await reply_to(yard, yard.say(person, f"/stand {name}", chat=chat or yard.group))
    answer = await yard.tap(person, pointer, "Open it privately")
    where = await yard.follow(person, answer) if answer.url else chat
    return await yard.hears(person, name, where)


async def stand(yard: Yard, person: Person, name: str, chat: Chat | None = None) -> Message:
    """Stand in the only open election; gives the card that shows it."""
    page = await open_standing(yard, person, name, chat)
    await yard.tap(person, page, "yes, add me")
    return await redrawn(yard, name, chat)


async def begin_standing(yard: Yard, person: Person, typed: str) -> int:
    """What /stand begins, without the page behind it; gives the draft's number."""
    assert yard.app is not None
    begun = personally(draft_standing, Somebody(person.id), Place(yard.group.id))
    return await yard.app.store.run(begun, typed)


async def open_signing(yard: Yard, person: Person, card: Message) -> Message:
    """Tap Sign on the card; gives the private page."""
    answer = await yard.tap(person, card, "Sign")
    where = await yard.follow(person, answer) if answer.url else card.chat
    return await yard.hears(person, SENTENCE, where)


async def look_behind(yard: Yard, person: Person, card: Message) -> Message:
    """Tap ⋯ on the card; gives the page with what this person may do."""
    answer = await yard.tap(person, card, "⋯")
    where = await yard.follow(person, answer) if answer.url else card.chat
    return await yard.hears(person, "What you can do here", where)


async def manage(yard: Yard, person: Person, card: Message) -> Message:
    """Go on to what organisers do with an election; gives that page."""
    page = await look_behind(yard, person, card)
    await yard.tap(person, page, "Manage")
    return await yard.hears(person, "What about", page.chat)


async def sign(yard: Yard, person: Person, card: Message) -> Message:
    """Sign for the only candidate; gives the page that says so."""
    page = await open_signing(yard, person, card)
    await yard.tap(person, page, CONFIRM)
    return await yard.hears(person, "Your signature is counted", page.chat)


async def sign_at_once(
    yard: Yard, person: Person, card: Message, candidate: int = 1
) -> CallbackAnswer:
    """The same by the last tap alone, for crowds."""
    return await yard.forge(person, card, f"e.sign!:1:{candidate}")


async def redrawn(yard: Yard, containing: str, chat: Chat | None = None) -> Message:
    """The card, once the bot has redrawn it with these words."""
    await yard.settled(61)  # past the minute in which a group takes only so many messages
    return await yard.card(containing, chat, button="⋯")


async def at_the_hour(yard: Yard, containing: str = "", chat: Chat | None = None) -> Message:
    """Turn the clock to the next full hour, at which numbers become public; gives the card."""
    await turn_to_full_hour(yard, progress.next_publishing)
    return await redrawn(yard, containing, chat)


async def reply_to(yard: Yard, command: Message) -> Message:
    """What the bot replies to a command, for all to see."""

    def found() -> Message | None:
        return next((m for m in command.chat.messages if m.reply_to is command), None)

    await yard.world.until(found)
    reply = found()
    assert reply is not None
    return reply


async def list_buildings(yard: Yard, typed: str, person: Person | None = None) -> Message:
    """Type /buildings and what follows it; gives the page that only its author sees."""
    who = person or yard.vera
    command = yard.say(who, f"/buildings {typed}")

    def found() -> Message | None:
        seen = yard.world.visible(who, command.chat)
        later = seen[seen.index(command) + 1 :]
        return next((m for m in later if m.sender is yard.world.bot and "…" not in m.text), None)

    await yard.world.until(found)
    page = found()
    assert page is not None
    return page


async def eventually(condition: Callable[[], object]) -> None:
    """Wait for something that nobody in the world can see, such as a row of the database."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - nothing there wakes us
            await asyncio.sleep(0.02)


def organiser(yard: Yard, name: str = "Olga") -> Person:
    """One more organiser."""
    person = yard.world.add_person(name, language="en")
    yard.world.join(yard.group, person)
    yard.world.promote(yard.group, person, yard.vera)
    return person


async def agreed(yard: Yard, person: Person, wanted: str) -> None:
    """Another organiser agrees to what one has asked for."""
    message = await yard.card(wanted)
    await yard.tap(person, message, "I agree")


async def by_two(yard: Yard, second: Person, card: Message, data: str) -> None:
    """Vera wants it, and the second organiser wants the same."""
    await yard.forge(yard.vera, card, data)
    await yard.hears(yard.vera, "A second administrator has to agree")
    await yard.forge(second, card, data)


async def close_by_two(yard: Yard, card: Message) -> None:
    """Vera wants it closed, and another organiser agrees."""
    second = organiser(yard)
    await yard.forge(yard.vera, card, f"e.close!:{number_of(card)}")
    await agreed(yard, second, "wants to close this election now")


def number_of(card: Message) -> int:
    """The number of a card's election, which its buttons carry."""
    return int((card.buttons[-1].callback_data or "").rsplit(":", 1)[1])


def newest_update(yard: Yard) -> int:
    """The number of the latest update."""
    return yard.world.push({}) - 1  # an empty one, to learn where the count stands


async def redeliver(yard: Yard, tap: int) -> None:
    """Let Telegram deliver the update of a tap once more, to a bot that was started anew meanwhile."""
    await yard.quiet()
    await yard.restart()
    answers_before = _answers(yard)
    yard.world.redeliver(tap)
    await yard.world.until(lambda: _answers(yard) > answers_before)


def _answers(yard: Yard) -> int:
    return sum(call.method == "answerCallbackQuery" for call in yard.world.calls)


def neighbours(yard: Yard, number: int) -> list[Person]:
    """More people in the yard."""
    people = [yard.world.add_person(f"Neighbour {n}") for n in range(1, number + 1)]
    for person in people:
        yard.world.join(yard.group, person)
    return people


class Records:
    """What the database holds, for tests that mistrust the bot's own words."""

    def __init__(self, yard: Yard) -> None:
        self._url = yard.database_url

    @property
    def signatures(self) -> list[SignatureRow]:
        return self._all(SignatureRow)

    @property
    def candidates(self) -> list[CandidateRow]:
        return sorted(self._all(CandidateRow), key=lambda row: row.id)

    @property
    def elections(self) -> list[ElectionRow]:
        return self._all(ElectionRow)

    @property
    def bases(self) -> list[ElectionBaseRow]:
        return sorted(self._all(ElectionBaseRow), key=lambda row: row.version)

    @property
    def building_counts(self) -> list[BuildingCountRow]:
        return self._all(BuildingCountRow)

    @property
    def buildings_shown(self) -> dict[int, int]:
        """The public number of each building."""
        return {row.building_id: row.shown for row in self._all(BuildingShownRow)}

    @property
    def bulletin_heads(self) -> list[BulletinHeadRow]:
        return sorted(self._all(BulletinHeadRow), key=lambda row: row.number)

    @property
    def card(self) -> CardRow:
        """The card of the only election; its `changes` count how often it had to be redrawn."""
        (card,) = (card for card in self._all(CardRow) if card.kind == "elections.card")
        return card

    def tamper(self) -> None:
        """Rewrite signatures without their key, as somebody with mere write access could."""
        database = Database(self._url)
        try:
            database.write_now(
                lambda session: session.execute(update(SignatureRow).values(mac=b"x"))
            )
        finally:
            database.close()

    def _all(self, table: type[T]) -> list[T]:
        database = Database(self._url)
        try:
            return database.read_now(lambda session: list(session.exec(select(table))))
        finally:
            database.close()
