"""Full hours by the clock on the wall, also where it stands half an hour beside the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timekeeping.full_hours import last_full_hour, next_full_hour

ZONES = (
    "Europe/Minsk",
    "Europe/Warsaw",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Australia/Lord_Howe",
)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
SOON = timedelta(minutes=100)
"""Where clocks are put forward or back by half an hour, a full hour is that far away at most."""


@given(seconds=st.integers(0, 2 * 365 * 24 * 3600), zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_a_moment_lies_between_two_full_hours(seconds: int, zone: ZoneInfo) -> None:
    now = BEGINNING + timedelta(seconds=seconds)
    last, following = last_full_hour(now, zone), next_full_hour(now, zone)
    assert (last.minute, last.second) == (following.minute, following.second) == (0, 0)
    assert now - SOON < last <= now < following < now + SOON
    assert next_full_hour(last, zone) == following
    assert last_full_hour(following - timedelta(seconds=1), zone) == last


@pytest.mark.parametrize(
    ("at", "zone", "last", "following"),
    [
        ("2026-10-21 09:00:00", "Europe/Minsk", "12:00", "13:00"),
        ("2026-10-21 09:29:59", "Asia/Kolkata", "14:00", "15:00"),
        ("2026-10-21 09:15:00", "Asia/Kathmandu", "15:00", "16:00"),
        # The hour from two to three comes twice, and each of them ends.
        ("2026-10-25 00:40:00", "Europe/Warsaw", "02:00", "02:00"),
        ("2026-10-25 01:40:00", "Europe/Warsaw", "02:00", "03:00"),
        # At two it is half past two.
        ("2026-10-03 15:20:00", "Australia/Lord_Howe", "01:00", "03:00"),
        ("2026-10-03 15:40:00", "Australia/Lord_Howe", "01:00", "03:00"),
    ],
)
def test_the_clock_of_the_zone_decides(at: str, zone: str, last: str, following: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert f"{last_full_hour(now, ZoneInfo(zone)):%H:%M}" == last
    assert f"{next_full_hour(now, ZoneInfo(zone)):%H:%M}" == following
