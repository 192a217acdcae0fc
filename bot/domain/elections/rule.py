"""The rule by which neighbours become a representative's electors: how many of whom must sign.

A rule is data: it is kept with its election, with where it comes from and when that was looked up, so
that an election goes on under the rule it began with.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bot.domain.elections.thresholds import MAX_BASE, Threshold
from bot.domain.refusal import Refused


class Counted(StrEnum):
    """Whom the base counts. FIXED is a number that was agreed on, whoever lives there."""

    RESIDENTS = "residents"
    VOTERS = "voters"
    HOUSEHOLDS = "households"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Tier:
    """What is asked of a base of this size: a share of it, or a number of signatures.

    `up_to` is the largest base of the tier, None where there is no largest.
    """

    up_to: int | None
    asked: Threshold | int


@dataclass(frozen=True, slots=True)
class Rule:
    """Tiers by growing size of the base, and where they come from: `source` names the preset, or "own"."""

    source: str
    tiers: tuple[Tier, ...]
    counted: Counted = Counted.RESIDENTS
    checked: date | None = None

    def asked(self, base: int) -> Threshold | int:
        """The share, or the number of signatures, that is asked of a base of this size."""
        return next(tier.asked for tier in self.tiers if tier.up_to is None or base <= tier.up_to)

    def needed(self, base: int) -> int:
        """How many signatures are needed; exact. Never more than `base`.

        Grows with the base within a tier; from one tier to the next it may fall, as England's does from
        188 at 499 voters to 187 at 500. Raises `Refused("elections.refused.base")` outside 1..MAX_BASE.
        """
        if not 1 <= base <= MAX_BASE:
            raise Refused("elections.refused.base", most=MAX_BASE)
        asked = self.asked(base)
        return asked.needed(base) if isinstance(asked, Threshold) else min(asked, base)

    def of(self, counted: Counted) -> Rule:
        """The same rule for another kind of base."""
        return replace(self, counted=counted)

    def to_json(self) -> str:
        """As text that `rule_from_json` reads back exactly."""
        kept = {
            "source": self.source,
            "tiers": [[tier.up_to, _asked_to_json(tier.asked)] for tier in self.tiers],
            "counted": self.counted.value,
            "checked": self.checked.isoformat() if self.checked else None,
        }
        return json.dumps(kept, separators=(",", ":"))


def rule_from_json(text: str) -> Rule:
    """The rule that was kept by `Rule.to_json`."""
    kept = json.loads(text)
    return Rule(
        source=kept["source"],
        tiers=tuple(Tier(up_to, _asked_from_json(asked)) for up_to, asked in kept["tiers"]),
        counted=Counted(kept["counted"]),
        checked=date.fromisoformat(kept["checked"]) if kept["checked"] else None,
    )


def _share(source: str, numerator: int, denominator: int, *, strict: bool = False) -> Rule:
    return Rule(source, (Tier(None, Threshold(numerator, denominator, strict)),))


USUAL_RULE = _share("quarter", 1, 4)
"""At least 25 percent; whether it holds where people live is for them to confirm."""

ENGLAND = Rule(
    "england",
    (
        Tier(499, Threshold(375, 1000)),
        Tier(2500, 187),
        Tier(None, Threshold(75, 1000)),
    ),
    Counted.VOTERS,
    date(2026, 11, 22),
)
"""Community governance petitions. Source: legislation.gov.uk/ukpga/2007/28/section/80, subsection 3."""

PRESETS = {
    rule.source: rule
    for rule in (
        USUAL_RULE,
        _share("tenth", 1, 10),
        _share("third", 1, 3),
        _share("half", 1, 2, strict=True),
        ENGLAND,
    )
}

_SHARE = re.compile(
    r"(?P<strict>>)?(?:(?P<part>[0-9]{1,4})/(?P<whole>[0-9]{1,4})|(?P<percent>[0-9]{1,3}(?:[.,][0-9]{1,2})?)%)"
)


def read_rule(typed: str) -> Rule | None:
    """A rule of one's own: "30%", "1/3" (at least), ">1/2" (more than). None where it is none of these.

    Raises `Refused("elections.refused.fraction")` for a share that is nothing or can't be reached.
    """
    match = _SHARE.fullmatch(typed)
    if match is None:
        return None
    if match["percent"]:
        share = Fraction(match["percent"].replace(",", ".")) / 100
    elif int(match["whole"]):
        share = Fraction(int(match["part"]), int(match["whole"]))
    else:
        raise Refused("elections.refused.fraction")
    return _share("own", share.numerator, share.denominator, strict=bool(match["strict"]))


def _asked_to_json(asked: Threshold | int) -> list[int | bool] | int:
    if isinstance(asked, int):
        return asked
    return [asked.numerator, asked.denominator, asked.strict]


def _asked_from_json(asked: list[int | bool] | int) -> Threshold | int:
    if isinstance(asked, int):
        return asked
    numerator, denominator, strict = asked
    return Threshold(numerator, denominator, bool(strict))
