"""PostgreSQL: write tables anew, so that its hidden columns tell nothing of their rows' order.

Every row shows where it lies (`ctid`) and by which transaction it was written (`xmin`): in which order
neighbours signed, and which rows one deed wrote. VACUUM keeps both; even a frozen row shows its xmin. And
what was erased lies in the file until somebody needs its room.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from sqlalchemy import Connection, Engine, Table, column, text, update

from storage.tables import all_tables

_LOCK_WAIT = "2s"
"""Who waits for a table's lock holds up everyone behind: a dump that takes an hour goes first."""
_LOOK_AGAIN = 0.05
_COUNTED = text(
    "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS rows FROM pg_stat_user_tables"
    " WHERE schemaname = current_schema() AND pg_relation_size(relid) > 0"
)
_IS_COUNTING = text("SELECT current_setting('track_counts')::bool")
_IS_LOOKED_AT = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND age(backend_xmin) > age(CAST(:newest AS xid8)::xid))"
)


class OlderStateSeenError(Exception):
    """Some transaction still looks at rows as they were."""


class Clustering:
    """Knows which tables changed since they were last written anew, whichever process did it.

    The server counts the rows written in each table. It does so a little later than they are, so a change
    may be found a time later.
    """

    def __init__(self, engine: Engine) -> None:
        # Nothing is read here that another transaction could make untrue.
        self._engine = engine.execution_options(isolation_level="READ COMMITTED")
        # How many rows had been written in each table when nothing in it showed its order.
        self._clean_at: dict[str, int] = {}

    def forget_order(self, changed: Collection[str], patience: float) -> None:
        """Leave the rows of changed tables in the order of their keys, as if written all at once; also of
        those that other processes changed.

        Nothing is locked for longer than one table takes. Others' transactions that collide with this are
        run again, as after any collision. Raises `OlderStateSeenError` where somebody still looks at older
        rows after so many seconds, and `DBAPIError` where a table isn't free in time; what was done till
        then holds.
        """
        written = self._written()
        names = {name for name, rows in written.items() if self._clean_at.get(name) != rows}
        tables = _named(names | {name for name in changed if name in written})
        if not tables:
            return
        # First, so that a dump of an hour isn't met with a new version of each row again and again.
        self._wait_for_older_snapshots(patience)
        for table in tables:
            with self._engine.begin() as connection:
                written[table.name] += _write_all_rows_anew(connection, table)
        self._wait_for_older_snapshots(patience)
        self._sort_into_new_files(tables)
        self._clean_at.update({table.name: written[table.name] for table in tables})

    def forget_erased(self, names: Collection[str], patience: float) -> None:
        """Leave nothing in the files of these tables of rows that went. Raises as above."""
        for name in names:
            self._clean_at.pop(name, None)
        self._wait_for_older_snapshots(patience)
        self._sort_into_new_files(_named(names))

    def _written(self) -> dict[str, int]:
        """How many rows were ever written in each table that has any; another number each time where the
        server doesn't count."""
        with self._engine.begin() as connection:
            counted = {row.relname: int(row.rows) for row in connection.execute(_COUNTED)}
            if not connection.execute(_IS_COUNTING).scalar_one():
                self._clean_at.clear()
        return counted

    def _wait_for_older_snapshots(self, patience: float) -> None:
        """Wait until nobody looks at what was there before: CLUSTER keeps the old versions as long as some
        transaction may. The bot's own take milliseconds."""
        with self._engine.begin() as connection:
            newest: str = connection.execute(
                text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
            ).scalar_one()
        for _ in range(1 + round(patience / _LOOK_AGAIN)):
            with self._engine.begin() as connection:
                if not connection.execute(_IS_LOOKED_AT, {"newest": newest}).scalar_one():
                    return
            time.sleep(_LOOK_AGAIN)  # off the event loop
        raise OlderStateSeenError

    def _sort_into_new_files(self, tables: list[Table]) -> None:
        """VACUUM would leave the bytes of what was erased in the gaps, and the rows where they are."""
        for table in tables:
            with self._engine.begin() as connection:
                _do_not_wait_long(connection)
                connection.execute(text(f'CLUSTER "{table.name}" USING "{table.name}_pkey"'))


def _named(names: Collection[str]) -> list[Table]:
    return [table for table in all_tables() if table.name in names]


def _write_all_rows_anew(connection: Connection, table: Table) -> int:
    """One statement, so one xmin for all. Whoever looks meanwhile goes on seeing the rows as they were.
    Returns how many there are."""
    _do_not_wait_long(connection)
    key = next(iter(table.primary_key.columns))
    rows: int = connection.execute(update(table).values({key.name: column(key.name)})).rowcount
    return rows


def _do_not_wait_long(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'"))
