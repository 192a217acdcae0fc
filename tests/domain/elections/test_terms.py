"""The last day of an office, as people type it, and when it is over."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.terms import (
    MOST_YEARS,
    answered_day,
    end_of,
    in_years,
    read_last_day,
    require_term,
)
from bot.domain.refusal import Refused

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 10, 21)
DAYS = st.dates(TODAY + timedelta(days=1), in_years(TODAY, MOST_YEARS))
ZONES = st.sampled_from(["Europe/Minsk", "America/New_York", "Asia/Beirut", "Pacific/Apia"])


def read(typed: str) -> date:
    return read_last_day(typed, now=NOW, zone=MINSK)


@given(DAYS, st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]))
def test_a_full_date_reads_back(day: date, pattern: str) -> None:
    assert read(day.strftime(pattern)) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", date(2026, 10, 22)),
        ("1 june", date(2027, 6, 1)),
        ("1 чэрвеня", date(2027, 6, 1)),
        ("1 июня", date(2027, 6, 1)),
        ("31.12", date(2026, 12, 31)),
        ("  31.12.2027 ", date(2027, 12, 31)),
        ("31 december 2030", date(2030, 12, 31)),
        ("31 декабря 2030 года", date(2030, 12, 31)),
        ("31 снежня 2030", date(2030, 12, 31)),
    ],
)
def test_a_day_may_be_said_in_words(typed: str, day: date) -> None:
    assert read(typed) == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "day"),
        ("7pm", "day"),
        ("tomorrow 19:00", "day"),
        ("soon", "day"),
        ("31.02.2027", "day"),
        ("2027", "day"),
        ("29 february 2027", "day"),
        ("2027-13-01", "day"),
        ("31.12.2027 and on", "day"),
        ("today", "day_past"),
        ("21.10.2026", "day_past"),
        ("01.01.2020", "day_past"),
        ("22.10.2036", "day_far"),
    ],
)
def test_what_is_no_day_of_a_term_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(typed)
    assert refused.value.key == f"representatives.refused.{reason}"


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_day_ahead_or_a_refusal(typed: str) -> None:
    with suppress(Refused):
        require_term(read(typed), today=TODAY)


@given(DAYS, ZONES)
def test_a_day_is_over_in_its_zone_when_the_next_begins(day: date, zone: str) -> None:
    end = end_of(day, ZoneInfo(zone))
    assert end.astimezone(ZoneInfo(zone)).date() > day
    assert (end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() <= day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 20))
def test_years_later_it_is_the_same_day(day: date, years: int) -> None:
    later = in_years(day, years)
    assert (later.year, later.month) == (day.year + years, day.month)
    assert later.day == day.day or (day.day, later.day) == (29, 28)


@pytest.mark.parametrize(
    ("typed", "answer", "day"),
    [
        ("2030", "31.12", date(2030, 12, 31)),
        ("2030", "31 декабря", date(2030, 12, 31)),
        ("31 december", "2030", date(2030, 12, 31)),
        ("31.12.2020", "2030", date(2030, 12, 31)),
        # A whole answer takes nothing over.
        ("01.01.2020", "1 june", date(2027, 6, 1)),
        ("2030", "31.12.2027", date(2027, 12, 31)),
        ("soon", "31.12.2027", date(2027, 12, 31)),
    ],
)
def test_a_day_and_its_year_may_come_one_after_the_other(
    typed: str, answer: str, day: date
) -> None:
    assert read(answered_day(typed, answer)) == day
