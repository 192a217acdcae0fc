"""Somebody writes into the database without the key: a row that grants something grants nothing then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from bot.app import open_database
from bot.delivery.presence import move_chat
from bot.person.place import Person, Place
from bot.safety.codes import ForeignRow, is_genuine, vouch
from bot.safety.custody.key_file import KeyFileError
from bot.safety.keys import Keys
from bot.settings import read_settings
from bot.store import UnitOfWork
from handlers.elections.representatives.reach import office_at
from playground.chats import Chat
from storage import chats, instance
from storage.chats import ChatRow
from storage.database import Database
from storage.delivery.outbox import OutboxRow
from storage.elections import representatives
from storage.elections.representatives import OfficeRow, OfficeState
from storage.migrations.upgrade import upgrade
from tests.actions.announce import announce as announce_action
from tests.elections.campaign import (
    Records,
    announce,
    eventually,
    neighbours,
    sign_at_once,
    stand,
)
from tests.elections.heart import test_tampering
from tests.reminders.reminding import posted, remind
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


def write(yard: Yard, *statements: str) -> None:
    """What an intruder does to the database, in SQL."""
    test_tampering.write(yard, *map(text, statements))


def take_the_place(yard: Yard, there: Chat) -> None:
    """Let the intruder's own group stand for the yard."""
    write(
        yard,
        f"UPDATE chat SET telegram_id = 1 WHERE telegram_id = {there.id}",
        f"UPDATE chat SET telegram_id = {there.id} WHERE telegram_id = {yard.group.id}",
        f"UPDATE chat SET telegram_id = {yard.group.id} WHERE telegram_id = 1",
    )


async def own_group(yard: Yard, kind: Literal["group", "supergroup"] = "supergroup") -> Chat:
    """A group that an intruder made, with the bot an administrator in it."""
    intruder = yard.world.add_person("Mallory", language="en")
    there = yard.world.add_group("Elsewhere", creator=intruder, kind=kind)
    yard.world.add_bot(there, by=intruder)
    await yard.hears(intruder, "Hello, neighbours", there)
    yard.world.promote(there, yard.world.bot, intruder)
    await yard.quiet()
    return there


