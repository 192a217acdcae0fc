"""What one check found: how it stands, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """How something stands, from the best to the worst."""

    OK = "ok"
    ADVICE = "advice"
    """It works; it could be better, or isn't there yet."""
    UNKNOWN = "unknown"
    """It can't be told now."""
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """`found` says how it is and `remedy` what to do, each in whole sentences without a person, chat or text
    of theirs; `numbers` says the same to scripts."""

    verdict: Verdict
    found: str
    remedy: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)


Findings = dict[str, Finding]
"""By the name of what was looked at, such as "privacy_mode"."""


def fine(found: str, **numbers: int) -> Finding:
    return Finding(Verdict.OK, found, numbers=numbers)


def advice(found: str, remedy: str, **numbers: int) -> Finding:
    return Finding(Verdict.ADVICE, found, remedy, numbers)


def unknown(why: str, remedy: str = "") -> Finding:
    return Finding(Verdict.UNKNOWN, f"can't be told: {why}.", remedy)


def wrong(found: str, remedy: str, **numbers: int) -> Finding:
    return Finding(Verdict.WRONG, found, remedy, numbers)


def sized(count: int) -> str:
    """Return so many bytes as people read them: "12.3 MB", "1,203.0 GB"."""
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
