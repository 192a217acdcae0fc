"""The key that signs an election's bulletins: Ed25519 (RFC 8032), its seed derived from MASTER.

Each election has a key of its own, so that the bulletins of two neighbourhoods show no common owner.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.domain.elections.bulletins.bulletin import to_sign
from bot.safety.keys import Keys

# The points of small order by their height, which is y without the sign of x: of order 1, 2, 4 and 8, and
# two that are written a second way. Source: RFC 8032, 5.1; libsodium leaves the same out.
_PRIME = 2**255 - 19
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER = {0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8, _PRIME, _PRIME + 1}


def signing_purpose(election: str) -> str:
    """Return which key signs the bulletins of the election that they call so."""
    return f"bulletin-signing:{election}"


class BulletinSigner:
    """Signs the heads of one election's bulletins."""

    def __init__(self, keys: Keys, election: str) -> None:
        seed = keys.lasting(signing_purpose(election))
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> str:
        """64 hexadecimal digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, head: str) -> str:
        """The signature of a head, 128 hexadecimal digits."""
        return self._key.sign(to_sign(head)).hex()


def is_signed(head: str, signature: str, public_key: str) -> bool:
    """Whether the key signed this head. With points of small order it can be said that it did of any, or by
    some programs' reading only; no honest signature has one."""
    if {_height(public_key), _height(signature[:64])} & _SMALL_ORDER:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), to_sign(head))
    except (InvalidSignature, ValueError):
        return False
    return True


def _height(point: str) -> int:
    return int.from_bytes(bytes.fromhex(point), "little") & (1 << 255) - 1
