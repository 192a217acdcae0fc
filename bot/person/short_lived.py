"""What the bot keeps for a person for a while: one rule for all of it.

A row is found in one of two ways: by its name, which somebody shows (a draft's number, a link's token), or
by whose it is. Either way its key is an HMAC for that row alone, made anew with each end. So nobody who
takes the database can tell whose a row is, of which chat or what kind, or that two are one person's. A name
is in the key that seals its row too: a link opens only with its token, which the database doesn't have.
What is sealed is bound to its key, its end and its person, and filled up so that its length tells little.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.safety.keys import Keys, Sealed, mac
from storage import short_lived
from storage.short_lived import Found, ShortLivedRow

STEP = timedelta(minutes=5)
_FILLED_TO = 512
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANONYMOUS = "anonymous organiser"


@dataclass(frozen=True)
class Kind:
    """What a row is for, and for how long: up to five minutes longer."""

    name: str
    lasts: timedelta


@dataclass(frozen=True)
class Kept:
    """A row that its person opened. `ref` is its name, or what it is about."""

    kind: Kind
    ref: str
    author: str
    key: bytes
    end: datetime
    data: dict[str, Any]

    @property
    def is_anonymous(self) -> bool:
        """Whether an anonymous administrator began it: nobody in particular."""
        return self.author == _ANONYMOUS


class NotTheirs(Exception):
    """There is a row of that name, and it is somebody else's."""


@dataclass(frozen=True)
class ShortLived:
    """The short-lived rows as one person may use them; `person_id` is None for an anonymous administrator."""

    session: Session
    keys: Keys
    now: datetime
    person_id: int | None

    def keep(self, *rows: ShortLivedRow) -> None:
        """Keep what was made by the methods below."""
        short_lived.put(self.session, *rows)

    def named(self, kind: Kind, name: str, data: dict[str, Any]) -> ShortLivedRow:
        """Make a row that is found by its name, and opens for this person only."""
        end = _end(self.now, kind)
        return self._seal(Kept(kind, name, self._author, self._key(kind, name), end, data))

    def own(self, kind: Kind, ref: str, data: dict[str, Any]) -> ShortLivedRow:
        """Make a row that is found by whose it is and what it is about."""
        end = _end(self.now, kind)
        return self._seal(Kept(kind, ref, self._author, self._tag(kind, ref, end), end, data))

    def again(self, kept: Kept, data: dict[str, Any]) -> ShortLivedRow:
        """Make the same row with other data; whose it is and when it ends stay."""
        return self._seal(Kept(kept.kind, kept.ref, kept.author, kept.key, kept.end, data))

    def find(self, kind: Kind, name: str) -> Kept | None:
        """Return the row of this name, theirs or an anonymous administrator's; None where there is none.

        Raises `NotTheirs`.
        """
        for row in short_lived.find(self.session, [self._key(kind, name)], self.now):
            for author in (self._author, _ANONYMOUS):
                opened = self._open(row, kind, name, author)
                if opened is not None:
                    return opened
            raise NotTheirs
        return None

    def newest(self, kind: Kind, ref: str) -> Kept | None:
        """Return this person's row about that, the latest where there are several."""
        for row in short_lived.find(self.session, self._tags(kind, ref), self.now):
            opened = self._open(row, kind, ref, self._author)
            if opened is not None:
                return opened
        return None

    def forget(self, kind: Kind, ref: str, *, at_leisure: bool = False) -> None:
        """Erase this person's rows about that; `at_leisure` where nobody waits until they are gone from the
        disk."""
        short_lived.remove(self.session, self._tags(kind, ref), at_leisure=at_leisure)

    @property
    def _author(self) -> str:
        return _ANONYMOUS if self.person_id is None else str(self.person_id)

    def _key(self, kind: Kind, name: str) -> bytes:
        return mac(self.keys.derive("short-lived"), kind.name.encode(), name.encode())

    def _tag(self, kind: Kind, ref: str, end: datetime) -> bytes:
        about = f"{kind.name}:{ref}:{end.isoformat()}"
        return mac(self.keys.derive("short-lived"), about.encode(), self._author.encode())

    def _tags(self, kind: Kind, ref: str) -> list[bytes]:
        """Of every end that a row may have which isn't over."""
        last = _end(self.now, kind)
        steps = kind.lasts // STEP + 1
        return [self._tag(kind, ref, last - n * STEP) for n in range(steps)]

    def _seal(self, kept: Kept) -> ShortLivedRow:
        plain = json.dumps(kept.data, ensure_ascii=False).encode()
        plain = plain.ljust(-(-len(plain) // _FILLED_TO) * _FILLED_TO)
        sealed = self.keys.seal(f"{kept.kind.name}:{kept.ref}", plain, row=_place_of(kept))
        return ShortLivedRow(key=kept.key, sealed=sealed, expires_at=kept.end)

    def _open(self, row: Found, kind: Kind, ref: str, author: str) -> Kept | None:
        """None where it isn't this author's, and where it was altered or moved: that can't be told apart."""
        kept = Kept(kind, ref, author, row.key, row.expires_at, {})
        try:
            plain = self.keys.unseal(f"{kind.name}:{ref}", row.sealed, row=_place_of(kept))
        except Sealed:
            return None
        data: dict[str, Any] = json.loads(plain)
        return Kept(kind, ref, author, row.key, row.expires_at, data)


def _end(now: datetime, kind: Kind) -> datetime:
    """When a row ends that is made now: rounded up, so that it doesn't tell when that was."""
    return _EPOCH - (_EPOCH - now - kind.lasts) // STEP * STEP


def _place_of(kept: Kept) -> str:
    return f"short_lived:{kept.key.hex()}:{kept.end.isoformat()}:{kept.author}"
