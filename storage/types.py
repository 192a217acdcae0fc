"""Column types that both databases keep the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer, String, literal_column
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator

from bot.domain.timekeeping.moment import read_wall, write_wall

M = TypeVar("M", bound=Enum)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite forgets the zone; here it comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone can't be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class WallTime(TypeDecorator[datetime]):
    """A reading of a wall clock, without a zone; the zone stands in a column of its own.

    The two are what was promised. The instant beside them, by which things fall due, follows from them, and
    follows them anew when a country changes its clocks.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a wall clock's reading has no zone")
        return write_wall(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        return None if value is None else read_wall(value)


class EnumValue(TypeDecorator[M]):
    """A member of an enum, kept as its value: text, or a number where its members are numbers.

    What a column is compared with is written out, not bound: a database must see that a partial index holds
    every row that is wanted, before it knows any value.
    """

    impl = String
    cache_ok = True

    class comparator_factory(TypeDecorator.Comparator[Any]):  # noqa: N801 - SQLAlchemy's name
        def operate(self, op: OperatorType, *other: Any, **options: Any) -> ColumnElement[Any]:
            return super().operate(op, *map(_written_out, other), **options)

    def __init__(self, enum: type[M]) -> None:
        super().__init__()
        self.enum = enum
        if issubclass(enum, int):
            self.impl = Integer()

    def process_bind_param(self, value: M | None, _dialect: Dialect) -> Any:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, _dialect: Dialect) -> M | None:
        return None if value is None else self.enum(value)


def _written_out(compared: Any) -> Any:
    """Members of enums as they stand in a statement; anything else as it is."""
    if isinstance(compared, Enum):
        value = compared.value
        return literal_column(str(value) if isinstance(value, int) else f"'{value}'")
    is_list = isinstance(compared, Sequence) and not isinstance(compared, str)
    return [_written_out(each) for each in compared] if is_list else compared


TelegramId = BigInteger
"""Telegram's ids outgrow 32 bits."""
