"""The keys from before MASTER was changed, as the database keeps them."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.safety.keys import KEY_BYTES, Keys, Sealed
from bot.safety.logs import report_tampering

logger = logging.getLogger(__name__)

_PURPOSE = "former-keys"


def sealed_former(keys: Keys, former: Mapping[str, tuple[bytes, ...]]) -> dict[str, bytes]:
    """Return them as they are kept, by their purposes."""
    return {
        purpose: keys.seal(_PURPOSE, b"".join(one_by_one), row=_row(purpose))
        for purpose, one_by_one in former.items()
    }


def with_former(keys: Keys, kept: Mapping[str, bytes]) -> Keys:
    """Return the keys with the former ones that are kept; of one that somebody altered the log tells."""
    former, altered = {}, 0
    for purpose, sealed in kept.items():
        try:
            joined = keys.unseal(_PURPOSE, sealed, row=_row(purpose))
        except Sealed:
            altered += 1
            continue
        former[purpose] = tuple(
            joined[at : at + KEY_BYTES] for at in range(0, len(joined), KEY_BYTES)
        )
    if altered:
        report_tampering(
            logger, "somebody altered %d former keys: who was known by them isn't any more", altered
        )
    return keys.with_former(former)


def _row(purpose: str) -> str:
    return f"former_key:{purpose}"
