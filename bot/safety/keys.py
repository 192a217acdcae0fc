"""Keys, tags and sealed fields: how the bot recognises a person without knowing one.

A person is stored as a tag: HMAC-SHA-256 of their Telegram id under a key of one thing (RFC 2104). Tags
of two things can't be joined, and without the keys a list of members can't be tried against them.
Keys come from MASTER by HKDF-SHA-256 (RFC 5869); fields are sealed with AES-256-GCM (NIST SP 800-38D).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
TAG_BYTES = 16
_NONCE_BYTES = 12


class Sealed(Exception):
    """A sealed field that this key doesn't open: it was altered, moved, or sealed by another key."""


class Keys:
    """Everything derived from MASTER. Holds the only secrets of the process; never printed."""

    def __init__(
        self, master: bytes, former: Mapping[str, tuple[bytes, ...]] | None = None
    ) -> None:
        """`former` are keys of single purposes from before MASTER was changed: see `former`."""
        if len(master) != KEY_BYTES:
            raise ValueError("MASTER has 32 bytes")
        self._master = master
        self._derived: dict[str, bytes] = {}
        self._former = former or {}

    def __repr__(self) -> str:
        return "Keys(...)"

    def derive(self, purpose: str) -> bytes:
        """The key of one purpose, 32 bytes."""
        key = self._derived.get(purpose)
        if key is None:
            key = HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self._master)
            if ":" not in purpose:  # purposes of single things are many; don't hoard their keys
                self._derived[purpose] = key
        return key

    def former(self, purpose: str) -> tuple[bytes, ...]:
        """The keys that a purpose has had before MASTER was changed, where people are known by them still;
        the oldest first."""
        return self._former.get(purpose, ())

    def with_former(self, former: Mapping[str, tuple[bytes, ...]]) -> Keys:
        """The same keys, which know these former ones."""
        return Keys(self._master, former)

    def lasting(self, purpose: str) -> bytes:
        """The key of a purpose as it was first: for what has been made public, and must stay."""
        return (*self.former(purpose), self.derive(purpose))[0]

    def tag(self, purpose: str, user_id: int) -> bytes:
        """The person's tag under the key of `purpose` ("action:12"), 16 bytes.

        Where the purpose has former keys it takes each of them to make one.
        """
        first, *later = *self.former(purpose), self.derive(purpose)
        made = tag(first, user_id)
        for key in later:
            made = tag_again(key, made)
        return made

    def seal(self, purpose: str, plain: bytes, *, row: str) -> bytes:
        """Encrypt a field; `row` ties it to its place, so that it can't be moved to another."""
        return seal(self.derive(purpose), plain, row=row)

    def unseal(self, purpose: str, sealed: bytes, *, row: str) -> bytes:
        """Decrypt a field. Raises `Sealed`."""
        return unseal(self.derive(purpose), sealed, row=row)

    def check_value(self) -> bytes:
        """What a database keeps to recognise its key; says nothing about the key."""
        return hmac.digest(self.derive("key-check"), b"dvor:with codes", hashlib.sha256)

    def check_value_before_codes(self) -> bytes:
        """What a database keeps whose rows have no codes yet: see `bot/safety/codes.py`."""
        return hmac.digest(self.derive("key-check"), b"dvor", hashlib.sha256)

    def recognises(self, check: bytes) -> bool:
        """Whether a database with this check value is this key's."""
        return same(check, self.check_value()) or same(check, self.check_value_before_codes())


def tag(key: bytes, user_id: int) -> bytes:
    """The tag of a person under a key of one thing, 16 bytes."""
    return hmac.digest(key, b"user:%d" % user_id, hashlib.sha256)[:TAG_BYTES]


def tag_again(key: bytes, made: bytes) -> bytes:
    """The tag that takes the place of one made by a former key: whoever has only that can't recognise it."""
    return hmac.digest(key, b"tag:" + made, hashlib.sha256)[:TAG_BYTES]


def mac(key: bytes, *parts: bytes | int) -> bytes:
    """A code over a row's fields, 16 bytes; kinds and lengths are in it, so fields can't run together."""
    message = bytearray(b"row:")
    for part in parts:
        kind, data = (b"b", part) if isinstance(part, bytes) else (b"i", b"%d" % part)
        message += kind + b"%d:" % len(data) + data
    return hmac.digest(key, bytes(message), hashlib.sha256)[:TAG_BYTES]


def same(one: bytes, other: bytes) -> bool:
    """Compare two tags or macs in constant time."""
    return hmac.compare_digest(one, other)


def seal(key: bytes, plain: bytes, *, row: str) -> bytes:
    """Encrypt with a key of one's own (a thing's random key); see `Keys.seal`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, row.encode())


def unseal(key: bytes, sealed: bytes, *, row: str) -> bytes:
    """The reverse of `seal`. Raises `Sealed`."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], row.encode())
    except (InvalidTag, ValueError) as error:
        raise Sealed from error
