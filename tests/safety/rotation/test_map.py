"""How each thing that the key makes is carried over. A new column of bytes has to say it too."""

from __future__ import annotations

from enum import Enum, auto

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.safety.codes import is_genuine
from bot.safety.custody.apart import database_file
from bot.safety.keys import Keys, Sealed
from bot.safety.rotation.former import with_former
from handlers.elections.heart.count.bulletin_keys import BulletinSigner
from handlers.elections.heart.keys import open_keys
from storage import former_keys, instance
from storage.chats import ChatRow
from storage.coded import all_coded
from storage.database import Database
from storage.elections.bulletins import BulletinRow
from storage.elections.elections import ElectionRow
from storage.elections.representatives import OfficeRow
from tests.safety.rotation.furnished import MASTER, NINA, work_on
from tests.safety.rotation.house import House, assert_known, columns

pytestmark = pytest.mark.databases("sqlite", "postgresql")


class How(Enum):
    """What becomes of a column of bytes when the key is changed."""

    MADE_ANEW = auto()
    """A code over what stands in the row, or a mark of its chat."""
    SEALED_ANEW = auto()
    TAGGED_AGAIN = auto()
    """The new key makes a tag of the old one's; the old key of that purpose is kept, sealed."""
    AN_ELECTIONS_OWN = auto()
    """Made by an election's own key, which is sealed anew and stays what it was."""
    ENDS = auto()
    """What only its person or a button knows how to find. It is said beforehand."""


HOW = {
    "action.author_tag": How.TAGGED_AGAIN,
    "action_answer.mac": How.MADE_ANEW,
    "action_answer.person_tag": How.TAGGED_AGAIN,
    "candidate.mac": How.MADE_ANEW,
    "candidate.person_tag": How.AN_ELECTIONS_OWN,
    "chat.mac": How.MADE_ANEW,
    "digest.chat_mark": How.MADE_ANEW,
    "election.base_changed_by": How.TAGGED_AGAIN,
    "election.mac": How.MADE_ANEW,
    "election.wrapped_key": How.SEALED_ANEW,
    "former_key.sealed": How.SEALED_ANEW,
    "instance.key_check": How.MADE_ANEW,
    "joiner.person_tag": How.AN_ELECTIONS_OWN,
    "nomination.person_tag": How.AN_ELECTIONS_OWN,
    "office.holder_tag": How.TAGGED_AGAIN,
    "office.mac": How.MADE_ANEW,
    "pending_act.mac": How.MADE_ANEW,
    "pending_act.person_tag": How.TAGGED_AGAIN,
    "reminder.chat_mark": How.MADE_ANEW,
    "short_lived.key": How.ENDS,
    "short_lived.sealed": How.ENDS,
    "signature.mac": How.AN_ELECTIONS_OWN,
    "signature.person_tag": How.AN_ELECTIONS_OWN,
}
"""Bulletins are signed by a key of MASTER and hold no bytes: that key is kept as a former one, and stays."""


@pytest.mark.databases("sqlite")
def test_every_column_of_bytes_is_on_the_map() -> None:
    assert sorted(HOW) == sorted(columns())


def test_each_is_carried_over_as_the_map_says(house: House) -> None:
    house.rotate()  # so that there are former keys to be carried over too
    furnished = house.values
    assert {name for name in HOW if not furnished[name]} == {
        "short_lived.key",
        "short_lived.sealed",
    }
    house.rotate()
    changed = house.values
    for name, how in HOW.items():
        before, after = furnished[name], changed[name]
        if how is How.AN_ELECTIONS_OWN:
            assert after == before, name
        elif how is not How.ENDS:
            assert len(after) == len(before), name
            assert not set(after) & set(before), name


def test_what_people_are_in_the_middle_of_ends_and_that_is_said(house: House) -> None:
    assert len(house.values["short_lived.key"]) == 1
    said = house.rotate().stdout
    assert house.values["short_lived.key"] == []
    assert "drafts, and ways into the private chat, 1 in all" in said


def test_everybody_is_known_by_the_new_key_and_every_code_holds(house: House) -> None:
    for _ in range(3):
        assert_known(house, house.keys)
        house.rotate()
    assert_known(house, house.keys)


def test_bulletins_are_signed_by_the_key_that_neighbours_have_seen(house: House) -> None:
    def key(session: Session) -> str:
        row = session.get_one(BulletinRow, 1)
        return BulletinSigner(house.keys, row.public_id).public_key

    seen = house.read(key)
    for _ in range(2):
        house.rotate()
        assert house.read(key) == seen


def test_the_old_key_opens_and_recognises_nothing(house: House) -> None:
    house.rotate()
    old, stored = Keys(MASTER), house.values
    assert MASTER not in house.key_file.read_bytes()

    def look(session: Session) -> None:
        work, her = work_on(session, old), NINA.require_id()
        assert not old.recognises(instance.key_check(session) or b"")
        assert not any(is_genuine(old, row) for row in all_coded(session))
        purposes = [
            "action-answers:1",
            "action-author:1",
            "office:1",
            "pending-act:1",
            "base-change:1",
        ]
        tags = {value for values in stored.values() for value in values}
        assert not tags & {old.tag(purpose, her) for purpose in purposes}
        with pytest.raises(Sealed):
            open_keys(work, session.get_one(ElectionRow, 1))
        kept = former_keys.every(session)
        assert kept
        assert not any(with_former(old, kept).former(purpose) for purpose in kept)

    house.read(look)


@pytest.mark.databases("sqlite")
def test_nothing_that_it_opened_is_left_on_the_disk(house: House) -> None:
    gone = {
        value
        for name, values in house.values.items()
        if HOW[name] is not How.AN_ELECTIONS_OWN
        for value in values
    }
    house.rotate()
    file = database_file(house.url)
    assert file is not None
    on_disk = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert gone
    assert not [value.hex() for value in gone if value in on_disk]
    assert not [f.name for f in house.key_file.parent.iterdir() if MASTER in f.read_bytes()]


def test_what_somebody_else_wrote_is_not_made_the_bots_own(house: House) -> None:
    database = Database(house.url)
    database.write_now(
        lambda session: session.execute(text("UPDATE office SET name = 'Me', candidate_id = 7"))
    )
    database.write_now(lambda session: session.execute(text("UPDATE chat SET telegram_id = -5")))
    database.close()
    house.rotate()

    def look(session: Session) -> None:
        assert not is_genuine(house.keys, session.get_one(OfficeRow, 1))
        assert not is_genuine(house.keys, session.get_one(ChatRow, 1))
        assert is_genuine(house.keys, session.get_one(ElectionRow, 1))

    house.read(look)
