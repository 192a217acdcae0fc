"""What was found on a sheet, as it travels in a button."""

from __future__ import annotations

import re
from dataclasses import astuple

from bot.domain.elections.paper.ledger import REASONS, Check, Rejections
from bot.domain.refusal import Refused

_COUNT = re.compile(r"[0-9]{1,2}")


def pack_check(check: Check) -> str:
    """The valid rows, then the rejected ones in the order of the reasons: "15-0-0-1-2-0-0"."""
    return "-".join(map(str, (check.valid, *astuple(check.rejected))))


def read_check(counts: str) -> Check:
    """The reverse. Raises `Refused` for anything else: a button may be forged."""
    numbers = counts.split("-")
    if len(numbers) != 1 + len(REASONS) or not all(map(_COUNT.fullmatch, numbers)):
        raise Refused("frame.refused.unknown_thing")
    valid, *rejected = map(int, numbers)
    return Check(valid, Rejections(*rejected))
