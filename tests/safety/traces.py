"""Looking for people in what the bot keeps: in digits, in bytes, in hashes that anyone can make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Literal

from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from storage.tables import METADATA
from tests.yard import Yard

_ORDERS: tuple[Literal["big", "little"], ...] = ("big", "little")


def traces_of_id(user_id: int) -> set[bytes]:
    """Every way in which an id could stand in a file.

    Numbers are looked for by their own bytes without leading zeros, of which there are four at least:
    that finds them in fields of any width.
    """
    digits = str(user_id).encode()
    width = max(4, (user_id.bit_length() + 7) // 8)
    in_bytes = [user_id.to_bytes(width, order) for order in _ORDERS]
    in_hex = [raw.hex().encode() for raw in in_bytes]
    plain_hashes = [
        function(source, usedforsecurity=False).digest()
        for function in (hashlib.md5, hashlib.sha1, hashlib.sha256)
        for source in (digits, *in_bytes)
    ]
    return {
        digits,
        *in_bytes,
        *in_hex,
        *plain_hashes,
        *(raw.hex().encode() for raw in plain_hashes),
    }


def kept_files(yard: Yard) -> dict[str, bytes]:
    """Every file in DATA_DIR, the database's write-ahead log and shared memory among them."""
    folder = yard.settings.data_dir
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def kept_rows(yard: Yard) -> dict[str, bytes]:
    """Every value of every table as the database gives it: numbers in digits, bytes as they are."""
    database = Database(yard.database_url)
    try:
        return database.read_now(
            lambda session: {
                table.name: b"\n".join(_values(session, table.name))
                for table in METADATA.sorted_tables
            }
        )
    finally:
        database.close()


def _values(session: Session, table: str) -> Iterator[bytes]:
    for row in session.execute(text(f'SELECT * FROM "{table}"')):
        for value in row:
            raw = bytes(value) if isinstance(value, bytes | memoryview) else None
            yield raw if raw is not None else str(value).encode()
            if raw is not None:
                yield raw.hex().encode()
