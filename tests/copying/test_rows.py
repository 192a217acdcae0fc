"""Whatever rows there are go from one database to the other and back, and are the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import insert, text

from storage.copying.contents import ROWS_AT_ONCE, Contents, Value
from storage.copying.reading import reading
from storage.copying.refusals import UnfitRowsError
from storage.copying.schema import tables_of
from storage.copying.writing import write
from storage.database import Database, schema_version
from storage.migrations.upgrade import HEAD, upgrade
from storage.tables import all_tables
from tests.copying.odd_rows import Row, databases, put_in, value_of
from tests.storage.test_migrations import upgrade_from

pytestmark = pytest.mark.databases("sqlite", "postgresql")

REVISIONS = [f"{number:04}" for number in range(1, int(HEAD) + 1)]

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


def filled(url: str, rows: dict[str, list[Row]]) -> str:
    database = Database(url)
    upgrade(database.engine)
    put_in(database.engine, rows)
    database.close()
    return url


@given(rows=databases())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_rows_are_the_same_on_the_other_database_and_back_again(
    rows: dict[str, list[Row]], postgres_url: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        old, back = (f"sqlite:///{folder}/{name}.sqlite3" for name in ("old", "back"))
        filled(old, rows)
        there = copied(old, postgres_url, replaces=True)
        copied(there, back)
        assert everything_in(there)[1] == everything_in(old)[1]
        assert everything_in(back) == everything_in(old)
        assert {name: len(each) for name, each in rows.items()} == everything_in(old)[0].counts


def test_every_column_of_every_table_has_its_way_of_being_copied() -> None:
    """Whoever adds a kind of column says here how odd its values can be, and there how it is copied."""
    made = {table.name: table for table in tables_of(HEAD)}
    assert made.keys() == {table.name for table in all_tables()}
    for table in all_tables():
        copy = made[table.name]
        assert set(copy.columns.keys()) == set(table.columns.keys())
        assert copy.primary_key.columns.keys() == table.primary_key.columns.keys() != []
        for column in table.columns:
            value_of(column)


def test_each_table_comes_after_those_that_it_refers_to() -> None:
    for revision in REVISIONS:
        seen: set[str] = set()
        for table in tables_of(revision):
            assert {key.referred_table.name for key in table.foreign_key_constraints} <= seen
            seen.add(table.name)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_any_release_is_copied_as_it_is(
    revision: str, tmp_path: Path, bare_postgres_url: str
) -> None:
    """The bot brings it up to date at its next start, wherever it lies then."""
    ...
