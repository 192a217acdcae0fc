"""What a seizure shows of drafts, links and ways: that there are some, and when they end, to five minutes."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select, update

from playground.chats import Chat
from playground.people import Person
from playground.taps import CallbackAnswer
from storage.database import Database
from storage.elections.signatures import SignatureRow
from storage.short_lived import ShortLivedRow
from tests.elections.campaign import Records, announce, neighbours, open_signing, sign, stand
from tests.safety.traces import kept_files, kept_rows
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")  # its file is read

SIGNERS = 60


def rows(yard: Yard) -> list[ShortLivedRow]:
    database = Database(yard.database_url)
    try:
        return database.read_now(lambda session: list(session.exec(select(ShortLivedRow))))
    finally:
        database.close()


@pytest.fixture
async def whisperless(bare_yard: Yard) -> Yard:
    """Each tap leads into the private chat."""
    bare_yard.world.ephemeral_supported = False
    await bare_yard.move_in()
    return bare_yard


async def next_yard(yard: Yard, people: list[Person]) -> Chat:
    """Another group with the bot, and the same people in it."""
    there = yard.world.add_group("Yard 6", creator=yard.vera, kind="supergroup", members=people)
    yard.world.add_bot(there, by=yard.vera)
    await yard.hears(yard.vera, "Hello, neighbours", there)
    return there


async def links_of(yard: Yard, people: list[Person], where: Chat, data: str) -> list[str]:
    """All of them tap; gives where their taps lead."""
    seen = next(m for m in where.messages if m.buttons)
    taps = [yard.world.tap_data(each, seen, data) for each in people]
    answers: list[CallbackAnswer] = await asyncio.gather(*map(yard.world.answered, taps))
    return [answer.url or "" for answer in answers]


async def test_the_file_tells_neither_page_nor_moment_nor_who_is_in_two_chats(
    whisperless: Yard,
) -> None:
    yard = whisperless
    people = neighbours(yard, SIGNERS)
    await announce(yard)
    await stand(yard, yard.tom, "Vera K.")
    there = await next_yard(yard, people[:5])
    before = {bytes(row.key) for row in rows(yard)}
    opened = await links_of(yard, people, yard.group, "e.sign:1")
    opened += await links_of(yard, people[:5], there, "a.list")
    yard.clock.turn(timedelta(minutes=7))
    opened += await links_of(yard, people[:5], yard.group, "e.sign:1")
    yard.say(yard.tom, "/action tomorrow 19:00 Concert of the rooftop band @ Fountain")
    await yard.quiet()

    found = [row for row in rows(yard) if bytes(row.key) not in before]
    keys = [bytes(row.key) for row in found]
    assert len(keys) == len(set(keys)) >= 2 * len(opened), "no key stands twice: nothing joins"
    assert len({len(key) for key in keys}) == 1, "no kind is told from another"
    assert len({len(row.sealed) for row in found}) == 1
    moments = {row.expires_at for row in found}
    assert all((at.minute % 5, at.second, at.microsecond) == (0, 0, 0) for at in moments)
    columns = {column.name for column in ShortLivedRow.__table__.columns}  # type: ignore[attr-defined]
    assert columns == {"key", "sealed", "expires_at"}

    files = b"".join(kept_files(yard).values())
    tokens = [re.sub(r".*start=", "", url) for url in opened]
    assert len(set(tokens)) == len(opened)
    assert [token for token in tokens if token.encode() in files] == []
    for page in (b"e.sign:1", b"a.list", b"rooftop", b"actions.new"):
        assert page not in files


async def test_a_candidates_link_is_not_joined_to_their_signature(whisperless: Yard) -> None:
    yard = whisperless
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await sign(yard, yard.tom, card)
    tags = {bytes(row.person_tag) for row in Records(yard).signatures}
    standing = {bytes(row.person_tag or b"") for row in Records(yard).candidates}
    pieces = {bytes(row.key)[at : at + 8] for row in rows(yard) for at in range(len(row.key) - 7)}
    assert not any(tag[at : at + 8] in pieces for tag in tags | standing for at in range(9))


async def test_a_row_that_was_moved_or_copied_opens_nothing(yard: Yard) -> None:
    """Mallory's own sealed draft under another's number, and another's under hers."""
    yard.say(yard.tom, "/action tomorrow 19:00 Concert @ Fountain")
    preview = await yard.hears(yard.tom, "📣 Concert")
    yard.say(yard.nina, "/action tomorrow 20:00 Raid @ Oak")
    other = await yard.hears(yard.nina, "📣 Raid")
    one, two = rows(yard)

    def swap(session: Session) -> None:
        for row, sealed in ((one, two.sealed), (two, one.sealed)):
            here = update(ShortLivedRow).where(col(ShortLivedRow.key) == row.key)
            session.execute(here.values(sealed=sealed))

    database = Database(yard.database_url)
    database.write_now(swap)
    database.close()
    for person, page in ((yard.tom, preview), (yard.nina, other)):
        assert (await yard.tap(person, page, (0, 0))).show_alert
    assert kept_rows(yard)["action"] == b""


async def test_who_has_the_file_opens_no_link_of_anothers(whisperless: Yard) -> None:
    yard = whisperless
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    answer = await yard.tap(yard.nina, card, "Sign")
    private = await yard.follow(yard.ales, answer)
    await yard.hears(yard.ales, "для кагосьці з вашых суседзяў", private)
    assert Records(yard).signatures == []


async def test_the_private_page_still_opens_and_signs(whisperless: Yard) -> None:
    yard = whisperless
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await open_signing(yard, yard.vera, card)
    await sign(yard, yard.vera, card)
    database = Database(yard.database_url)
    assert database.read_now(lambda session: len(session.exec(select(SignatureRow)).all())) == 1
    database.close()
