"""The key that signs an election's bulletins: Ed25519 (RFC 8032), its seed derived from MASTER.

Each election has a key of its own, so that the bulletins of two neighbourhoods show no common owner.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.domain.elections.bulletins.bulletin import to_sign
from bot.safety.keys import Keys


class BulletinSigner:
    """Signs the heads of one election's bulletins."""

    def __init__(self, keys: Keys, election: str) -> None:
        seed = keys.derive(f"bulletin-signing:{election}")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> str:
        """64 hexadecimal digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, head: str) -> str:
        """The signature of a head, 128 hexadecimal digits."""
        return self._key.sign(to_sign(head)).hex()


def is_signed(head: str, signature: str, public_key: str) -> bool:
    """Whether the key signed this head."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), to_sign(head))
    except (InvalidSignature, ValueError):
        return False
    return True
