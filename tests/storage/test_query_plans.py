"""The watch over statements sees what walks through a table, and whose statement it is."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine

from tests.query_plans import ALLOWED, HOUSE, QueryPlans

DIALECT = create_engine("sqlite://")
BY_NAME = "SELECT candidate.id FROM candidate WHERE candidate.name = ?"


@pytest.fixture
def plans() -> Iterator[QueryPlans]:
    plans = QueryPlans()
    yield plans
    plans.close()


def asking_in(room: str) -> Callable[..., Any]:
    """A function that passes a statement on, as if it stood in a file there."""
    names: dict[str, Any] = {}
    code = "def ask(note, sql, values): note(dialect, None, sql, values, None, False)"
    exec(compile(code, str(HOUSE / room / "made_up.py"), "exec"), names, names)
    names["dialect"] = DIALECT
    ask: Callable[..., Any] = names["ask"]
    return ask


@pytest.mark.parametrize("room", ["storage", "handlers/elections", "bot/delivery"])
def test_a_statement_of_ours_without_an_index_is_told(plans: QueryPlans, room: str) -> None:
    asking_in(room)(plans.note, BY_NAME, ("Vera",))
    told = list(plans.walks())
    assert len(told) == 1
    assert told[0].startswith(f"{room.replace('/', '.')}.made_up.ask: SCAN candidate\n")
    asking_in(room)(plans.note, BY_NAME, ("Vera",))
    assert not list(plans.walks()), "once is enough"


@pytest.mark.parametrize("room", ["tests", "storage/migrations/versions", "playground"])
def test_a_statement_that_isnt_ours_is_let_pass(plans: QueryPlans, room: str) -> None:
    asking_in(room)(plans.note, BY_NAME, ("Vera",))
    assert not list(plans.walks())
    asking_in("storage")(plans.note, BY_NAME, ("Vera",))
    assert list(plans.walks()), "until one of ours asks the same"


@pytest.mark.parametrize(
    "sql",
    [
        BY_NAME,
        # Through an index, but all of it.
        "SELECT digest.id FROM digest ORDER BY digest.next_at",
        # The least of those that are deleted: behind all that aren't.
        "SELECT min(reminder.next_at) FROM reminder WHERE reminder.is_deleted",
        # By an index that SQLite would make for it, of all rows.
        "SELECT chat.id FROM chat JOIN outbox ON outbox.ref = chat.sightings WHERE chat.id > ?",
        "DELETE FROM building_count WHERE building_count.candidate_id = ?",
        "UPDATE office SET name = ? WHERE office.name = ?",
        "SELECT candidate_1.id FROM candidate AS candidate_1 WHERE candidate_1.name = ?",
        # A partial index is of use only where the statement says what is in it.
        "SELECT outbox.id FROM outbox WHERE outbox.state = ? ORDER BY outbox.due_at",
    ],
)
def test_what_walks(plans: QueryPlans, sql: str) -> None:
    assert plans.walked_by(sql, sql.count("?"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT candidate.id FROM candidate WHERE candidate.election_id = ?",
        "SELECT reminder.id FROM reminder WHERE reminder.id = ?",
        "SELECT min(reminder.undo_until) FROM reminder WHERE reminder.is_deleted",
        "SELECT outbox.id FROM outbox WHERE outbox.state = 'due' AND outbox.urgency = ?",
        "SELECT min(found.id) FROM (SELECT max(card.id) AS id FROM card WHERE card.chat_id = ?"
        " GROUP BY card.kind) AS found",
    ],
)
def test_what_finds(plans: QueryPlans, sql: str) -> None:
    assert not plans.walked_by(sql, sql.count("?"))


def test_what_is_allowed_is_there() -> None:
    for name, why in ALLOWED.items():
        module, function = name.rsplit(".", maxsplit=1)
        assert callable(getattr(importlib.import_module(module), function)), name
        assert why
