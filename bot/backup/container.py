"""What stands in a backup beneath its encryption: text, a JSON value in each line, compressed by gzip.

    {"dvor-backup": 1, "made_at": …, "revision": …, "counts": {"chat": 2, …}, "last_ids": {…}}
    {"table": "chat", "columns": ["id", "telegram_id", …], "rows": [[1, -1001234567890, …], …]}

First the version of this format, when it was made, the schema's revision, how many rows each table has, and
the last number that each gave. Then the rows in the order of their keys, some of one table in a line. Bytes
stand in base64, moments in ISO 8601 and UTC.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Date, LargeBinary, Table, Time

from bot.backup.errors import BackupError, DamagedBackupError
from storage.copying.contents import Contents, Copy, Portion, Told, Value
from storage.copying.schema import tables_of
from storage.migrations.upgrade import NewerSchemaError
from storage.types import UtcDateTime

_VERSION = 1
_MOST = 2**63
_FROM_TEXT: Mapping[type, Callable[[Any], Value]] = {
    LargeBinary: lambda text: base64.b64decode(text, validate=True),
    UtcDateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Time: time.fromisoformat,
}
_NOT_AS_WRITTEN = (ValueError, LookupError, TypeError, AttributeError, EOFError, RecursionError, zlib.error,
                   gzip.BadGzipFile)  # fmt: skip


@dataclass(frozen=True)
class Backup:
    """All rows of a database, and when it had them."""

    made_at: datetime
    copy: Copy


def pack(backup: Backup, told: Told) -> Iterator[bytes]:
    """Give what stands in the file, piece by piece."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)  # gzip's header, without a time or name
    for value in _values(backup, told):
        yield packer.compress(f"{_encode(value)}\n".encode())
    yield packer.flush()


def unpack(plain: IO[bytes], file: Path) -> Backup:
    """Read what stands in a file of this name, decrypted. Only whoever has gone through all of its rows knows
    that it is whole. Raises `BackupError`, and so does going through them."""
    lines = iter(gzip.GzipFile(fileobj=plain))
    with _said_in_words(file):
        heading = json.loads(next(lines, b""))
        if heading["dvor-backup"] > _VERSION:
            raise _newer(file)
        counts, last_ids = (_numbers(heading[name]) for name in ("counts", "last_ids"))
        contents = Contents(heading["revision"], counts, last_ids)
        made_at = datetime.fromisoformat(heading["made_at"])
        tables = {table.name: table for table in tables_of(contents.revision)}
    return Backup(made_at, Copy(contents, _portions(lines, tables, contents, file)))


def _numbers(value: dict[str, Any]) -> dict[str, int]:
    return {str(name): int(number) for name, number in value.items()}


def _values(backup: Backup, told: Told) -> Iterator[dict[str, Any]]:
    contents = backup.copy.contents
    yield {
        "dvor-backup": _VERSION,
        "made_at": backup.made_at,
        "revision": contents.revision,
        "counts": contents.counts,
        "last_ids": contents.last_ids,
    }
    for portion in backup.copy.each(told):
        columns = portion.table.columns.keys()
        yield {"table": portion.table.name, "columns": columns, "rows": portion.rows}


def _as_text(value: bytes | datetime | date | time) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_as_text).encode


def _portions(
    lines: Iterator[bytes], tables: Mapping[str, Table], contents: Contents, file: Path
) -> Iterator[Portion]:
    counts = dict.fromkeys(tables, 0)
    with _said_in_words(file):
        for line in lines:
            value = json.loads(line)
            table = tables[value["table"]]
            counts[table.name] += len(value["rows"])
            yield Portion(table, _rows(table, value["columns"], value["rows"]))
        if counts != contents.counts:
            raise DamagedBackupError(file)


def _rows(table: Table, columns: list[str], rows: list[list[Any]]) -> list[tuple[Value, ...]]:
    if columns != table.columns.keys():
        raise ValueError(f"{table.name} has other columns")
    readers = [_FROM_TEXT.get(type(column.type), _as_it_is) for column in table.columns]
    return [
        tuple(
            None if value is None else read(value) for read, value in zip(readers, row, strict=True)
        )
        for row in rows
    ]


def _as_it_is(value: Any) -> Value:
    """Raises `ValueError` where no database has such a value."""
    if isinstance(value, str) or (isinstance(value, int) and -_MOST <= value < _MOST):
        return value
    raise ValueError(f"{type(value).__name__} of no column")


@contextmanager
def _said_in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except NewerSchemaError as error:
        raise _newer(file) from error
    except _NOT_AS_WRITTEN as error:
        raise DamagedBackupError(file) from error


def _newer(file: Path) -> BackupError:
    return BackupError(
        f"{file} was made by a newer version of Dvor. Install that version, and restore it there."
    )
