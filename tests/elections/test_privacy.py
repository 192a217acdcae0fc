"""A seized disk names nobody who signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.people import Person
from tests.elections.campaign import Records, announce, neighbours, sign_at_once, stand
from tests.yard import Yard

SIGNERS = 30


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_thirty_people_sign_and_withdraw_and_leave_no_id_on_the_disk(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    people = [*neighbours(yard, SIGNERS // 2), *_early_adopters(yard, SIGNERS // 2)]
    for person in people:
        await yard.tap(person, card, "Sign")
        await sign_at_once(yard, person, card)
    _assert_nobody_is_named(yard, people)
    for person in people[::2]:
        await yard.forge(person, card, "e.withdraw:1")
    _assert_nobody_is_named(yard, people)
    await yard.stop()
    _assert_nobody_is_named(yard, people)
    text = "\n".join(yard.log.lines)
    assert not any(str(person.id) in text for person in people)


def _early_adopters(yard: Yard, number: int) -> list[Person]:
    """People whose ids are old enough to fit into four bytes."""
    people = [Person(1_203_004_567 + 7_919 * n, f"Early {n}") for n in range(number)]
    for person in people:
        yard.world.people.append(person)
        yard.world.join(yard.group, person)
    return people


def _assert_nobody_is_named(yard: Yard, people: list[Person]) -> None:
    """The search is only as good as its eyes: it must find what is known to be there."""
    files = _database_files(yard)
    assert any(b"Vera K." in content for content in files.values())
    assert any(_number(yard.group.id) in content for content in files.values())
    for person in people:
        for trace in _traces(person.id):
            assert not [name for name, content in files.items() if trace in content]


def _database_files(yard: Yard) -> dict[str, bytes]:
    """The database, its write-ahead log and its shared memory."""
    folder = Path(yard.database_url.removeprefix("sqlite:///")).parent
    found = {file.name: file.read_bytes() for file in folder.glob("*.sqlite3*")}
    assert found
    return found


def _number(value: int) -> bytes:
    """A number as SQLite stores one that doesn't fit into four bytes: 48 bits, or 64."""
    size = 6 if -(2**47) <= value < 2**47 else 8
    return value.to_bytes(size, "big", signed=True)


def _traces(user_id: int) -> set[bytes]:
    """An id in digits and in bytes, of every width it fits into, in both orders."""
    widths = [size for size in (4, 5, 6, 8) if user_id < 2 ** (8 * size)]
    in_bytes = {user_id.to_bytes(size, order) for size in widths for order in ("big", "little")}  # type: ignore[arg-type]
    return in_bytes | {str(user_id).encode()}


async def test_what_one_person_does_in_two_places_cannot_be_joined(yard: Yard) -> None:
    await announce(yard, "/elect 400 Representative of Yard 5")
    card = await stand(yard, yard.tom, "Vera K.")
    await sign_at_once(yard, yard.tom, card)
    await announce(yard, "/elect 60 Keeper of the fountain")
    card = await stand(yard, yard.tom, "Vera K. too")
    await yard.forge(yard.tom, card, "e.sign!:2:2")
    records = Records(yard)
    standing = {row.person_tag for row in records.candidates}
    signing = {row.person_tag for row in records.signatures}
    assert len(standing | signing) == 4
    assert len({bytes(row.wrapped_key or b"") for row in records.elections}) == 2
