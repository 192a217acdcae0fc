"""Picking days, hours and numbers with a thumb: few keys, large ones, and only what is still ahead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated

import pytest

from bot.message.face import Button
from bot.message.payload import AtMost, Payload
from bot.message.pickers.days import day_rows, days_offered, weeks_shown
from bot.message.pickers.hours import FULL_HOURS, Hours, hour_rows
from bot.message.pickers.numbers import number_rows
from bot.message.words import load_words
from tests.message.catalogs import LANGUAGES
from tests.message.phone import cut

SATURDAY_NOON = datetime(2026, 11, 28, 12, 0)  # noqa: DTZ001 - a wall clock has no zone
BE = load_words("be")


class Picked(Payload, code="test.pick"):
    what: Annotated[str, AtMost(12)]


def picked(what: object) -> Picked:
    return Picked(str(what).replace(":", ""))


def other_hours(hours: Hours) -> Picked:
    return Picked(f"{hours.are_halves:d}{hours.are_nightly:d}")


def labels(rows: tuple[tuple[Button, ...], ...]) -> list[str]:
    return [" · ".join(button.label for button in row) for row in rows]


def days(page: int = 0, now: datetime = SATURDAY_NOON, last_on: date | None = None) -> list[str]:
    return labels(day_rows(now, page, picked, picked, BE, last_on=last_on))


def hours(
    shown: Hours = FULL_HOURS, now: datetime = SATURDAY_NOON, day: date | None = None
) -> list[str]:
    return labels(hour_rows(day, now, shown, picked, other_hours, BE))


def test_today_and_tomorrow_stand_first_then_the_week_after() -> None:
    assert days() == [
        "Сёння · Заўтра",
        "пн 30 · аў 1 · ср 2 · чц 3",
        "пт 4 · сб 5 · нд 6",
        "пазней ›",
    ]


def test_the_rest_of_this_week_stands_before_the_next() -> None:
    assert days(now=SATURDAY_NOON - timedelta(days=4)) == [
        "Сёння · Заўтра",
        "чц 26",
        "пт 27 · сб 28 · нд 29",
        "пн 30 · аў 1 · ср 2 · чц 3",
        "пт 4 · сб 5 · нд 6",
        "пазней ›",
    ]


def test_two_weeks_are_turned_at_once() -> None:
    assert days(1) == [
        "пн 7 · аў 8 · ср 9 · чц 10",
        "пт 11 · сб 12 · нд 13",
        "пн 14 · аў 15 · ср 16 · чц 17",
        "пт 18 · сб 19 · нд 20",
        "‹ раней · пазней ›",
    ]
    assert days(3)[-1] == "‹ раней"
    assert days_offered(SATURDAY_NOON)[-1] == date(2027, 1, 17)


def test_a_page_says_its_months() -> None:
    assert weeks_shown(SATURDAY_NOON, 1, BE) == "пн, 7 снеж. – нд, 20 снеж."


def test_no_day_is_offered_after_the_last_one() -> None:
    assert days(last_on=date(2026, 12, 1)) == ["Сёння · Заўтра", "пн 30 · аў 1"]
    assert days(1, last_on=date(2026, 12, 8)) == ["пн 7 · аў 8", "‹ раней"]


def test_when_no_hour_is_left_today_is_none_either() -> None:
    late = SATURDAY_NOON.replace(hour=23, minute=30)
    assert days(now=late)[0] == "Заўтра"


def test_a_full_hour_is_one_tap_away() -> None:
    assert hours() == [
        "07 · 08 · 09 · 10",
        "11 · 12 · 13 · 14",
        "15 · 16 · 17 · 18",
        "19 · 20 · 21 · 22",
        "… :30 · 🌙 Ноч",
    ]


def test_half_past_is_two_taps_away() -> None:
    assert hours(Hours(are_halves=True))[::4] == [
        "07:30 · 08:30 · 09:30 · 10:30",
        "… :00 · 🌙 Ноч",
    ]


def test_the_night_is_apart() -> None:
    assert hours(Hours(are_nightly=True)) == [
        "00 · 01 · 02 · 03",
        "04 · 05 · 06 · 23",
        "… :30 · ☀️ Дзень",
    ]


def test_only_what_is_ahead_is_offered_today() -> None:
    today = SATURDAY_NOON.date()
    afternoon = SATURDAY_NOON.replace(hour=19)
    assert hours(day=today, now=afternoon) == ["20 · 21 · 22", "… :30 · 🌙 Ноч"]
    assert hours(day=today + timedelta(days=1), now=afternoon) == hours()


def test_where_an_evening_has_no_full_hour_left_the_others_are_shown() -> None:
    today = SATURDAY_NOON.date()
    assert hours(day=today, now=SATURDAY_NOON.replace(hour=22)) == ["22:30", "🌙 Ноч"]
    assert hours(day=today, now=SATURDAY_NOON.replace(hour=22, minute=45)) == ["23", "… :30"]
    assert hours(day=today, now=SATURDAY_NOON.replace(hour=23, minute=30)) == []


def test_a_tap_carries_what_its_key_says() -> None:
    (near, *_) = day_rows(SATURDAY_NOON, 0, picked, picked, BE)
    assert [button.press for button in near] == [picked("2026-11-28"), picked("2026-11-29")]
    first, *_, turns = hour_rows(None, SATURDAY_NOON, FULL_HOURS, picked, other_hours, BE)
    assert first[0].press == picked(time(7))
    assert [button.press for button in turns] == [picked("10"), picked("01")]


def test_numbers_stand_five_in_a_row() -> None:
    assert labels(number_rows(range(12), picked, BE)) == [
        "0 · 1 · 2 · 3 · 4",
        "5 · 6 · 7 · 8 · 9",
        "10 · 11",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_seen_whole(language: str) -> None:
    words = load_words(language)
    views = [Hours(halves, nightly) for halves in (False, True) for nightly in (False, True)]
    drawn = [number_rows(range(200), picked, words)]
    drawn += [day_rows(SATURDAY_NOON, page, picked, picked, words) for page in range(4)]
    drawn += [hour_rows(None, SATURDAY_NOON, each, picked, other_hours, words) for each in views]
    assert not cut([[button.label for button in row] for rows in drawn for row in rows])
