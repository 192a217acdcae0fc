from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timekeeping.offsets import offset_name, read_offset, zone_ahead

MONTHS = [datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13)]


@pytest.mark.parametrize("minutes", range(-24 * 60, 24 * 60 + 1, 15))
def test_a_zone_is_as_far_ahead_as_was_said_all_year(minutes: int) -> None:
    zone = zone_ahead(minutes)
    if zone is None:
        assert minutes % 60 or not -12 <= minutes // 60 <= 14
        return
    ahead = {moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in MONTHS}
    assert ahead == {timedelta(minutes=minutes)}


def test_whole_hours_are_called_as_people_count_and_others_by_their_city() -> None:
    assert [offset_name(zone_ahead(60 * h) or "") for h in (3, -5, 0, 14)] == [
        "UTC+3",
        "UTC-5",
        "UTC",
        "UTC+14",
    ]
    assert offset_name("Etc/GMT+3") == "UTC-3"
    assert offset_name(zone_ahead(330) or "") is None
    assert offset_name("Europe/Minsk") is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("UTC+3", ("UTC", 180)),
        ("utc + 3", ("utc", 180)),
        ("+3", ("", 180)),
        ("+03:00", ("", 180)),
        ("+0530", ("", 330)),
        ("GMT-5:30", ("GMT", -330)),
        ("UTC\u22125", ("UTC", -300)),
        ("UTC\u20135", ("UTC", -300)),
        ("мск+2", ("мск", 120)),
        ("UTC+0", ("UTC", 0)),
        ("+3 UTC", ("UTC", 180)),
        ("(GMT+3)", ("GMT", 180)),
        ("UTC (+3)", ("UTC", 180)),
        ("UTC+3 GMT", None),
        ("UTC+3:60", None),
        ("UTC+3:5", None),
        ("UTC+5.5", None),
        ("UTC+123456", None),
        ("UTC+٣", None),
        ("UTC3", None),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("3", None),
        ("", None),
    ],
)
def test_an_offset_is_read_as_it_is_said(typed: str, read: tuple[str, int] | None) -> None:
    assert read_offset(typed) == read
