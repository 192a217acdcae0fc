"""Reading an hour alone."""

from __future__ import annotations

from datetime import time

import pytest

from bot.domain.moments.hour import read_hour


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("19:00", time(19)),
        (" 7:30 ", time(7, 30)),
        ("19.05", time(19, 5)),
        ("7pm", time(19)),
        ("12 AM", time(0)),
        ("12 pm", time(12)),
        ("9", time(9)),
        ("24:00", time(0)),
        ("24:01", None),
        ("25", None),
        ("19:60", None),
        ("13 pm", None),
        ("0 am", None),
        ("", None),
        ("soon", None),
        ("19:00 sharp", None),
    ],
)
def test_an_hour_alone_is_read_or_it_is_none(typed: str, hour: time | None) -> None:
    assert read_hour(typed) == hour
