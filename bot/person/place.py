"""Who acts, and where: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.refusal import Refused


@dataclass(frozen=True)
class Person:
    """Somebody at the door. `id` is None for an anonymous administrator: nobody in particular."""

    id: int | None
    language: str | None = None

    def __repr__(self) -> str:
        return "Person(...)"  # ids stay out of logs

    def require_id(self) -> int:
        """Their Telegram id. Raises `Refused` for nobody in particular."""
        if self.id is None:
            raise Refused("frame.refused.anonymous")
        return self.id


@dataclass(frozen=True)
class Place:
    """A group and topic, or (`telegram_id` None) the private chat with the bot.

    `about` is the group that something done in private is about, where that is known: what is typed there
    goes to that group's things by that group's rights, and its answer stays private.
    """

    telegram_id: int | None
    thread_id: int | None = None
    about: Place | None = None

    @property
    def is_group(self) -> bool:
        return self.telegram_id is not None

    @property
    def group(self) -> Place | None:
        """The group whose things are meant here: this one, or in private the one that it is about."""
        return self if self.is_group else self.about


PRIVATE = Place(None)
NOBODY = Person(None)
"""An anonymous administrator: nobody in particular."""


@dataclass(frozen=True)
class Rights:
    """What Telegram said of a person this very moment, before a transaction began: never kept.

    `organiser_in` has Telegram's ids of the groups whose administrator the person was found to be.
    `organisers` has the accounts of all who are, where a use case must tell two of them apart. `member_of`
    has the groups of which they are a member, or where Telegram doesn't tell.
    """

    organiser_in: frozenset[int] = frozenset()
    organisers: frozenset[int] = frozenset()
    member_of: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        return "Rights(...)"  # ids stay out of logs


NO_RIGHTS = Rights()
