"""Writing all rows of a database into another one, whole or not at all."""

from __future__ import annotations

from sqlalchemy import Connection, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, IntegrityError

from storage.copying.contents import Copy, Portion, Told
from storage.copying.last_ids import set_last_ids
from storage.copying.reading import count_rows
from storage.copying.refusals import LostRowsError, UnfitRowsError
from storage.copying.schema import tables_of
from storage.copying.target_file import target_file
from storage.copying.target_server import target_on_server
from storage.migrations.upgrade import HEAD, upgrade_to


def _untold(_done: int, _of: int) -> None: ...


def write(
    url: str,
    copy: Copy,
    told: Told = _untold,
    *,
    replaces: bool = False,
    upgrades: bool = False,
) -> dict[str, int]:
    """Write a copy into a database that is empty or isn't there yet; with `replaces`, in place of what a bot
    keeps there; with `upgrades`, brought to this version's schema. Returns how many rows of the copy each
    table has taken.

    Whoever calls this is alone on the database (`storage/occupied.py`). Where it fails or is killed, the
    database is as it was. Raises `CopyingError`, `UnusableDatabaseError` and `NewerSchemaError`.
    """
    address = make_url(url)
    target = target_file if address.get_backend_name() == "sqlite" else target_on_server
    with target(address, replaces=replaces) as connection:
        counts = _fill(connection, copy, told)
        if upgrades:
            upgrade_to(connection, HEAD)
        return counts


def _fill(connection: Connection, copy: Copy, told: Told) -> dict[str, int]:
    contents = copy.contents
    tables = tables_of(contents.revision)
    upgrade_to(connection, contents.revision)
    for portion in copy.each(told):
        _put_in(connection, portion)
    set_last_ids(connection, tables, contents.last_ids)
    counts = count_rows(connection, tables)
    for name, rows in counts.items():
        if rows != contents.counts[name]:
            raise LostRowsError(f"The table {name} had {contents.counts[name]} rows, not {rows}.")
    return counts


def _put_in(connection: Connection, portion: Portion) -> None:
    try:
        connection.execute(insert(portion.table), portion.named())
    except (DataError, IntegrityError, UnicodeEncodeError) as error:
        raise UnfitRowsError(
            f"The table {portion.table.name} has a row that the new database doesn't take: "
            "somebody else than the bot has written it."
        ) from error
