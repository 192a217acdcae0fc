"""MASTER sealed by a pass phrase: one line of text, which tells nothing without it.

    dvor-sealed-key 1 scrypt 65536 8 2 SALT SEALED

The version; N, r and p of scrypt (RFC 7914); a salt of 16 bytes; and MASTER under AES-256-GCM: 12 bytes of
nonce, 32 of ciphertext, 16 of tag, all in hexadecimal. What stands before SEALED is authenticated with it.
These N and r take 64 MiB while the phrase is tried, which a small server has, and half a second.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bot.safety.keys import KEY_BYTES, Sealed, seal, unseal

_MAGIC = b"dvor-sealed-key "
_COST, _BLOCK, _LANES = 2**16, 8, 2
_SALT_BYTES = 16
_LINE = re.compile(
    r"(?P<head>dvor-sealed-key 1 scrypt (?P<n>[0-9]{1,7}) (?P<r>[0-9]{1,2}) (?P<p>[0-9]{1,2})"
    r" (?P<salt>[0-9a-f]{32})) (?P<sealed>[0-9a-f]{120})\s*"
)
# A file that somebody put there can't make the start take a machine's whole memory.
_MOST_BYTES = 256 * 2**20


class DamagedKey(Exception):
    """It looks like a sealed key and isn't one."""


class WrongPhrase(Exception):
    """This pass phrase doesn't open it; or the file was altered, which looks the same."""


def is_sealed(content: bytes) -> bool:
    """Whether a key file's content is sealed, rather than MASTER itself."""
    return content.startswith(_MAGIC)


def seal_key(master: bytes, phrase: str) -> bytes:
    """Return the content of a key file that this pass phrase opens."""
    salt = secrets.token_bytes(_SALT_BYTES)
    head = f"dvor-sealed-key 1 scrypt {_COST} {_BLOCK} {_LANES} {salt.hex()}"
    key = _stretched(phrase, salt, _COST, _BLOCK, _LANES)
    return f"{head} {seal(key, master, row=head).hex()}\n".encode()


def open_key(content: bytes, phrase: str) -> bytes:
    """Return MASTER. Raises `WrongPhrase`, and `DamagedKey` where no phrase could open it."""
    found = _LINE.fullmatch(content.decode("ascii", "replace"))
    if found is None:
        raise DamagedKey
    cost, block, lanes = (int(found[name]) for name in "nrp")
    if 128 * cost * block > _MOST_BYTES:
        raise DamagedKey
    try:
        key = _stretched(phrase, bytes.fromhex(found["salt"]), cost, block, lanes)
    except ValueError as error:
        raise DamagedKey from error
    try:
        return unseal(key, bytes.fromhex(found["sealed"]), row=found["head"])
    except Sealed as error:
        raise WrongPhrase from error


def _stretched(phrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    """The key that a phrase makes, whichever way a keyboard composes its letters."""
    typed = unicodedata.normalize("NFKC", phrase).encode()
    return Scrypt(salt=salt, length=KEY_BYTES, n=cost, r=block, p=lanes).derive(typed)
