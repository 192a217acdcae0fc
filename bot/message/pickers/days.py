"""Picking a day: today, tomorrow, and a calendar by weeks, Friday to Sunday in a row of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.message.face import Button
from bot.message.payload import Payload
from bot.message.pickers.hours import hours_ahead
from bot.message.words import Words

WEEKS = 8
_WEEKS_AT_ONCE = 2
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(weeks=1)
_FRIDAY = 4

Rows = tuple[tuple[Button, ...], ...]


def days_offered(now: datetime, last_on: date | None = None) -> list[date]:
    """The days that can be picked at `now` by the chat's clock: today while an hour of it is ahead, and
    whole calendar weeks after it, none of them after `last_on`."""
    today = now.date()
    end = _monday(today) + WEEKS * _A_WEEK
    days = [today + n * _A_DAY for n in range((end - today).days)]
    is_over = not hours_ahead(today, now)
    return [
        day
        for day in days
        if (last_on is None or day <= last_on) and not (is_over and day == today)
    ]


def day_rows(
    now: datetime,
    page: int,
    choose: Callable[[date], Payload],
    turn: Callable[[int], Payload],
    words: Words,
    *,
    last_on: date | None = None,
) -> Rows:
    """The days of a page of two weeks, and the row that turns to the weeks before and after.

    `choose` makes the button of a day, `turn` that of a page by its number.
    """
    days = days_offered(now, last_on)
    shown = _on_page(days, now.date(), page)
    tomorrow = now.date() + _A_DAY
    named = {now.date(): "moments.button.today", tomorrow: "moments.button.tomorrow"}
    near = [Button(words.plain(named[day]), choose(day)) for day in shown if day in named]
    rows = [tuple(near)] if near else []
    rows += [
        tuple(Button(words.day_of_calendar(day), choose(day)) for day in row)
        for row in _by_weeks([day for day in shown if day not in named])
    ]
    turns = []
    if page > 0:
        turns.append(Button(words.plain("moments.button.earlier"), turn(page - 1)))
    if any(_page_of(day, now.date()) > page for day in days):
        turns.append(Button(words.plain("moments.button.later"), turn(page + 1)))
    return (*rows, tuple(turns)) if turns else tuple(rows)


def weeks_shown(now: datetime, page: int, words: Words, *, last_on: date | None = None) -> str:
    """From which day to which a page goes, months included: "Mon 14 Dec – Sun 27 Dec"."""
    shown = _on_page(days_offered(now, last_on), now.date(), page)
    if not shown:
        return ""
    return f"{words.short_day(shown[0])} – {words.short_day(shown[-1])}"


def _on_page(days: list[date], today: date, page: int) -> list[date]:
    return [day for day in days if _page_of(day, today) == page]


def _page_of(day: date, today: date) -> int:
    return (day - _monday(today)) // _A_WEEK // _WEEKS_AT_ONCE


def _monday(day: date) -> date:
    return day - day.weekday() * _A_DAY


def _by_weeks(days: list[date]) -> list[list[date]]:
    """A row from Monday to Thursday, another from Friday to Sunday, for each week."""
    rows: dict[tuple[date, bool], list[date]] = {}
    for day in days:
        rows.setdefault((_monday(day), day.weekday() >= _FRIDAY), []).append(day)
    return list(rows.values())
