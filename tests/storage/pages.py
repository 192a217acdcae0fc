"""Reading a database as somebody does who took its disk: by the bytes of its pages, without asking SQL.

Formats: https://www.sqlite.org/fileformat2.html, https://www.postgresql.org/docs/current/storage-page-layout.html
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.database import Database

_LEAF, _INNER = (0x0A, 0x0D), (0x02, 0x05)


def cells_of_sqlite(file: bytes) -> Iterator[list[bytes]]:
    """For each page of a table or index, its cells in the order in which they came: a page is filled from its
    end."""
    size = struct.unpack(">H", file[16:18])[0]
    size = 65_536 if size == 1 else size
    for start in range(0, len(file), size):
        page = file[start : start + size]
        header = 100 if start == 0 else 0  # the first begins with what the file is
        kind = page[header]
        if kind not in _LEAF + _INNER:
            continue
        count = struct.unpack(">H", page[header + 3 : header + 5])[0]
        pointers = header + (8 if kind in _LEAF else 12)
        offsets = [
            struct.unpack(">H", page[at : at + 2])[0]
            for at in range(pointers, pointers + 2 * count, 2)
        ]
        begins = sorted(offsets)
        ends = [*begins[1:], size]
        cells = [page[begin:end] for begin, end in zip(begins, ends, strict=bool(begins))]
        yield cells[::-1]


def tuples_of_postgresql(file: bytes) -> Iterator[list[bytes]]:
    """For each page of a heap, its tuples in the order in which they lie, dead ones too; first the number of
    the transaction that wrote each."""
    size = 8_192
    for start in range(0, len(file), size):
        page = file[start : start + size]
        lower = struct.unpack("<H", page[12:14])[0]
        found = []
        for at in range(24, lower, 4):
            (pointer,) = struct.unpack("<I", page[at : at + 4])
            offset, length = pointer & 0x7FFF, pointer >> 17
            if length:
                found.append(page[offset : offset + length])
        yield found


def files_of(database: Database, table: str) -> dict[str, bytes]:
    """The bytes on the disk that hold a table: for SQLite all of the database."""
    if database.is_sqlite:
        file = Path(database.url.removeprefix("sqlite:///"))
        return {found.name: found.read_bytes() for found in file.parent.glob(f"{file.name}*")}
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        path: str = connection.execute(
            text("SELECT current_setting('data_directory') || '/' || pg_relation_filepath(:table)"),
            {"table": table},
        ).scalar_one()
    return {table: Path(path).read_bytes()}


def pages_of(database: Database, table: str) -> Iterable[list[bytes]]:
    """What lies on each page, in the order in which the disk shows that it came."""
    if database.is_sqlite:
        file = Path(database.url.removeprefix("sqlite:///"))
        return cells_of_sqlite(file.read_bytes())
    return tuples_of_postgresql(files_of(database, table)[table])


@contextmanager
def reader_of_now(database: Database) -> Iterator[Callable[[str], Any]]:
    """Somebody who makes a copy: asks the database as it is now, whatever comes later."""
    if database.is_sqlite:
        connection = sqlite3.connect(
            database.url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
        )
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM chat").fetchone()
        yield lambda query: connection.execute(query).fetchone()[0]
        connection.close()
        return
    other = Database(database.url)
    with other.engine.connect().execution_options(isolation_level="REPEATABLE READ") as looking:
        looking.execute(text("SELECT count(*) FROM chat"))
        yield lambda query: looking.execute(text(query)).scalar_one()
    other.close()


def as_they_lie(pages: Iterable[list[bytes]], tags: Collection[bytes]) -> list[list[bytes]]:
    """The tags on each page in the order in which they lie."""
    width = len(next(iter(tags)))
    known = set(tags)

    def tag_in(cell: bytes) -> bytes | None:
        places = range(max(0, len(cell) - width + 1))
        return next(
            (cell[at : at + width] for at in places if cell[at : at + width] in known), None
        )

    return [[tag for tag in map(tag_in, page) if tag is not None] for page in pages]


def in_order(pages: Sequence[Sequence[bytes]], came: Sequence[bytes]) -> tuple[int, int]:
    """How many pairs of tags on the same page lie in the order in which they came, and of how many."""
    place = {tag: at for at, tag in enumerate(came)}
    pairs = [place[one] < place[other] for page in pages for one, other in combinations(page, 2)]
    return sum(pairs), len(pairs)


def guessed(pages: Sequence[Sequence[bytes]], came: Sequence[bytes]) -> int:
    """How many people somebody names who saw in which order they came, and takes the tags as they lie for
    the same order."""
    taken = [tag for page in pages for tag in page]
    return sum(guess == tag for guess, tag in zip(taken, came, strict=False))
