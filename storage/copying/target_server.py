"""A PostgreSQL database to write a copy into: in one transaction, so that nobody ever finds half of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, NullPool, create_engine

from storage.copying.room import drop_tables, require_empty
from storage.migrations.upgrade import lock_schema
from storage.troubles import Trouble, said_in_words


@contextmanager
def target_on_server(url: URL, *, replaces: bool) -> Iterator[Connection]:
    """Give a connection to a database without tables; what is made there holds if all goes well.

    Raises `NotEmptyError` where there is something that isn't to be replaced, and `UnusableDatabaseError`.
    """
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        # What others did while this waited for them is to be seen.
        isolation_level="READ COMMITTED",
    )
    with said_in_words(url, otherwise=Trouble.CLOSED):
        opened = engine.connect()
    with opened, said_in_words(url, otherwise=Trouble.LOST), opened.begin():
        lock_schema(opened)
        if not replaces:
            require_empty(opened)
        drop_tables(opened)
        yield opened
