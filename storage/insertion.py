"""Insert a row whose key may be there already: the database's own constraint is the judge."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from storage.statements import table_of

# Without the option SQLAlchemy doesn't keep an INSERT's row count on every driver.
_COUNTED = {"preserve_rowcount": True}


def insert_if_new(session: Session, table: type[SQLModel], **values: Any) -> bool:
    """Put the row in. False, and nothing changed, where one with the same key stands."""
    connection = session.connection()
    statement = new_rows(table, connection.dialect.name)
    return connection.execute(statement, values, execution_options=_COUNTED).rowcount == 1


def put(session: Session, table: type[SQLModel], **values: Any) -> None:
    """Put the row in, in place of one with the same primary key. `values` has every column."""
    connection = session.connection()
    connection.execute(_whole(table, connection.dialect.name), values)


@cache
def new_rows(table: type[SQLModel], dialect: str) -> Any:
    """The statement that puts rows in and leaves alone those whose key stands there."""
    return insert_into(table, dialect).on_conflict_do_nothing()


@cache
def _whole(table: type[SQLModel], dialect: str) -> Any:
    statement = insert_into(table, dialect)
    columns = table_of(table).columns
    changed = {each.name: statement.excluded[each.name] for each in columns if not each.primary_key}
    keys = table_of(table).primary_key.columns
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)


def insert_into(table: type[SQLModel], dialect: str) -> Any:
    """The beginning of a statement that says what becomes of a key that stands there, as a dialect has it."""
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return insert(table_of(table))
