"""What every transaction of the writer costs: statements, rows, and time of its thread's own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from sqlmodel import SQLModel


@dataclass
class Cost:
    """What one transaction cost, in which use cases that came together share.

    `seconds` are those of the processor, whoever else is busy beside it.
    """

    began: float
    use_cases: int = 0
    statements: int = 0
    rows: int = 0
    seconds: float = 0.0


@dataclass
class WriterWatch:
    """The transactions of SQLite's writer that were seen so far."""

    costs: list[Cost] = field(default_factory=list)
    _running: Cost | None = None

    def take(self) -> list[Cost]:
        """What was seen since the last time."""
        taken, self.costs = self.costs, []
        return taken

    def begin(self, _connection: Connection) -> None:
        if _is_writer():
            self._running = Cost(time.thread_time())

    def join(self, *_: Any) -> None:
        if _is_writer() and self._running is not None:
            self._running.use_cases += 1

    def execute(self, *_: Any) -> None:
        if _is_writer() and self._running is not None:
            self._running.statements += 1

    def load(self, *_: Any) -> None:
        if _is_writer() and self._running is not None:
            self._running.rows += 1

    def end(self, _connection: Connection) -> None:
        if _is_writer() and self._running is not None:
            self._running.seconds = time.thread_time() - self._running.began
            self.costs.append(self._running)
            self._running = None


@contextmanager
def watched_writer() -> Iterator[WriterWatch]:
    """Watch the writer's transactions meanwhile."""
    watch = WriterWatch()
    listeners = (
        (Engine, "begin", watch.begin),
        (Session, "after_begin", watch.join),
        (Engine, "before_cursor_execute", watch.execute),
        (Engine, "commit", watch.end),
        (Engine, "rollback", watch.end),
    )
    for target, name, listener in listeners:
        event.listen(target, name, listener)
    event.listen(SQLModel, "load", watch.load, propagate=True)
    try:
        yield watch
    finally:
        for target, name, listener in listeners:
            event.remove(target, name, listener)
        event.remove(SQLModel, "load", watch.load)


def _is_writer() -> bool:
    return threading.current_thread().name.startswith("writer")
