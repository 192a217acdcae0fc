"""Files for calendars, as RFC 5545 wants them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions.calendar import Event, calendar_file

AT = datetime(2026, 10, 22, 16, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300)


def event(title: str = "Concert", place: str = "", details: str = "", **other: object) -> Event:
    usual = {"uid": "7@dvor_bot", "sequence": 0, "is_cancelled": False}
    how = usual | other
    return Event(
        uid=str(how["uid"]),
        sequence=int(str(how["sequence"])),
        starts_at=AT,
        title=title,
        place=place,
        details=details,
        is_cancelled=bool(how["is_cancelled"]),
        stamped_at=AT,
    )


def read(file: bytes) -> dict[str, str]:
    """The properties of the one event, unfolded (3.1) and without escapes (3.3.11)."""
    lines = file.decode().replace("\r\n ", "").split("\r\n")
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    return {name: _unescaped(value) for name, value in (line.split(":", 1) for line in inside)}


def _unescaped(value: str) -> str:
    text, letters = "", iter(value)
    for letter in letters:
        escaped = next(letters) if letter == "\\" else None
        text += letter if escaped is None else {"n": "\n"}.get(escaped, escaped)
    return text


def test_an_event_says_what_the_card_says() -> None:
    file = calendar_file(event(place="Fountain, yard 5", details="Bring cups;\nand tea"))
    assert file.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert file.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert read(file) == {
        "UID": "7@dvor_bot",
        "SEQUENCE": "0",
        "DTSTAMP": "20261022T160000Z",
        "DTSTART": "20261022T160000Z",
        "DTEND": "20261022T180000Z",
        "SUMMARY": "Concert",
        "LOCATION": "Fountain, yard 5",
        "DESCRIPTION": "Bring cups;\nand tea",
        "STATUS": "CONFIRMED",
    }
    assert read(calendar_file(event(is_cancelled=True)))["STATUS"] == "CANCELLED"


@given(TEXTS, TEXTS)
def test_any_text_is_read_back_as_it_was_and_no_line_is_too_long(title: str, details: str) -> None:
    file = calendar_file(event(title=title, details=details))
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    said = read(file)
    assert (said["SUMMARY"], said.get("DESCRIPTION", "")) == (title, details)
