"""Bulletins as a neighbourhood gets them, and the proof codes of those who signed."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.elections.bulletins.bulletin import Bulletin, read
from bot.store import UnitOfWork
from handlers.elections.bulletins.use_cases import next_bulletin_due
from playground.chats import Message
from playground.people import Person
from tests.elections.campaign import (
    TITLE,
    announce,
    list_buildings,
    neighbours,
    stand,
)
from tests.yard import Yard

HOUSES = "Fountain street 5: 12\nFountain street 7: 280"
FIVE, SEVEN, ELSEWHERE = 1, 2, 0
EVENING_UTC = 16  # 19:00 in Minsk
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b")


async def campaign(yard: Yard, base: int = 400) -> Message:
    """Two buildings, and an election in which Tom stands as Vera K.; gives its card."""
    await list_buildings(yard, HOUSES)
    await announce(yard, f"/elect {base} {TITLE}")
    return await stand(yard, yard.tom, "Vera K.")


async def sign_in(yard: Yard, people: list[Person], card: Message, house: int = SEVEN) -> None:
    """People sign from a building, or from ELSEWHERE."""
    for person in people:
        payload = f"e.signin!:1:1:{house}" if house else "e.sign!:1:1"
        await yard.forge(person, card, payload)


async def crowd(yard: Yard, card: Message, number: int, house: int = SEVEN) -> list[Person]:
    """So many new neighbours, who sign from a building."""
    people = neighbours(yard, number)
    await sign_in(yard, people, card, house)
    return people


async def evening(yard: Yard) -> None:
    """Turn the clock to the next moment at which bulletins come out, and wait until the bot has looked."""
    now = yard.clock.now()
    at = now.replace(hour=EVENING_UTC, minute=0, second=1, microsecond=0)
    yard.clock.turn((at if at > now else at + timedelta(days=1)) - now)

    def has_looked(work: UnitOfWork) -> bool:
        due = next_bulletin_due(work)
        return due is None or due > yard.clock.now()

    await yard.written(has_looked)
    await yard.settled()


async def bulletin_post(yard: Yard, number: int) -> Message:
    """The post with this bulletin; waits for it."""
    name = f"bulletin-{number}.txt"

    def found() -> Message | None:
        return next(
            (m for m in yard.group.messages if m.document and m.document.name == name), None
        )

    await yard.world.until(found)
    post = found()
    assert post is not None
    return post


async def bulletin_text(yard: Yard, number: int) -> str:
    post = await bulletin_post(yard, number)
    assert post.document is not None
    return post.document.content.decode()


async def bulletin(yard: Yard, number: int) -> Bulletin:
    return read(await bulletin_text(yard, number))


def bulletin_posts(yard: Yard) -> list[Message]:
    messages = yard.group.messages
    return [m for m in messages if m.document and m.document.name.startswith("bulletin-")]


async def show_code(yard: Yard, person: Person, card: Message) -> Message:
    """From the card to one's own proof code; gives the page that shows it."""
    yard.clock.turn(timedelta(minutes=3))  # or the second tap would lead into the private chat
    answer = await yard.tap(person, card, "Sign")
    where = await yard.follow(person, answer) if answer.url else card.chat
    page = await yard.hears(person, "Your signature is counted", where)
    await yard.tap(person, page, "Proof code")
    page = await yard.hears(person, "You don't need one to sign", where)
    await yard.tap(person, page, "Show me the code")
    return await yard.hears(person, "The code of your signature", where)


async def own_code(yard: Yard, person: Person, card: Message) -> str:
    page = await show_code(yard, person, card)
    match = CODE.search(page.text)
    assert match is not None
    code = match.group()
    await yard.tap(person, page, "Hide the code")
    return code
