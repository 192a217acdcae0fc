"""Insert a row unless its key is there already: the database's own constraint is the judge."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel


def insert_if_new(session: Session, table: type[SQLModel], **values: Any) -> bool:
    """Put the row in. False, and nothing changed, where one with the same key stands."""
    connection = session.connection()
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    target = SQLModel.metadata.tables[str(table.__tablename__)]
    statement = insert(target).values(**values).on_conflict_do_nothing()
    # Without the option SQLAlchemy doesn't keep an INSERT's row count on every driver.
    result = connection.execute(statement, execution_options={"preserve_rowcount": True})
    return result.rowcount == 1
