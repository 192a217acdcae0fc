"""What people type about elections: how many residents and for what, and the name they stand under."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.plain_text import clean_line, require_length
from bot.domain.refusal import Refused
from bot.domain.thresholds import MAX_BASE, Threshold

USUAL_RULE = Threshold(1, 4)
"""At least 25 percent; whether it holds where people live is for them to confirm."""

TITLE_LENGTH = 200
NAME_LENGTH = 64

# A card with all of them must fit into one message even when every name is 64 emoji.
MOST_CANDIDATES = 15
MOST_OPEN = 5

_BASE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Plan:
    """An election before it is one: what for, and among how many residents."""

    base: int
    title: str


def read_plan(typed: str) -> Plan:
    """Take "400 Representative of Yard 5" apart. Raises `Refused`."""
    number, _, title = clean_line(typed).partition(" ")
    if not _BASE.fullmatch(number):
        raise Refused("elections.refused.base", most=MAX_BASE)
    base = int(number)
    USUAL_RULE.needed(base)
    require_length(title, most=TITLE_LENGTH, key="elections.refused.title")
    return Plan(base, title)


def read_name(typed: str) -> str:
    """The name of a candidate as the public will see it. Raises `Refused`."""
    name = clean_line(typed)
    if not any(_is_visible(sign) for sign in name):
        name = ""
    return require_length(name, most=NAME_LENGTH, key="elections.refused.name")


def is_same_name(one: str, other: str) -> bool:
    """Whether a reader would take two names for one: case, width and invisible signs don't count."""
    return _as_read(one) == _as_read(other)


def _as_read(name: str) -> str:
    visible = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", visible).casefold().split())


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS"
