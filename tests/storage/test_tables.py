"""What every table keeps to, and how columns come back as they were put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, UniqueConstraint, text
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.tables import METADATA
from storage.types import EnumValue


class Colour(StrEnum):
    RED = "crimson"
    BLUE = "navy"


class Level(IntEnum):
    LOW = 10
    HIGH = 20


THINGS = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("colour", EnumValue(Colour)),
    Column("level", EnumValue(Level)),
)

KNOWN_ONCE_A_CHAT: dict[str, str] = {}
"""Tables of which a chat has one row at most by the database's own rule, and why that holds when two
chats become one."""


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    database = Database(database_url)
    with database.engine.begin() as connection:
        THINGS.create(connection)
        yield connection
        THINGS.drop(connection)
    database.close()


def test_two_chats_that_become_one_may_bring_a_row_each() -> None:
    """All that one chat has is given to the other: no two rows may collide over that."""
    checked = 0
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "chat" for key in column.foreign_keys):
                checked += 1
                only_once = [columns for columns in _unique_in(table) if column.name in columns]
                assert table.name in KNOWN_ONCE_A_CHAT or not only_once, f"{table.name} {only_once}"
    assert checked


def _unique_in(table: Table) -> list[set[str]]:
    """The columns of the primary key, and of each unique constraint and index, by name."""
    constraints = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    indexes = [each for each in table.indexes if each.unique]
    keys = [
        table.primary_key.columns,
        *(c.columns for c in constraints),
        *(i.columns for i in indexes),
    ]
    return [{column.name for column in columns} for columns in keys]


def test_what_refers_to_a_row_is_found_by_an_index() -> None:
    """Before a row is erased, the database looks for all that refers to it. Buildings and elections stay for
    ever: signatures and titles may name them."""
    lost = [
        f"{table.name} {[column.name for column in key.columns]}"
        for table in METADATA.sorted_tables
        for key in table.foreign_key_constraints
        if key.referred_table.name not in ("building", "election")
        and not any(_begins_with(index, key.columns) for index in _indexed_in(table))
    ]
    assert not lost


def _begins_with(index: list[str], columns: Iterable[Column[Any]]) -> bool:
    """Whether an index finds rows by one of these columns at least."""
    return index[0] in {column.name for column in columns}


def _indexed_in(table: Table) -> list[list[str]]:
    whole = [each for each in table.indexes if each.dialect_options["sqlite"]["where"] is None]
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    keys = [
        table.primary_key.columns,
        *(each.columns for each in whole),
        *(each.columns for each in unique),
    ]
    return [[column.name for column in columns] for columns in keys]


def test_a_condition_on_an_enum_is_written_out() -> None:
    """So that a partial index is seen to hold every row that is wanted."""
    asked = (
        THINGS.c.colour == Colour.RED,
        THINGS.c.colour.not_in((Colour.RED, Colour.BLUE)),
        THINGS.c.level.in_(list(Level)),
    )
    assert [str(each.compile()) for each in asked] == [
        "thing.colour = 'crimson'",
        "(thing.colour NOT IN ('crimson', 'navy'))",
        "thing.level IN (10, 20)",
    ]


def test_a_member_of_an_enum_comes_back_as_it_was_put(connection: Connection) -> None:
    connection.execute(THINGS.insert().values(id=1, colour=Colour.RED, level=Level.HIGH))
    row = connection.execute(THINGS.select().where(THINGS.c.level == Level.HIGH)).one()
    assert row.colour is Colour.RED
    assert row.level is Level.HIGH


def test_an_enum_is_kept_as_its_value(connection: Connection) -> None:
    connection.execute(THINGS.insert().values(id=1, colour=Colour.BLUE, level=Level.LOW))
    connection.execute(THINGS.insert().values(id=2))
    kept = connection.execute(text("SELECT colour, level FROM thing ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [("navy", 10), (None, None)]
    assert connection.execute(THINGS.select().where(THINGS.c.id == 2)).one().colour is None


def test_what_is_no_member_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError):
        connection.execute(THINGS.insert().values(id=1, colour="green"))
