"""Use cases as the bot runs them, without a tap: many, or at once, as no thumb could."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.domain.refusal import Refused
from bot.person.place import Person, Place
from bot.store import Store, personally
from tests.yard import Yard


def store_of(yard: Yard) -> Store:
    assert yard.app is not None
    return yard.app.store


def for_person(yard: Yard, use_case: Callable[..., Any], person: Person) -> Any:
    return personally(use_case, person, Place(yard.group.id))


async def tried(yard: Yard, use_case: Callable[..., Any], person: Person, *given: Any) -> Any:
    """What comes of it; None where it is refused."""
    try:
        return await store_of(yard).run(for_person(yard, use_case, person), *given)
    except Refused:
        return None
