"""What people type about elections: among how many, by which rule, for what, and under which name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.elections.rule import USUAL_RULE, Rule, read_rule
from bot.domain.elections.thresholds import MAX_BASE
from bot.domain.plain_text import clean_line, require_length, with_capital
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment

TITLE_LENGTH = 200
NAME_LENGTH = 64

# A card with all of them must fit into one message even when every name is 64 emoji.
MOST_CANDIDATES = 15
MOST_OPEN = 5

# In threes too, "1 001": so the bot itself writes a number in Belarusian and Russian.
_BASE = re.compile(r"(?:[0-9]{1,3}(?: [0-9]{3}){1,3}|[0-9]{1,9})(?= |$)")
_SIGNED = re.compile(r"[-+][0-9]")


class Question(StrEnum):
    """What is asked of whoever didn't type it, in this order."""

    TITLE = "title"
    BASE = "base"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class Plan:
    """An election before it is one: what for, by which rule, and among how many, where that was typed."""

    base: int | None
    title: str
    rule: Rule = USUAL_RULE
    # One signature for each candidate, instead of one in all.
    for_each: bool = False
    # Also for those who join the chat after the election opened.
    newcomers_sign: bool = False
    # When signing ends by itself.
    closes: Moment | None = None


def read_plan(typed: str) -> Plan:
    """Take "400 30% Representative of Yard 5" apart; any of it may be missing. Raises `Refused`."""
    rest = clean_line(typed)
    base, rule = None, None
    if number := _BASE.match(rest):
        base, rest = int(number[0].replace(" ", "")), rest[number.end() :].lstrip()
    first, _, after = rest.partition(" ")
    rule = read_rule(first)
    if rule is not None:
        rest = after
    elif base is None and first and (first[0].isdigit() or _SIGNED.match(first)):
        raise Refused("elections.refused.base", most=MAX_BASE)
    plan = Plan(base, clean_line(rest), rule or USUAL_RULE)
    if base is not None:
        plan.rule.needed(base)
    return replace(plan, title=read_title(plan.title)) if plan.title else plan


def read_title(typed: str) -> str:
    """What neighbours will sign for, with a capital. Raises `Refused`."""
    title = with_capital(clean_line(typed))
    return require_length(title, most=TITLE_LENGTH, key="elections.refused.title")


def read_base(typed: str) -> int:
    """How many there are, and nothing else. Raises `Refused`."""
    text = clean_line(typed)
    number = _BASE.fullmatch(text)
    if number is None:
        raise Refused("elections.refused.base", most=MAX_BASE)
    return int(number[0].replace(" ", ""))


def read_name(typed: str) -> str:
    """The name of a candidate as the public will see it. Raises `Refused`."""
    return require_length(clean_line(typed), most=NAME_LENGTH, key="elections.refused.name")
