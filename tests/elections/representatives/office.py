"""An office as neighbours live it: elected, offered, taken; through the front door."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from sqlmodel import SQLModel, select

from playground.chats import Message
from playground.people import Person
from playground.taps import CallbackAnswer
from storage.database import Database
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.representatives import EndorsementRow, OfficeRow
from tests.elections.campaign import announce, at_the_hour, sign_at_once, stand
from tests.yard import Yard

T = TypeVar("T", bound=SQLModel)

ELECT = "/elect 4 Representative of Yard 5"
"""One signature is enough."""

NAME = "Vera K."


async def elect(yard: Yard, person: Person | None = None, name: str = NAME) -> Message:
    """Somebody (Tom) stands and gets enough signatures; gives the card."""
    await announce(yard, ELECT)
    await stand(yard, person or yard.tom, name)
    card = await yard.card(name)
    await sign_at_once(yard, yard.nina, card)
    card = await at_the_hour(yard, "1 / 1")
    await yard.hears(yard.ales, "has enough signatures")
    return card


async def close(yard: Yard, card: Message, said: str = "This election is over") -> Message:
    """Vera closes an election; a day later at the latest it is over. Gives the post that says so."""
    number = (card.buttons[-1].callback_data or "").rsplit(":", 1)[1]
    await yard.forge(yard.vera, card, f"e.close!:{number}")
    yard.clock.turn(timedelta(hours=25))
    return await post(yard, said)


async def forgotten(yard: Yard) -> None:
    """Wait until the elections that are over have forgotten who stood."""
    yard.clock.turn(timedelta(days=31))
    for _ in range(200):
        if all(row.person_tag is None for row in rows(yard, CandidateRow)):
            return
        yard.say(yard.vera, "/help")
        await yard.quiet()
    raise AssertionError


async def open_list(yard: Yard, person: Person) -> Message:
    """Type /representatives a minute later, when the group has room again; gives the page, whispered to
    those in whose menu the command stands."""
    yard.clock.turn(timedelta(minutes=1))
    return await answer_to(yard, person, "/representatives")


async def answer_to(
    yard: Yard, person: Person, typed: str, reply_to: Message | None = None
) -> Message:
    """What the bot says to a command, for this person or for all."""
    before = set(map(id, yard.world.visible(person, yard.group)))
    command = yard.say(person, typed, reply_to=reply_to)

    def found() -> Message | None:
        return next(
            (
                message
                for message in yard.world.visible(person, command.chat)
                if id(message) not in before
                and message.sender is yard.world.bot
                and (message.is_ephemeral or message.reply_to is command)
                and "…" not in message.text
            ),
            None,
        )

    await yard.world.until(found)
    answer = found()
    assert answer is not None
    return answer


async def open_offer(yard: Yard, name: str = NAME) -> Message:
    """From /representatives to the question how long the term is, as Vera, an organiser."""
    page = await open_list(yard, yard.vera)
    await yard.tap(yard.vera, page, "Add from an election")
    await yard.world.until(lambda: "Who should I offer" in page.text)
    await yard.tap(yard.vera, page, name)
    await yard.world.until(lambda: "How long is the term?" in page.text)
    return page


async def offer(yard: Yard, term: str = "Without an end", name: str = NAME) -> Message:
    """Offer the office to whom was elected; gives the post that says so."""
    page = await open_offer(yard, name)
    before = yard.group.last_message_id
    await yard.tap(yard.vera, page, term)
    await yard.settled(61)
    await yard.world.until(
        lambda: any(
            "The office is offered" in message.text
            for message in yard.group.messages
            if message.message_id > before
        )
    )
    return await yard.hears(yard.ales, "The office is offered")


async def post(yard: Yard, containing: str) -> Message:
    """A post with these words; the clock goes on past the minute in which a group takes so many."""
    await yard.settled(61)
    return await yard.hears(yard.ales, containing)


async def see_office(yard: Yard, person: Person, message: Message) -> Message:
    """Tap "That's me"; gives the private page."""
    return await opened(yard, person, message, "That's me")


async def opened(yard: Yard, person: Person, message: Message, button: str) -> Message:
    """Tap what opens a page for this person only; gives it, where it comes: tapped a second time
    within two minutes, it is in the private chat."""
    answer = await yard.tap(person, message, button)
    await yard.quiet()
    if answer.url is None:
        seen = yard.world.visible(person, yard.group)
        return next(message for message in reversed(seen) if message.is_ephemeral)
    private = await yard.follow(person, answer)
    await yard.world.until(lambda: private.messages[-1].sender is yard.world.bot)
    return private.messages[-1]


async def take(yard: Yard, person: Person, message: Message) -> None:
    """Take the office that a post offers."""
    page = await see_office(yard, person, message)
    await yard.tap(person, page, "Yes, I take the office")
    await post(yard, "has taken office")


async def in_office(yard: Yard, term: str = "Without an end") -> Message:
    """Tom is representative as Vera K.; gives the post by which he came to it."""
    await elect(yard)
    offered = await offer(yard, term)
    await take(yard, yard.tom, offered)
    return offered


async def forge(yard: Yard, person: Person, message: Message, data: str) -> str:
    """A forged tap; gives what the bot says to it."""
    answer: CallbackAnswer = await yard.forge(person, message, data)
    return answer.text or ""


def offices(yard: Yard) -> list[OfficeRow]:
    return sorted(rows(yard, OfficeRow), key=lambda row: row.id)


def endorsements(yard: Yard) -> list[EndorsementRow]:
    return rows(yard, EndorsementRow)


def recalls(yard: Yard) -> list[ElectionRow]:
    return [row for row in rows(yard, ElectionRow) if row.recalled_office_id is not None]


def rows(yard: Yard, table: type[T]) -> list[T]:
    """What the database holds, for tests that mistrust the bot's own words."""
    database = Database(yard.database_url)
    try:
        return database.read_now(lambda session: list(session.exec(select(table))))
    finally:
        database.close()
