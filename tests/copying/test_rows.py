"""Whatever rows there are go from one database to the other and back, and are the same."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from sqlalchemy import create_engine, make_url, text
from sqlmodel import Session

from bot.store import Defaults
from storage import chats
from storage.copying.contents import ROWS_AT_ONCE, Contents, Copy, Portion, Value
from storage.copying.reading import reading
from storage.copying.refusals import LostRowsError, NotEmptyError, UnfitRowsError
from storage.copying.schema import tables_of
from storage.copying.writing import write
from storage.database import Database, schema_version
from storage.migrations.upgrade import HEAD, NewerSchemaError, upgrade
from storage.occupied import OccupiedDatabaseError
from storage.tables import all_tables
from storage.troubles import UnusableDatabaseError
from tests.copying.odd_rows import Row, databases, filled, value_of
from tests.process import run_python
from tests.storage.test_troubles import spoil_the_beginning

REVISIONS = [f"{number:04}" for number in range(1, int(HEAD) + 1)]
CHAT: Row = {
    "id": 1, "telegram_id": -100, "language": "en", "timezone": "Europe/Minsk", "presence": "member",
    "sightings": 0, "is_removal_told": False, "counts_carefully": False,
}  # fmt: skip

Everything = tuple[Contents, dict[str, list[tuple[Value, ...]]]]


def everything_in(url: str) -> Everything:
    """What a copy of a database holds."""
    with reading(url) as copy:
        rows: dict[str, list[tuple[Value, ...]]] = {}
        for portion in copy.portions:
            assert 0 < len(portion.rows) <= ROWS_AT_ONCE
            rows.setdefault(portion.table.name, []).extend(portion.rows)
        return copy.contents, rows


def copied(source: str, target: str, *, replaces: bool = False) -> str:
    """Copy everything. Gives the target's address."""
    with reading(source) as copy:
        write(target, copy, replaces=replaces)
    return target


def file_at(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.sqlite3"


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_any_rows_are_the_same_on_the_other_database_and_back_again(
    data: DataObject, tmp_path_factory: pytest.TempPathFactory, postgres_url: str
) -> None:
    rows = data.draw(databases())
    folder = tmp_path_factory.mktemp("copying")
    old = filled(file_at(folder, "old"), rows)
    there = copied(old, postgres_url, replaces=True)
    back = copied(there, file_at(folder, "back"))
    assert everything_in(there)[1] == everything_in(old)[1]
    assert everything_in(back) == everything_in(old)
    assert {name: len(each) for name, each in rows.items()} == everything_in(old)[0].counts


@given(data=st.data())
@settings(max_examples=21, suppress_health_check=list(HealthCheck))
def test_a_database_of_any_release_is_copied_as_it_is(
    data: DataObject, tmp_path_factory: pytest.TempPathFactory, postgres_url: str
) -> None:
    """The bot brings it up to date at its next start, wherever it lies then."""
    revision = data.draw(st.sampled_from(REVISIONS))
    folder = tmp_path_factory.mktemp("copying")
    old = filled(file_at(folder, "old"), data.draw(databases(revision)), revision)
    there = copied(old, postgres_url, replaces=True)
    back = copied(there, file_at(folder, "back"))
    assert everything_in(back) == everything_in(old)
    assert everything_in(back)[0].revision == revision


def test_every_column_of_every_table_has_its_way_of_being_copied() -> None:
    """Whoever adds a kind of column says how it is copied in `storage/copying/schema.py`, and how odd its values
    can be in `odd_rows.py`."""
    made = {table.name: table for table in tables_of(HEAD)}
    assert made.keys() == {table.name for table in all_tables()}
    for table in all_tables():
        copy = made[table.name]
        assert set(copy.columns.keys()) == set(table.columns.keys())
        assert copy.primary_key.columns.keys() == table.primary_key.columns.keys() != []
        for column in table.columns:
            value_of(column)
