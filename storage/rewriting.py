"""Rewrite what is known of people, so that PostgreSQL's hidden columns tell nothing of its order.

Every row shows where it lies (`ctid`) and by which transaction it was written (`xmin`): in which order
neighbours signed, and which rows one deed wrote. VACUUM keeps both; even a frozen row shows its xmin.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, Engine, LargeBinary, Table, column, text, update

from storage.tables import METADATA

_LOCK_WAIT = "2s"
"""Who waits for a table's lock holds up everyone behind: a dump that takes an hour goes first."""
_SNAPSHOT_WAIT = 10.0
_SNAPSHOT_LOOKS = 100


def tables_about_people() -> list[Table]:
    """Those with bytes in them: every tag is bytes, and so is every key and everything sealed."""
    return [
        table
        for table in METADATA.sorted_tables
        if any(isinstance(each.type, LargeBinary) for each in table.columns)
    ]


def forget_order(engine: Engine) -> None:
    """Leave the rows of each table about people in the order of their keys, as if written all at once.

    Nothing is locked for longer than one table takes. Others' transactions that collide with this are run
    again, as after any collision. Raises `DBAPIError` where a table isn't free in time; what was done
    till then holds. SQLite has nothing to rewrite: it doesn't note who wrote a row, and tables without
    a rowid lie in the order of their keys from the beginning.
    """
    if engine.dialect.name == "sqlite":
        return
    # Nothing is read here that another transaction could make untrue.
    engine = engine.execution_options(isolation_level="READ COMMITTED")
    for table in tables_about_people():
        with engine.begin() as connection:
            _write_all_rows_anew(connection, table)
    _wait_for_older_snapshots(engine)
    for table in tables_about_people():
        with engine.begin() as connection:
            _sort_into_a_new_file(connection, table)


def _write_all_rows_anew(connection: Connection, table: Table) -> None:
    """One statement, so one xmin for all. Whoever looks meanwhile goes on seeing the rows as they were."""
    _do_not_wait_long(connection)
    key = next(iter(table.primary_key.columns))
    connection.execute(update(table).values({key.name: column(key.name)}))


def _sort_into_a_new_file(connection: Connection, table: Table) -> None:
    """VACUUM would leave the bytes of what was erased in the gaps, and the rows where they are."""
    _do_not_wait_long(connection)
    connection.execute(text(f'CLUSTER "{table.name}" USING "{table.name}_pkey"'))


def _do_not_wait_long(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'"))


def _wait_for_older_snapshots(engine: Engine) -> None:
    """CLUSTER keeps the old versions as long as some transaction may still look at them.

    The bot's own take milliseconds. Where another takes long, they stay until the next night.
    """
    with engine.begin() as connection:
        newest: str = connection.execute(
            text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        ).scalar_one()
    is_looked_at = text(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND age(backend_xmin) > age(CAST(:newest AS xid8)::xid))"
    )
    for _ in range(_SNAPSHOT_LOOKS):
        with engine.begin() as connection:
            if not connection.execute(is_looked_at, {"newest": newest}).scalar_one():
                return
        time.sleep(_SNAPSHOT_WAIT / _SNAPSHOT_LOOKS)  # off the event loop
