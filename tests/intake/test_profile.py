"""What the stand-in holds once the bot has started: words for those who don't know it yet."""

from __future__ import annotations

import pytest

from bot.message.words import load_words
from playground.faults import FaultKind
from playground.profile import Profile
from tests.message.catalogs import LANGUAGES
from tests.yard import Yard

FIELDS = {"description": "frame.profile.description", "short_description": "frame.profile.short"}


def told(yard: Yard, language: str) -> list[str]:
    return [yard.world.profile.get(field, language) for field in FIELDS]


def in_words(language: str) -> list[str]:
    return [load_words(language).plain(key) for key in FIELDS.values()]


def changes(yard: Yard) -> list[str]:
    methods = [call.method for call in yard.world.calls]
    return [method for method in methods if method.startswith("setMy") and "Commands" not in method]


async def test_everyone_reads_what_it_is_for_in_their_own_language(yard: Yard) -> None:
    for language in LANGUAGES:
        assert told(yard, language) == in_words(language)
    assert told(yard, "pl") == in_words("en")
    assert len({tuple(told(yard, language)) for language in LANGUAGES}) == len(LANGUAGES)


async def test_who_speaks_another_language_reads_the_default_one(bare_yard: Yard) -> None:
    bare_yard.overrides["DEFAULT_LANGUAGE"] = "be"
    await bare_yard.start()
    assert told(bare_yard, "pl") == in_words("be")
    assert told(bare_yard, "en") == in_words("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_these_words(language: str) -> None:
    """Blanks around them would be cut off there, and taken for a change at each start."""
    profile = Profile()
    for field, words in zip(FIELDS, in_words(language), strict=True):
        profile.set(field, language, words)
        assert profile.get(field, language) == words == words.strip()


async def test_only_what_differs_is_told_again(yard: Yard) -> None:
    told_at_first = changes(yard)
    assert told_at_first
    await yard.restart()
    assert changes(yard) == told_at_first
    yard.world.profile.set("description", "ru", "Old words")
    await yard.restart()
    assert changes(yard) == [*told_at_first, "setMyDescription"]
    assert told(yard, "ru") == in_words("ru")


async def test_the_name_is_its_operators(yard: Yard) -> None:
    assert "setMyName" not in changes(yard)


@pytest.mark.parametrize(
    "method", ["getMyDescription", "setMyDescription", "setMyShortDescription"]
)
@pytest.mark.parametrize("how", ["500", "429", "error"])
async def test_bad_weather_over_it_stops_no_start(
    bare_yard: Yard, method: str, how: FaultKind
) -> None:
    yard = bare_yard
    fault = yard.server.faults.add(method, how, retry_after=86400)
    await yard.start()
    assert fault.struck
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    await yard.restart()
    assert told(yard, "ru") == in_words("ru")
