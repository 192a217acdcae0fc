"""Wall times as buttons carry them: "2200"."""

from __future__ import annotations

import re
from datetime import time

from bot.domain.refusal import Refused

_PACKED = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])")


def pack_time(at: time) -> str:
    return f"{at:%H%M}"


def unpack_time(packed: str) -> time:
    """The reverse of `pack_time`. Raises `Refused` for what no button of ours carries."""
    found = _PACKED.fullmatch(packed)
    if found is None:
        raise Refused("frame.refused.unknown_thing")
    return time(int(found[1]), int(found[2]))
