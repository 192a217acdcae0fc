"""Typed words that look as typed, and call nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plain_text import WORD_JOINER, clean, inert
from playground.entities import Formatted, finished


def alive(text: str) -> list[str]:
    """What Telegram makes links of."""
    return [entity["type"] for entity in finished(Formatted(text)).entities]


@pytest.mark.parametrize(
    "typed",
    [
        "@stranger",
        "Concert with @stranger and @another_one",
        "(@stranger), «@stranger»",
        "Vera,@stranger",
        "Vera,@stranger.by",
        "/erase",
        "Tap /erase@dvor_bot now",
        "(/erase)",
        "example.org/a,@stranger",
        "Вера К./@stranger",
        "@@stranger",
        "//@stranger",
    ],
)
def test_nobody_is_called_and_no_command_offered(typed: str) -> None:
    assert set(alive(typed)) & {"mention", "bot_command"}
    assert not set(alive(inert(typed))) & {"mention", "bot_command"}
    assert inert(typed).replace(WORD_JOINER, "") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "Concert",
        "vera@example.org",
        "https://example.org/@stranger/video",
        "https://example.org/?q=/erase&to=@stranger",
        "Map: www.example.org/@53.9,27.5",
        "t.me/stranger",
        "gitlab.example.org/group/-/issues",
        "24/7, 1/2, and/or, a@b",
        "#courtyard $BYN",
        "at @ the fountain",
    ],
)
def test_addresses_and_everything_else_stay_as_they_are(typed: str) -> None:
    assert inert(typed) == typed


@given(st.text(alphabet="ab@/.: ,-_<(#Я🎉", max_size=30))
def test_whatever_is_typed_offers_no_command_and_can_be_typed_again(typed: str) -> None:
    shown = inert(typed)
    assert "bot_command" not in alive(shown)
    assert clean(shown) == clean(typed)


@pytest.mark.parametrize("piece", ["a", "a.", "a-.", "@", "/", "@a", "a/", "www.", "http://"])
def test_the_longest_text_comes_to_an_end(piece: str) -> None:
    typed = piece * 4096
    assert clean(inert(typed)) == clean(typed)
