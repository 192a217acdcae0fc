"""An action goes into one's own calendar, by a file that comes in private."""

from __future__ import annotations

from playground.chats import Chat, Message
from playground.files import StoredFile
from playground.people import Person
from tests.actions.announce import announce, behind_more, change
from tests.domain.actions.test_calendar import read
from tests.yard import Yard


async def file_of(yard: Yard, person: Person, card: Message) -> dict[str, str]:
    """⋯, Calendar, and into the private chat: what the file says."""
    page = await behind_more(yard, person, card)
    private = await yard.follow(person, await yard.tap(person, page, "📅"))
    known = len(_files(private))
    await yard.world.until(lambda: len(_files(private)) > known)
    file = _files(private)[-1]
    assert file.name == "dvor-1.ics"
    await yard.settled(130)
    return read(file.content)


def _files(private: Chat) -> list[StoredFile]:
    return [message.document for message in private.messages if message.document is not None]


async def test_the_file_says_when_and_where_and_takes_the_place_of_an_older_one(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    first = await file_of(yard, yard.tom, card)
    assert (first["SUMMARY"], first["LOCATION"]) == ("Concert in the courtyard", "Fountain")
    assert first["DTSTART"] == "20261022T160000Z"
    await change(yard, yard.tom, card, "Time", "20")
    await yard.settled(130)
    second = await file_of(yard, yard.tom, card)
    assert second["UID"] == first["UID"]
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"])
    assert second["DTSTART"] == "20261022T170000Z"
