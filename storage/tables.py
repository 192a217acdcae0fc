"""Every table: imports each module of storage, so that the metadata is whole."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sqlalchemy import Table
from sqlmodel import SQLModel

import storage

METADATA = SQLModel.metadata


@cache
def all_tables() -> tuple[Table, ...]:
    """Each after those that it refers to. Sorted once: that takes longer than a tap."""
    return tuple(METADATA.sorted_tables)


for _module in pkgutil.walk_packages(storage.__path__, "storage."):
    if not _module.name.startswith(("storage.copying", "storage.migrations", "storage.tables")):
        importlib.import_module(_module.name)
