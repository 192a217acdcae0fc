"""The line that announces an action: what is its title, and what its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.actions.announcement import (
    Announcement,
    is_place,
    read_announcement,
    read_place,
)
from bot.domain.refusal import Refused


@pytest.mark.parametrize(
    ("line", "title", "place"),
    [
        ("Concert", "Concert", ""),
        ("Concert @ Fountain", "Concert", "Fountain"),
        ("Concert @Fountain", "Concert", "Fountain"),
        ("Concert@ Fountain", "Concert", "Fountain"),
        ("Concert  @   Fountain street 5", "Concert", "Fountain street 5"),
        ("Concert @Fountain street 5", "Concert", "Fountain street 5"),
        ("Concert @53.9006, 27.5590", "Concert", "53.9006, 27.5590"),
        # Two of them: one that stands alone is the separator, and else the last.
        ("Concert @ Yard @ Fountain", "Concert @ Yard", "Fountain"),
        ("Concert with @band @ Fountain", "Concert with @band", "Fountain"),
        ("Concert @ Fountain by @band", "Concert", "Fountain by @band"),
        ("Concert with @band @Fountain", "Concert with @band", "Fountain"),
        ("Concert @ @fountain", "Concert", "fountain"),
        # Without any blank it is one word.
        ("Write to vera@example.org", "Write to vera@example.org", ""),
        ("Concert@Fountain", "Concert@Fountain", ""),
        ("Map https://example.org/@53.9,27.5 here", "Map https://example.org/@53.9,27.5 here", ""),
        # A place needs something to be the place of.
        ("@band plays", "@band plays", ""),
        ("@band plays @ Fountain", "@band plays", "Fountain"),
    ],
)
def test_what_is_title_and_what_place(line: str, title: str, place: str) -> None:
    assert read_announcement(line) == Announcement(title, place)


@pytest.mark.parametrize("line", ["@ Fountain", "  @  Fountain\nBring cups", ""])
def test_the_title_may_be_missing(line: str) -> None:
    assert read_announcement(line).title == ""


@pytest.mark.parametrize("line", ["@ Fountain", " @  Fountain", "@Fountain", "@ the old oak"])
def test_a_place_may_stand_alone(line: str) -> None:
    assert is_place(line)
    assert read_place(line) in ("Fountain", "the old oak")


@pytest.mark.parametrize(
    "line", ["@stranger plays", "Fountain", "Tea @ Fountain", "", "@", "@ Oak\nBring cups"]
)
def test_what_says_more_than_a_place_is_none(line: str) -> None:
    assert not is_place(line)


@pytest.mark.parametrize(
    "line", ["@", "Concert @", "Concert @ \nBring cups", "Concert @ Yard @", "Concert @@"]
)
def test_a_place_that_was_begun_must_be_named(line: str) -> None:
    with pytest.raises(Refused, match=r"place\.empty"):
        read_announcement(line)


@given(st.text(alphabet="ab @\n./", max_size=20))
@example("@a @ b")
@example("a @ @b")
def test_what_is_shown_to_be_edited_reads_back_the_same(typed: str) -> None:
    try:
        read = read_announcement(typed)
    except Refused:
        return
    assert read_announcement(read.as_typed()) == read