async def test_a_group_put_in_anothers_place_signs_nothing_there(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await announce_action(yard, yard.nina)
    yard.promote_bot()
    there = await own_group(yard)
    take_the_place(yard, there)
    strangers = [yard.world.add_person(f"Stranger {n}") for n in range(30)]
    for stranger in strangers:
        yard.world.join(there, stranger)
    welcome = next(m for m in there.messages if m.buttons)
    taps = [yard.world.tap_data(each, welcome, "e.sign!:1:1") for each in strangers]
    taps.append(yard.world.tap_data(strangers[0], welcome, "a.answer:1:going"))
    told = {(await yard.world.answered(tap)).text for tap in taps}
    assert len(told) == 1
    assert "don't match any more" in str(told)
    assert "don't match any more" in str((await yard.forge(yard.tom, card, "a.list")).text)
    assert Records(yard).signatures == []
    faults = [line for line in yard.log.errors if "somebody else wrote chat" in line]
    assert len(faults) == 2, "once for each row that was changed"
    assert "fault " in faults[0]
    yard.log.errors.clear()

    take_the_place(yard, there)  # as it was
    await sign_at_once(yard, neighbours(yard, 1)[0], card)
    await sign_at_once(yard, yard.nina, card)
    assert Records(yard).candidates[0].signatures == 1, "who joined later doesn't sign"


async def test_a_group_put_in_anothers_place_does_not_become_it_by_moving(yard: Yard) -> None:
    """The bot would vouch for the new number, were the old one believed."""
    await announce(yard)
    await remind(yard, "tomorrow 11:00 Walk along the river")
    there = await own_group(yard, "group")
    take_the_place(yard, there)
    yard.world.migrate(there)
    await yard.quiet()
    write(yard, "UPDATE card SET dirty_since = '2026-10-21 10:00:00.000000'")
    yard.clock.turn(timedelta(days=1))  # the reminder is due, and the card
    await eventually(lambda: "editMessageText" in failed_in(yard, there))
    await yard.written(is_put_off)

    def numbers(session: Session) -> list[int]:
        return sorted(session.exec(select(ChatRow.telegram_id)))

    database = Database(yard.database_url)
    assert {there.id, yard.group.id} <= set(database.read_now(numbers))
    database.close()

    take_the_place(yard, there)  # as it was
    yard.clock.turn(timedelta(minutes=11))
    await posted(yard, "Walk along the river")
    (fault,) = yard.log.errors
    assert "somebody else wrote chat" in fault
    yard.log.errors.clear()


def is_put_off(work: UnitOfWork) -> bool:
    """Whether a post waits for longer than a sender has it in hand."""
    query = select(OutboxRow).where(col(OutboxRow.lease_until) > work.now + timedelta(minutes=5))
    return work.session.exec(query).first() is not None


def failed_in(yard: Yard, chat: Chat) -> set[str]:
    """What the bot called in vain there."""
    calls = [call for call in yard.world.calls if not call.ok]
    return {call.method for call in calls if call.params.get("chat_id") == str(chat.id)}


def opened(url: str, folder: Path) -> Keys:
    database = Database(url)
    try:
        return open_database(database, read_settings({"KEY_FILE": str(folder / "dvor.key")}))
    finally:
        database.close()


def genuine(url: str, keys: Keys) -> list[bool]:
    def read(session: Session) -> list[bool]:
        rows = [*session.exec(select(ChatRow)), *session.exec(select(OfficeRow))]
        return [is_genuine(keys, row) for row in rows]

    database = Database(url)
    try:
        return database.read_now(read)
    finally:
        database.close()


def change(url: str, *statements: str, **values: object) -> None:
    database = Database(url)
    database.write_now(lambda s: [s.execute(text(each), values) for each in statements])
    database.close()


@pytest.mark.databases("sqlite", "postgresql")
def test_what_is_from_before_gets_its_code_once(database_url: str, tmp_path: Path) -> None:
    """Neither removing the codes nor what remembers that they were given makes the bot give them again."""
    keys = Keys(bytes(range(32)))
    (tmp_path / "dvor.key").write_bytes(bytes(range(32)))
    database = Database(database_url)
    upgrade(database.engine)
    before = keys.check_value_before_codes()
    database.write_now(lambda session: instance.remember_key(session, before))
    database.write_now(lambda session: chats.add(session, -5, language="en", timezone="UTC"))
    database.close()
    assert genuine(database_url, keys) == [False]

    opened(database_url, tmp_path)
    assert genuine(database_url, keys) == [True]
    change(database_url, "UPDATE chat SET telegram_id = -6")
    opened(database_url, tmp_path)
    assert genuine(database_url, keys) == [False]
    change(database_url, "UPDATE chat SET mac = NULL")
    opened(database_url, tmp_path)
    assert genuine(database_url, keys) == [False]
    for forged in (b"", bytes(32), keys.check_value()[:-1] + b"?"):
        change(database_url, "UPDATE instance SET key_check = :check", check=forged)
        with pytest.raises(KeyFileError):
            opened(database_url, tmp_path)
        assert genuine(database_url, keys) == [False]
    change(database_url, "DELETE FROM instance")
    opened(database_url, tmp_path)
    assert genuine(database_url, keys) == [False]


async def test_an_office_is_held_by_nobody_whom_the_bot_did_not_write(yard: Yard) -> None:
    """Two chats become one, and it stays genuine; somebody moves it, and it grants nothing."""
    assert yard.app is not None

    def appoint(work: UnitOfWork) -> int:
        work.chat_at(Place(-1))
        chat_id = work.chat_at(Place(-2)).id
        office = OfficeRow(
            chat_id=chat_id,
            election_id=1,
            candidate_id=1,
            name="Vera K.",
            title="Representative",
            rule="{}",
            base=4,
            is_base_typed=True,
            is_provisional=False,
            state=OfficeState.HELD,
        )
        office_id = representatives.add(work.session, office)
        office.holder_tag = work.keys.tag(f"office:{office_id}", yard.tom.id)
        vouch(work.keys, office)
        return office_id

    def move(work: UnitOfWork) -> None:
        move_chat(work, -2, -1)

    def seen(work: UnitOfWork) -> int:
        return office_at(work.done_by(Person(yard.tom.id), Place(-1)), office_id).chat_id

    office_id = await yard.app.store.run(appoint)
    await yard.app.store.run(move)
    chat_id = await yard.app.store.read(seen)
    for change in ("state = 'offered'", "candidate_id = 2", "holder_tag = x'00'"):
        kept = f"CREATE TABLE kept AS SELECT * FROM office WHERE id = {office_id}"
        write(yard, kept, f"UPDATE office SET {change} WHERE id = {office_id}")
        with pytest.raises(ForeignRow):
            await yard.app.store.read(seen)
        back = "INSERT INTO office SELECT * FROM kept"
        write(yard, f"DELETE FROM office WHERE id = {office_id}", back, "DROP TABLE kept")
        assert await yard.app.store.read(seen) == chat_id
    assert len(yard.log.errors) == 1
    yard.log.errors.clear()


async def test_ones_own_link_and_way_can_not_be_made_to_last(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    answer = await yard.tap(yard.nina, card, "Sign")
    write(yard, "UPDATE short_lived SET expires_at = '2036-01-01 00:00:00'")
    yard.clock.turn(timedelta(minutes=25))
    private = await yard.follow(yard.nina, answer)
    told = await yard.hears(yard.nina, "для кого-то из ваших соседей", private)
    await yard.forge(yard.nina, told, "e.sign!:1:1")
    assert Records(yard).signatures == []
