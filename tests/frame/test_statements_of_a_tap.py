"""How much a tap and a signature ask of the database. These run the most often, so what they ask is held: a
statement more is a tenth of what a tap costs, and nobody would notice it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event

from tests.actions.announce import announce as announce_action
from tests.elections.campaign import CONFIRM, announce, open_signing, sign, stand
from tests.yard import Yard

TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")

MARK = "INTO handled_update"

OF_AN_ANSWER = 4
"""The update's mark; one look at the action, its chat and one's own answer; the answer; the card."""

OF_A_SIGNATURE = 8
"""The update's mark; the election with its chat; what is one's own in it; the candidate; the signature; the
count; and for the page who stands and which acts wait."""

OF_ITS_RIGHT = 2
"""Whether one may sign here: the election with its chat, and what is one's own in it."""


@contextmanager
def watched(what: str) -> Iterator[list[list[str]]]:
    """The statements of each transaction of which one has this in it, once it was committed, or where it
    only looked once it has ended."""
    running: dict[int, list[str]] = {}
    ended: list[list[str]] = []

    def begin(connection: Connection) -> None:
        running[id(connection)] = []

    def execute(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(TRANSACTION):
            running.setdefault(id(connection), []).append(statement)

    def end(connection: Connection, *, is_kept: bool) -> None:
        statements = running.pop(id(connection), [])
        only_looked = all(each.startswith("SELECT") for each in statements)
        if (is_kept or only_looked) and any(what in each for each in statements):
            ended.append(statements)

    listeners = (
        ("begin", begin),
        ("before_cursor_execute", execute),
        ("commit", partial(end, is_kept=True)),
        ("rollback", partial(end, is_kept=False)),
    )
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield ended
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


async def test_an_answer_asks_little_of_the_database(yard: Yard) -> None:
    card = await announce_action(yard, yard.tom)
    await yard.quiet()
    for label in ("Going", "Can't", "Can't"):  # a new one, another, and taken back
        with watched(MARK) as transactions:
            await yard.tap(yard.nina, card, label)
        (answered,) = transactions
        assert len(answered) <= OF_AN_ANSWER, answered


async def test_a_signature_asks_little_of_the_database(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await sign(yard, yard.tom, card)  # the first one also freezes the words and awaits the hour
    page = await open_signing(yard, yard.vera, card)
    await yard.quiet()
    with watched(MARK) as transactions, watched("FROM election") as looks:
        await yard.tap(yard.vera, page, CONFIRM)
        await yard.hears(yard.vera, "Your signature is counted")
    (signed,) = transactions
    (asked,) = (each for each in looks if each != signed)
    assert len(asked) <= OF_ITS_RIGHT, asked
    assert len(signed) <= OF_A_SIGNATURE, signed
