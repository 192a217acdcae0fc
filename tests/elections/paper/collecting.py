"""Paper as organisers live it: sheets printed and counted, through the front door."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from sqlmodel import select

from playground.chats import Chat, Message
from storage.database import Database
from storage.elections.paper import SheetRow
from tests.elections.campaign import announce, neighbours, sign_at_once, stand
from tests.yard import Yard


async def campaign(yard: Yard, *names: str, title: str = "Representative of Yard 5") -> Message:
    """An election with candidates, and Vera ready to get files; gives its card."""
    yard.world.start(yard.vera)
    card = await announce(yard, f"/elect 400 {title}")
    people = [yard.tom, *neighbours(yard, len(names) - 1)]
    for person, name in zip(people, names, strict=True):
        card = await stand(yard, person, name)
    return card


async def order(yard: Yard, typed: str = "/sheet") -> Message:
    """Vera types /sheet; gives the answer."""
    return await answer_to(yard, yard.say(yard.vera, typed))


async def printed(yard: Yard, typed: str = "/sheet 20", name: str | None = None) -> Message:
    """What was typed is printed at once, or for this candidate where several stand; gives the message with
    the file."""
    before = len(documents(yard))
    answer = await order(yard, typed)
    if name is not None:
        await yard.tap(yard.vera, answer, name)
    await yard.world.until(lambda: len(documents(yard)) > before)
    return documents(yard)[-1]


async def ledger(yard: Yard, typed: str = "/paper") -> Message:
    """Vera types /paper…; gives the answer."""
    await yard.settled(
        61
    )  # past the minute in which one person gets only so many answers in a group
    return await answer_to(yard, yard.say(yard.vera, typed))


async def answer_to(yard: Yard, command: Message) -> Message:
    """What the bot answers to a typed command, unseen by others or for a while."""

    def found() -> Message | None:
        seen = yard.world.visible(yard.vera, command.chat)
        later = seen[seen.index(command) + 1 :]
        answers = (m for m in later if m.is_ephemeral or m.reply_to is command)
        return next((m for m in answers if m.text != "One moment…"), None)

    await yard.world.until(found)
    answer = found()
    assert answer is not None
    return answer


async def online(yard: Yard, card: Message, number: int, candidate: int = 1) -> None:
    """So many neighbours sign by tapping."""
    for person in neighbours(yard, number):
        await sign_at_once(yard, person, card, candidate)


def documents(yard: Yard, chat: Chat | None = None) -> list[Message]:
    """The files that Vera was given."""
    where = chat or yard.world.private(yard.vera)
    return [message for message in where.messages if message.document is not None]


def sheets(yard: Yard) -> list[SheetRow]:
    """The ledger as it is stored."""
    database = Database(yard.database_url)
    try:
        return database.read_now(
            lambda session: list(session.exec(select(SheetRow).order_by("id")))
        )
    finally:
        database.close()


def text_of(pdf: bytes) -> str:
    """What a reader finds in a PDF, where the machine can tell."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext, of poppler-utils, is not installed")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()
