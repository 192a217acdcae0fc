"""What a bot says of itself, by language, and what the server doesn't take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telegram import Bot


async def test_who_has_no_words_of_their_own_reads_everyones(bot: Bot) -> None:
    assert (await bot.get_my_description()).description == ""
    await bot.set_my_description("For neighbours")
    await bot.set_my_description("Для суседзяў", language_code="be")
    await bot.set_my_short_description("Neighbours")
    assert (await bot.get_my_description("be")).description == "Для суседзяў"
    assert (await bot.get_my_description("ru")).description == "For neighbours"
    assert (await bot.get_my_short_description()).short_description == "Neighbours"
    assert (await bot.get_my_short_description("be")).short_description == "Neighbours"
    await bot.set_my_description("", language_code="be")
    assert (await bot.get_my_description("be")).description == "For neighbours"


async def test_a_bot_is_called_as_it_was_registered_until_it_says_otherwise(bot: Bot) -> None:
    assert (await bot.get_my_name()).name == "Dvor"
    await bot.set_my_name("Двор", language_code="be")
    assert (await bot.get_my_name("be")).name == "Двор"
    assert (await bot.get_my_name("ru")).name == "Dvor"


@pytest.mark.parametrize(
    ("method", "field", "most", "called"),
    [
        ("setMyName", "name", 64, "name"),
        ("setMyDescription", "description", 512, "description"),
        ("setMyShortDescription", "short_description", 120, "short description"),
    ],
)
async def test_words_have_a_limit_of_characters(
    ask: Any, refusal: Any, method: str, field: str, most: int, called: str
) -> None:
    assert (await ask(method, **{field: "🌻" * most}))["result"] is True
    said = await refusal(method, **{field: "x" * (most + 1)})
    assert said == f"Bad Request: {called} is too long"


@pytest.mark.parametrize(
    "method", ["setMyDescription", "getMyDescription", "setMyShortDescription"]
)
@pytest.mark.parametrize("code", ["eng", "ru-RU", "RU", "r", "бе"])
async def test_a_language_is_two_small_letters(refusal: Any, method: str, code: str) -> None:
    assert await refusal(method, language_code=code) == (
        "Bad Request: invalid language code specified"
    )
