"""How much a tap and a signature ask of the database. These run the most often, so what they ask is held: a
statement more is a tenth of what a tap costs, and nobody would notice it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, SessionTransaction

from tests.actions.announce import announce as announce_action
from tests.elections.campaign import CONFIRM, announce, open_signing, sign, stand
from tests.yard import Yard

TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")

AN_ANSWER = ("INSERT INTO action_answer", "DELETE FROM action_answer")

A_SIGNATURE = "INSERT INTO signature"

ITS_RIGHT = "FROM election LEFT OUTER JOIN signature"

OF_AN_ANSWER = 4
"""The update's mark; one look at the action, its chat and one's own answer; the answer; the card."""

OF_A_SIGNATURE = 8
"""The update's mark; the election with its chat; what is one's own in it; the candidate; the signature; the
count; and for the page who stands and which acts wait."""

OF_ITS_RIGHT = 2
"""Whether one may sign here: the election with its chat, and what is one's own in it."""


@dataclass
class Running:
    """The statements of a transaction: which its use cases have in common, and each one's own."""

    shared: list[str] = field(default_factory=list)
    own: list[list[str]] = field(default_factory=list)
    is_in_use_case: bool = False

    def note(self, statement: str) -> None:
        (self.own[-1] if self.is_in_use_case else self.shared).append(statement)


@contextmanager
def watched(*what: str) -> Iterator[list[list[str]]]:
    """The statements of each use case that issued one with any of this in it, once it was committed, or where
    it only looked once it has ended. Others may share its transaction: theirs are left out."""
    running: dict[int, Running] = {}
    ended: list[list[str]] = []

    def begin(connection: Connection) -> None:
        running[id(connection)] = Running()

    def execute(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(TRANSACTION):
            running.setdefault(id(connection), Running()).note(statement)

    def begin_use_case(session: Session, _: Any, connection: Connection) -> None:
        transaction = running.setdefault(id(connection), Running())
        transaction.own.append([])
        transaction.is_in_use_case = True
        session.info["watched"] = transaction

    def end_use_case(session: Session, part: SessionTransaction) -> None:
        if part.parent is None and "watched" in session.info:
            session.info.pop("watched").is_in_use_case = False

    def end(connection: Connection, *, is_kept: bool) -> None:
        transaction = running.pop(id(connection), Running())
        for own in transaction.own:
            only_looked = all(each.startswith("SELECT") for each in own)
            if (is_kept or only_looked) and any(part in each for each in own for part in what):
                ended.append([*transaction.shared, *own])

    listeners = (
        (Engine, "begin", begin),
        (Engine, "before_cursor_execute", execute),
        (Engine, "commit", partial(end, is_kept=True)),
        (Engine, "rollback", partial(end, is_kept=False)),
        (Session, "after_begin", begin_use_case),
        (Session, "after_transaction_end", end_use_case),
    )
    for listener in listeners:
        event.listen(*listener)
    try:
        yield ended
    finally:
        for listener in listeners:
            event.remove(*listener)


async def test_an_answer_asks_little_of_the_database(yard: Yard) -> None:
    card = await announce_action(yard, yard.tom)
    for label in ("Going", "Maybe", "Maybe"):  # a new one, another, and taken back
        with watched(*AN_ANSWER) as answers:
            await yard.tap(yard.nina, card, label)
        (answered,) = answers
        assert len(answered) <= OF_AN_ANSWER, answered


async def test_a_signature_asks_little_of_the_database(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await sign(yard, yard.tom, card)  # the first one also freezes the words and awaits the hour
    page = await open_signing(yard, yard.vera, card)
    with watched(A_SIGNATURE) as signatures, watched(ITS_RIGHT) as looks:
        await yard.tap(yard.vera, page, CONFIRM)
        await yard.hears(yard.vera, "Your signature is counted")
    (signed,) = signatures
    (asked,) = (each for each in looks if each != signed)
    assert len(asked) <= OF_ITS_RIGHT, asked
    assert len(signed) <= OF_A_SIGNATURE, signed
