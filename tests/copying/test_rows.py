"""Whatever rows there are go from one database to the other and back, and are the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from storage.copying.schema import tables_of
from storage.migrations.upgrade import HEAD
from storage.tables import all_tables
from tests.copying.copies import copied, everything_in, file_at
from tests.copying.odd_rows import databases, filled, value_of

REVISIONS = [f"{number:04}" for number in range(1, int(HEAD) + 1)]


@given(data=st.data())
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
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
@settings(max_examples=14, suppress_health_check=list(HealthCheck))
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
    """Whoever adds a kind of column says in `storage/copying/schema.py` how it is copied, and in
    `odd_rows.py` how odd its values can be."""
    made = {table.name: table for table in tables_of(HEAD)}
    assert made.keys() == {table.name for table in all_tables()}
    for table in all_tables():
        copy = made[table.name]
        assert set(copy.columns.keys()) == set(table.columns.keys())
        assert copy.primary_key.columns.keys() == table.primary_key.columns.keys() != []
        for column in table.columns:
            value_of(column)
