"""Every face that a feature draws, with plausible values made up for whatever it shows.

What a drawing function takes is read from its annotations: a new page is drawn here without a word about it.
Values are the same at each run.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from random import Random
from typing import Any

import handlers
from bot.domain.elections.acts import KEPT_DAYS
from bot.domain.elections.paper.ledger import REASONS
from bot.domain.elections.rule import PRESETS, Rule
from bot.domain.refusal import Refused
from bot.domain.timekeeping.recurrence import (
    EVERY_DAY,
    NTHS,
    WORKING_DAYS,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Weekly,
)
from bot.message.face import Face
from bot.message.payload import Payload
from bot.message.words import Html, Words, load_words
from bot.steps import JOBS
from handlers.chats.faces import ZONES
from handlers.reminders.drafted import SETTINGS
from handlers.reminders.waiting.changing import EDITABLE
from tests.message.catalogs import LANGUAGES

NAMES = ("Aliaksandra Kavalenka-Vasilieuskaya", "Юлія Шчарбакова-Мельнікава", "Вера К.")
_TITLES = ("Representative of Yard 5", "Прадстаўнік двара на Кастрычніцкай", "Суботнік")
_BUILDINGS = ("Fountain street 5", "вул. Максіма Багдановіча 124, корпус 2")

# What a text or number of this name holds; any other has a title or a small number.
_TEXTS: Mapping[str, Sequence[str]] = {
    "timezone": ZONES,
    "zone": ZONES,
    "name": NAMES,
    "recalled": NAMES,
    "building": _BUILDINGS,
    "kind": ("", "photo"),
    "source_kind": ("", "poll"),
    "what": EDITABLE,
    "day": ("daily", "6"),
    "settings": SETTINGS,
    "rule": [rule.to_json() for rule in PRESETS.values()],
    "language": LANGUAGES,
    "last": ("", *REASONS),
    "until": ("", "2027-10-24"),
    "parameter": ("2026-10-24T19:00+03:00",),
    "job": tuple(JOBS),
    "link": ("https://t.me/c/1/2",),
}
_NUMBERS: Mapping[str, Sequence[int]] = {
    "base": (400,),
    "percent": (25, 50, 75),
    "kept_days": KEPT_DAYS,
    "hour": range(24),
    "page": (0, 1),
    "going": (0, 7, 28, 140),
    "maybe": (0, 7, 28, 140),
    "cant": (0, 7, 28, 140),
}
_MANY, _FEW = 200, 10
_MOMENT = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
_DAYS = [date(2026, month, day) for month in range(1, 13) for day in range(21, 28)]


@dataclass(frozen=True)
class Drawing:
    """A function that draws a face."""

    name: str
    draw: Callable[..., Face]
    hints: Mapping[str, Any] = field(compare=False)

    def with_made_up(self, random: Random) -> dict[str, Any]:
        return {
            name: _made_up(self.hints[name], name, random)
            for name in inspect.signature(self.draw).parameters
            if self.hints[name] is not Words
        }

    def all_with(self, words: Words) -> dict[str, Any]:
        return {name: words for name, hint in self.hints.items() if hint is Words}


@functools.cache
def drawings() -> tuple[Drawing, ...]:
    """Every function of the features that makes words into a face."""
    found = []
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        for name, function in inspect.getmembers(
            importlib.import_module(module.name), inspect.isfunction
        ):
            is_own = function.__module__ == module.name and not name.startswith("_")
            if not is_own or function.__annotations__.get("return") != Face.__name__:
                continue
            hints = typing.get_type_hints(function)
            if Words in hints.values():
                found.append(Drawing(f"{module.name}.{name}", function, hints))
    return tuple(found)


def faces(drawing: Drawing) -> Iterator[dict[str, Face]]:
    """What it draws of made-up values, in each language. What can't be together, it can't draw."""
    random, files = Random(drawing.name), 0
    for _ in range(_MANY):
        values = drawing.with_made_up(random)
        with suppress(AssertionError, LookupError, ValueError, Refused):
            drawn = {
                language: drawing.draw(**values, **drawing.all_with(load_words(language)))
                for language in LANGUAGES
            }
            yield drawn
            files += any(face.attachment for face in drawn.values())
        if files == _FEW:  # a PDF or a picture takes a while
            return


def _made_up(hint: Any, name: str, random: Random) -> Any:
    """A value of a type, for a field or parameter of this name."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _made_up(random.choice(args), name, random)
    if hint in (None, type(None)):
        return None
    if origin in (tuple, list, frozenset, Sequence, Mapping, dict):
        return _many(origin, args, name, random)
    if hint in _MAKERS:
        return _MAKERS[hint](name, random)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return random.choice(list(hint))
    if is_dataclass(hint) or (isinstance(hint, type) and issubclass(hint, Payload)):
        return _made_up_record(hint, random)
    raise TypeError(f"{name}: {hint}")


