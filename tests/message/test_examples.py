"""What the texts show for typing means the same thing in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.moments.digest_times import read_digest_times
from bot.domain.moments.quiet_times import read_quiet_hours
from tests.message.catalogs import LANGUAGES, catalog

NOW = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)


def digest_times(typed: str) -> object:
    return read_digest_times(typed, now=NOW, zone=ZoneInfo("Europe/Minsk"))


def meanings(language: str, command: str, read: Callable[[str], object]) -> dict[str, list[object]]:
    """What the examples of a command mean, text by text; one that isn't understood fails."""
    example = re.compile(rf"<code>/{command} ([^<]+)</code>")
    return {
        key: [read(typed) for form in entry.forms for typed in example.findall(form)]
        for key, entry in catalog(language).items()
        if any(example.search(form) for form in entry.forms)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("command", "read"), [("digest", digest_times), ("quiet", read_quiet_hours)]
)
def test_an_example_is_understood_as_it_is_in_english(
    language: str, command: str, read: Callable[[str], object]
) -> None:
    shown = meanings(language, command, read)
    assert shown == meanings("en", command, read)
    assert shown
