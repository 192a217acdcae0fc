"""One thread writes, first in, first out; what waits shares a commit.

The disk takes as long for one commit as for sixty. So whatever came while the last one was under way runs in
one transaction: each use case in its savepoint, with a session of its own. Nobody is told anything before the
commit, and what one of them raises undoes that one alone. A lone one waits for nobody.

Where the database itself refuses something, as PostgreSQL does of two that collide, nothing of the
transaction holds. Then each runs again in a transaction of its own, in the same order.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from storage.changes import Changes, noting
from storage.handled_updates import Mark, Redelivered, claim, unclaim
from storage.running import again_after_collision, is_collision, without_stopping
from storage.troubles import UnusableDatabaseError, said_in_words

T = TypeVar("T")

_MOST_AT_ONCE = 64
_COLLECTED = "once_a_commit"

Collected = dict[tuple[Executable, Hashable], dict[str, Any]]
"""Values for statements, each by what they are about."""


def once_a_commit(
    session: Session, statement: Executable, about: Hashable, values: dict[str, Any]
) -> None:
    """Have a statement run at the end of this commit: once with the first of these values about the same
    thing, whoever else of those who share the commit wants that too."""
    session.info.setdefault(_COLLECTED, {}).setdefault((statement, about), values)


@dataclass(eq=False)
class _Waiting:
    """Something for the writer's thread, and whoever waits for what comes of it; in an event loop, or not."""

    settled: asyncio.Future[Any] | Future[Any]
    loop: asyncio.AbstractEventLoop | None
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Tell whoever waits, unless they are gone."""
        if self.settled.done():
            return
        if self.error is not None:
            self.settled.set_exception(self.error)
        else:
            self.settled.set_result(self.result)


@dataclass(eq=False)
class _UseCase(_Waiting):
    work: Callable[[Session], Any] = field(kw_only=True)
    mark: Mark | None = None
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    changes: Changes = field(default_factory=Changes)
    collected: Collected = field(default_factory=dict)

    def run(self, connection: Connection) -> None:
        """Run it in the transaction of this connection."""
        self.result, self.error, self.collected = None, None, {}
        self.changes = Changes()
        self.context.run(self._run, connection)

    def _run(self, connection: Connection) -> None:
        with Session(connection, expire_on_commit=False) as session, noting(self.changes, session):
            self.result = without_stopping(self.work, session)
            session.flush()
            self.collected = session.info.get(_COLLECTED, {})


@dataclass(eq=False)
class _Upkeep(_Waiting):
    """Work on the writing connection, between two transactions."""

    work: Callable[[Any], Any] = field(kw_only=True)


class _ApartError(Exception):
    """The database refused something of those who share a transaction: each must go by itself."""


class Writer:
    """Writes what is put here, in the order in which it is."""

    def __init__(self, engine: Engine, note_changed: Callable[[set[str]], None]) -> None:
        """`note_changed` is told, in the writer's thread, which tables a commit changed."""
        self._engine = engine
        self._note_changed = note_changed
        self._listeners: list[Callable[[int], None]] = []
        self._refusal_listeners: list[Callable[[], None]] = []
        self._queue: SimpleQueue[_UseCase | _Upkeep | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        # Nothing may be put behind the end, where nobody would come to it.
        self._putting = threading.Lock()

    def on_commit(self, listener: Callable[[int], None]) -> None:
        """Call `listener`, in the writer's thread, after each commit with how many use cases shared it."""
        self._listeners.append(listener)

    def on_refusal(self, listener: Callable[[], None]) -> None:
        """Call `listener`, in the writer's thread, where a commit fails with an `UnusableDatabaseError`."""
        self._refusal_listeners.append(listener)

    def put(self, work: Callable[[Session], T], mark: Mark | None = None) -> asyncio.Future[T]:
        """Queue a use case, from an event loop. The future is settled after the commit: cancelling it takes
        nothing back. It raises `Redelivered` where the `mark` of its update is there already."""
        loop = asyncio.get_running_loop()
        use_case = _UseCase(loop.create_future(), loop, work=work, mark=mark)
        self._put(use_case)
        return use_case.settled  # type: ignore[return-value]

    def put_now(self, work: Callable[[Session], T]) -> Future[T]:
        """The same for callers without an event loop."""
        use_case = _UseCase(Future(), None, work=work)
        self._put(use_case)
        return use_case.settled  # type: ignore[return-value]

    def put_upkeep(self, work: Callable[[Any], T]) -> asyncio.Future[T]:
        """Queue work on a cursor of the writing connection, outside of any transaction. Use cases that wait
        with it go first."""
        loop = asyncio.get_running_loop()
        upkeep = _Upkeep(loop.create_future(), loop, work=work)
        self._put(upkeep)
        return upkeep.settled  # type: ignore[return-value]

    def close(self) -> None:
        """Write what is queued, then end."""
        with self._putting:
            self._is_closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _put(self, waiting: _UseCase | _Upkeep) -> None:
        with self._putting:
            if self._is_closed:
                raise RuntimeError("this database is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="writer")
                self._thread.daemon = True  # whoever forgets to close needn't wait for ever
                self._thread.start()
            self._queue.put(waiting)

    def _write_all(self) -> None:
        while (taken := self._take()) is not None:
            use_cases = [each for each in taken if isinstance(each, _UseCase)]
            if len(use_cases) > 1 and self._write_together(use_cases):
                _settle(use_cases)
            else:
                for use_case in use_cases:
                    self._write_alone(use_case)
                    _settle([use_case])
            for upkeep in taken:
                if isinstance(upkeep, _Upkeep):
                    self._keep_up(upkeep)
                    _settle([upkeep])

    def _take(self) -> list[_UseCase | _Upkeep] | None:
        """What waits, as soon as something does. None at the end."""
        first = self._queue.get()
        if first is None:
            return None
        taken = [first]
        while len(taken) < _MOST_AT_ONCE:
            try:
                following = self._queue.get_nowait()
            except Empty:
                break
            if following is None:
                self._queue.put(None)  # nothing is put behind it
                break
            taken.append(following)
        return taken

    def _write_together(self, use_cases: Sequence[_UseCase]) -> bool:
        """False where each must go by itself: nothing is written."""
        try:
            self._transact(lambda connection: _run_together(connection, use_cases), len(use_cases))
        except BaseException as error:
            if isinstance(error, _ApartError) or is_collision(error):
                return False
            for use_case in use_cases:
                use_case.error = error
        return True

    def _write_alone(self, use_case: _UseCase) -> None:
        try:
            again_after_collision(
                lambda: self._transact(lambda connection: _run_alone(connection, use_case), 1)
            )
        except BaseException as error:
            use_case.error = error

    def _transact(self, run: Callable[[Connection], set[str]], use_cases: int) -> None:
        """Run so many use cases in a transaction; `run` returns the names of tables that they changed."""
        try:
            changed = self._commit(run)
        except UnusableDatabaseError:
            for told in self._refusal_listeners:
                told()
            raise
        self._note_changed(changed)
        for committed in self._listeners:
            committed(use_cases)

    def _commit(self, run: Callable[[Connection], set[str]]) -> set[str]:
        with said_in_words(self._engine.url), self._engine.connect() as connection:
            transaction = connection.begin()
            try:
                changed = run(connection)
            except BaseException:
                if transaction.is_active:
                    with suppress(
                        SQLAlchemyError
                    ):  # where the connection is lost, so is the transaction
                        transaction.rollback()
                raise
            try:
                transaction.commit()
            except BaseException:
                connection.invalidate()  # the driver may still be in the transaction
                raise
        return changed

    def _keep_up(self, upkeep: _Upkeep) -> None:
        try:
            with (
                said_in_words(self._engine.url),
                closing(self._engine.raw_connection()) as connection,
            ):
                upkeep.result = upkeep.work(connection.cursor())
        except BaseException as error:
            upkeep.error = error


def _run_alone(connection: Connection, use_case: _UseCase) -> set[str]:
    """Returns the names of tables that it changed. Raises what it raises."""
    changes = Changes()
    with noting(changes):
        if use_case.mark is not None and not claim(connection, [use_case.mark]):
            raise Redelivered
        use_case.run(connection)
        _write_collected(connection, use_case.collected)
    return changes.tables | use_case.changes.tables


def _run_together(connection: Connection, use_cases: Sequence[_UseCase]) -> set[str]:
    """Returns the names of tables that they changed. Raises `_ApartError`."""
    changes = Changes()
    collected: Collected = {}
    try:
        with noting(changes):
            unheld = claim(connection, [each.mark for each in use_cases if each.mark is not None])
            savepoints = connection.connection.cursor()
            for use_case in use_cases:
                if use_case.mark is not None and use_case.mark not in unheld:
                    use_case.error = Redelivered()
                    continue
                savepoints.execute("SAVEPOINT use_case")
                if _holds(use_case, connection):
                    unheld -= {use_case.mark}
                    changes.tables |= use_case.changes.tables
                    collected = {**use_case.collected, **collected}
                else:
                    savepoints.execute("ROLLBACK TO SAVEPOINT use_case")
                savepoints.execute("RELEASE SAVEPOINT use_case")
            unclaim(connection, unheld)
            _write_collected(connection, collected)
    except Exception as error:
        raise _ApartError from error
    return changes.tables


def _holds(use_case: _UseCase, connection: Connection) -> bool:
    """Run it. False where it raised something. Raises what the database refuses."""
    try:
        use_case.run(connection)
    except SQLAlchemyError:
        raise
    except BaseException as error:
        use_case.error = error
        return False
    return True


def _write_collected(connection: Connection, collected: Collected) -> None:
    by_statement: dict[Executable, list[dict[str, Any]]] = {}
    for (statement, _), values in collected.items():
        by_statement.setdefault(statement, []).append(values)
    for statement, all_values in by_statement.items():
        connection.execute(statement, all_values)


def _settle(waiting: Sequence[_Waiting]) -> None:
    """Tell all at once, each in its event loop: waking one is dear."""
    for loop, theirs in _by_loop(waiting).items():
        if loop is None:
            _settle_each(theirs)
            continue
        with suppress(RuntimeError):  # the loop is closed: nobody is there to be told
            loop.call_soon_threadsafe(_settle_each, theirs)


def _settle_each(waiting: Sequence[_Waiting]) -> None:
    for each in waiting:
        each.settle()


def _by_loop(
    waiting: Sequence[_Waiting],
) -> dict[asyncio.AbstractEventLoop | None, list[_Waiting]]:
    by_loop: dict[asyncio.AbstractEventLoop | None, list[_Waiting]] = {}
    for each in waiting:
        by_loop.setdefault(each.loop, []).append(each)
    return by_loop
