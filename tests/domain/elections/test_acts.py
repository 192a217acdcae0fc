"""The rules of an election's end: presets, reminders, and what is earlier than what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.acts import (
    LEADS,
    DeadlinePreset,
    is_earlier,
    next_reminder,
    preset_deadline,
)

MINSK = ZoneInfo("Europe/Minsk")
MOMENTS = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 - made aware below
    datetime(2030, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = st.sampled_from(["Europe/Minsk", "Europe/Kyiv", "Pacific/Apia", "America/St_Johns"])


@given(MOMENTS, ZONES, st.sampled_from(DeadlinePreset))
def test_a_preset_is_nine_in_the_evening_ahead(
    now: datetime, zone: str, preset: DeadlinePreset
) -> None:
    closes = preset_deadline(preset, now, ZoneInfo(zone))
    if preset is DeadlinePreset.NONE:
        assert closes is None
        return
    assert closes is not None
    assert closes.wall.hour == 21
    days = (closes.wall.date() - now.astimezone(ZoneInfo(zone)).date()).days
    ranges = {"two_weeks": (14, 14), "month": (28, 31), "three_months": (89, 92)}
    least, most = ranges[preset.value]
    assert least <= days <= most


def test_a_month_after_the_thirty_first_is_its_last_day() -> None:
    now = datetime(2027, 1, 31, 9, tzinfo=UTC)
    last_evening = datetime(2027, 2, 28, 18, tzinfo=UTC)
    closes = preset_deadline(DeadlinePreset.MONTH, now, MINSK)
    assert closes
    assert closes.at == last_evening
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    closes = preset_deadline(DeadlinePreset.THREE_MONTHS, now, MINSK)
    assert closes
    assert closes.at == last_evening


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_reminders_come_each_once_and_before_the_end(now: datetime, ahead: timedelta) -> None:
    closes_at, told = now + ahead, []
    at = next_reminder(closes_at, now)
    while at is not None:
        told.append(closes_at - at)
        at = next_reminder(closes_at, at)
    assert told == [lead for lead in LEADS if lead < ahead]
    assert next_reminder(None, now) is None


@given(st.none() | MOMENTS, st.none() | MOMENTS)
def test_none_is_the_latest(one: datetime | None, other: datetime | None) -> None:
    assert not (is_earlier(one, other) and is_earlier(other, one))
    assert not is_earlier(None, other)
    assert is_earlier(one, None) == (one is not None)
    assert not is_earlier(one, one)
