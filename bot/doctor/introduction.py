"""Whether Telegram says of the bot what this release would have it say."""

from __future__ import annotations

from bot.bot_api.client import Client
from bot.doctor.finding import Finding, advice, fine, wrong
from bot.feature import Features
from bot.intake.menus import count_untold
from bot.intake.profile import is_told
from bot.message.words import Texts

_FIRST_START = "The first start sets it."


async def commands(client: Client, texts: Texts, features: Features, *, was_told: bool) -> Finding:
    """`was_told`: a start has told Telegram the menus before."""
    differ, menus = await count_untold(client, texts, features)
    numbers = {"menus": menus, "differ": differ}
    if not differ:
        return fine("set in every language.", **numbers)
    found = f"{differ} of {menus} menus aren't as this release sets them."
    if not was_told:
        return advice(found, _FIRST_START, **numbers)
    return wrong(
        found,
        "Remove the file `menus` in DATA_DIR and start the bot again. If they change once more, somebody "
        "else has the token: @BotFather, /revoke.",
        **numbers,
    )


async def profile(client: Client, texts: Texts, *, was_told: bool) -> Finding:
    if await is_told(client, texts):
        return fine("set in every language.")
    found = "what Telegram says of the bot isn't what this release would have it say."
    if not was_told:
        return advice(found, _FIRST_START)
    return wrong(
        found,
        "Each start sets it, but Telegram takes few changes a day: start the bot again, tomorrow if need be. "
        "If it changes once more, somebody else has the token: @BotFather, /revoke.",
    )
