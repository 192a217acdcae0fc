"""How a row is carried over from one MASTER to the next. Each feature says it of its own rows.

What is sealed is sealed anew. A tag can't be made anew, because nobody is there whose it is: the new key
makes a tag of it. The key that made the first is kept for that one purpose, sealed by the new MASTER, and
goes with the last of its tags. So people are known as before, and whoever has the old MASTER knows nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel

from bot.safety.keys import Keys, Sealed, tag_again


@dataclass(frozen=True)
class Rotation:
    """From one MASTER to another, within one transaction."""

    session: Session
    old: Keys
    new: Keys
    kept: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    """The keys that are to be known as former ones, by their purposes."""

    def tag(self, purpose: str, made: bytes) -> bytes:
        """Return the same person's tag from now on."""
        self.kept[purpose] = (*self.old.former(purpose), self.old.derive(purpose))
        return tag_again(self.new.derive(purpose), made)

    def keep_lasting(self, purpose: str) -> None:
        """Keep a key that stays as it is: what it signed is public. Whoever has the old MASTER has it too."""
        self.kept[purpose] = (self.old.lasting(purpose),)

    def sealed_anew(self, purpose: str, sealed: bytes, *, row: str) -> bytes:
        """Return a field as the new MASTER seals it. What the old one didn't seal stays: nobody opens it."""
        try:
            plain = self.old.unseal(purpose, sealed, row=row)
        except Sealed:
            return sealed
        return self.new.seal(purpose, plain, row=row)


@dataclass(frozen=True)
class CarryOver:
    """What `carry` changes in each of the rows. The code of a row that grants something is made anew besides,
    where it was genuine (`bot/safety/codes.py`)."""

    rows: type[SQLModel]
    carry: Callable[[Rotation, Any], None]
