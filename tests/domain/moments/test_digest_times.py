"""When a digest comes, in the words of three languages."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments.digest_times import days_without_hour, read_digest_times
from bot.domain.refusal import Refused
from bot.domain.timekeeping.recurrence import EVERY_DAY, Weekly

NOW = datetime(2026, 10, 21, 9, 0, 30, tzinfo=UTC)
MINSK = ZoneInfo("Europe/Minsk")
WEDNESDAY, SUNDAY = frozenset((2,)), frozenset((6,))


@pytest.mark.parametrize(
    ("typed", "weekdays", "at"),
    [
        ("weekly sunday 18:00", SUNDAY, time(18)),
        ("Weekly, on Sunday at 6pm", SUNDAY, time(18)),
        ("weekly 18:00 sunday", SUNDAY, time(18)),
        ("weekly wednesday 12:00", WEDNESDAY, time(12)),  # which is this very minute
        ("every sunday 18:00", SUNDAY, time(18)),
        ("once a week sundays 18:00", SUNDAY, time(18)),
        ("раз в неделю в воскресенье в 18:00", SUNDAY, time(18)),
        ("еженедельно воскресенье 18:00", SUNDAY, time(18)),
        ("каждое воскресенье в 18:00", SUNDAY, time(18)),
        ("раз на тыдзень у нядзелю а 18-й", SUNDAY, time(18)),
        ("штотыдзень нядзеля 18:00", SUNDAY, time(18)),
        ("кожную нядзелю 18:00", SUNDAY, time(18)),
        ("sunday 18:00", SUNDAY, time(18)),
        ("воскресенье 18:00", SUNDAY, time(18)),
        ("по воскресеньям в 6 вечера", SUNDAY, time(18)),
        ("нядзеля 18:00", SUNDAY, time(18)),
        ("па нядзелях а 6-й вечара", SUNDAY, time(18)),
        ("в воскр. в 18", SUNDAY, time(18)),
        ("у нядзелю ўвечары а 6-й", SUNDAY, time(18)),
        ("daily 9:00", EVERY_DAY, time(9)),
        ("every day 9:00", EVERY_DAY, time(9)),
        ("ежедневно в 9", EVERY_DAY, time(9)),
        ("штодня 9:00", EVERY_DAY, time(9)),
        ("кожны дзень а 9-й", EVERY_DAY, time(9)),
    ],
)
def test_people_write_it_in_many_ways(typed: str, weekdays: frozenset[int], at: time) -> None:
    assert read_digest_times(typed, now=NOW, zone=MINSK) == Weekly(weekdays, at)


def test_an_hour_that_the_next_such_night_skips_stays_as_it_was_typed() -> None:
    eve = datetime(2027, 3, 27, 12, tzinfo=UTC)
    rule = read_digest_times("weekly sunday 2:30", now=eve, zone=ZoneInfo("Europe/Warsaw"))
    assert rule == Weekly(SUNDAY, time(2, 30))


@pytest.mark.parametrize(
    "typed", ["off", "Off", "нет", "не надо", "выключи", "няма", "выключы", "Не трэба."]
)
def test_none_is_wanted(typed: str) -> None:
    assert read_digest_times(typed, now=NOW, zone=MINSK) is None


@pytest.mark.parametrize(
    "typed",
    [
        "weekly",
        "daily",
        "18:00",
        "weekly 18:00",
        "weekly tomorrow 18:00",
        "weekly 24.10 18:00",
        "weekly 19.10",
        "weekly every day 18:00",
        "every monday and friday 9:00",
        "weekdays 9:00",
        "weekly sunday 18:00 hello",
        "daily 9:00 hello",
        "monthly",
        "sunday 18:00 " * 50,
    ],
)
def test_what_is_unclear_gets_an_example(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_digest_times(typed, now=NOW, zone=MINSK)
    assert refused.value.key == "digests.refused.example"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("daily at 8", "moments.which_hour"),
        ("по воскресеньям в 7", "moments.which_hour"),
        ("штодня а 8-й", "moments.which_hour"),
        ("daily 9:00 and 18:00", "moments.several"),
        ("from 1 november every day 9:00", "digests.refused.example"),
        ("every 3 days 9:00", "digests.refused.example"),
    ],
)
def test_what_a_digest_cannot_be_is_refused_for_its_reason(typed: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        read_digest_times(typed, now=NOW, zone=MINSK)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("typed", "weekdays"),
    [
        ("weekly sunday", SUNDAY),
        ("кожны тыдзень у нядзелю", SUNDAY),
        ("вечером в воскресенье", SUNDAY),
        ("sunday morning", SUNDAY),
        ("daily", EVERY_DAY),
        ("каждое утро", EVERY_DAY),
        ("weekly", None),
        ("tomorrow", None),
        ("24.10", None),
        ("weekly every day", None),
        ("monday and friday", None),
        ("every second sunday", None),
        ("every sunday until 1 december", None),
        ("sunday hello", None),
        ("sunday 18:00", None),
    ],
)
def test_days_may_lack_nothing_but_their_hour(typed: str, weekdays: frozenset[int] | None) -> None:
    assert days_without_hour(typed, now=NOW, zone=MINSK) == weekdays


@given(st.text(), st.sampled_from(["", "weekly ", "daily "]))
def test_any_text_is_read_or_refused(typed: str, kind: str) -> None:
    with suppress(Refused):
        read_digest_times(kind + typed, now=NOW, zone=MINSK)