def _many(origin: Any, args: tuple[Any, ...], name: str, random: Random) -> Any:
    if origin is tuple and args[-1] is not Ellipsis:
        return tuple(_made_up(arg, name, random) for arg in args)
    length = random.randint(0, 3)
    if origin in (Mapping, dict):
        return {
            _made_up(args[0], name, random): _made_up(args[1], name, random) for _ in range(length)
        }
    made = [_made_up(args[0], name, random) for _ in range(length)]
    return {tuple: tuple, frozenset: frozenset}.get(origin, list)(made)


def _made_up_record(kind: Any, random: Random, *, holds_others: bool = True) -> Any:
    """`holds_others`: where a record may hold records of its own kind, those hold none."""
    hints = typing.get_type_hints(kind)
    while True:
        values = {
            one: _of_its_kind(kind, random, holds_others)
            if kind in typing.get_args(hints[one])
            else _made_up(hints[one], one, random)
            for one in _names(kind)
        }
        try:
            return kind(**values)
        except (Refused, ValueError):  # such a record can't be
            continue


def _names(kind: Any) -> Sequence[str]:
    return kind.names() if issubclass(kind, Payload) else [one.name for one in fields(kind)]


def _of_its_kind(kind: Any, random: Random, may_be_any: bool) -> tuple[Any, ...]:
    """Two, or none."""
    number = 2 if may_be_any and random.random() < 0.5 else 0
    return tuple(_made_up_record(kind, random, holds_others=False) for _ in range(number))


def _moment(_name: str, random: Random) -> datetime:
    return _MOMENT + timedelta(hours=random.randint(0, 9_000))


def _pattern(_name: str, random: Random) -> Pattern:
    at, weekday = time(19, 30), random.randrange(7)
    return random.choice(
        [
            Weekly(random.choice([EVERY_DAY, WORKING_DAYS]), at),
            Weekly(frozenset((weekday,)), at, random.choice([1, 2])),
            MonthlyOnDay(random.randint(1, 31), at),
            MonthlyOnWeekday(random.choice(NTHS), weekday, at),
        ]
    )


_MAKERS: Mapping[Any, Callable[[str, Random], Any]] = {
    bool: lambda _, random: random.random() < 0.5,
    int: lambda name, random: random.choice(_NUMBERS.get(name, (0, 1, 7, 12, 40))),
    str: lambda name, random: random.choice(_TEXTS.get(name, _TITLES)),
    Html: lambda name, random: Html(random.choice(_TEXTS.get(name, _TITLES))),
    bytes: lambda _name, _random: b"file",
    object: lambda _name, random: random.choice(_TITLES),
    datetime: _moment,
    date: lambda _, random: random.choice(_DAYS),
    time: lambda _, random: time(random.randrange(24), random.choice([0, 30])),
    Rule: lambda _, random: random.choice(list(PRESETS.values())),
    Pattern: _pattern,
    Refused: lambda _name, _random: Refused("frame.refused.draft_over"),
}
