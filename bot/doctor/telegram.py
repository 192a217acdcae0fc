"""What Telegram says of the bot: whether it knows the token, and how the bot is set up there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import User
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.refusals import Failure, ForeignPage, Wait, classify
from bot.doctor.finding import Finding, advice, fine, unknown, wrong
from bot.settings_reader import OFFICIAL_SERVER
from bot.whisper.ephemeral import knows_whispers

NO_TOKEN = advice(
    "there is none yet, so `run` opens the playground.",
    "Write to @BotFather: /newbot. Put the token after BOT_TOKEN= in .env.",
)


async def token(client: Client) -> Finding:
    """Whether Telegram knows it. Raises what isn't Telegram's word."""
    for _ in range(2):  # on a bad day a server once says so by mistake
        try:
            await client.get_me()
        except TelegramError as error:
            if classify(error) is not Failure.UNKNOWN_ADDRESS:
                raise
        else:
            return fine("Telegram knows it.")
    return wrong(
        "Telegram doesn't know it: it was revoked, or isn't whole.",
        "Copy it anew from @BotFather into BOT_TOKEN. With a BOT_API_URL of your own, look whether a Bot API "
        "server is there.",
    )


async def webhook(client: Client) -> Finding:
    info = await client.get_webhook_info()
    if not info.url:
        return fine("none is set.")
    return wrong(
        "one is set, so another program gets what people write to this bot.",
        "Stop that program and start the bot, which takes the webhook away. If you know of no other program, "
        "somebody has the token: @BotFather, /revoke.",
    )


def privacy_mode(me: User) -> Finding:
    if not me.can_read_all_group_messages:
        return fine("on; the bot gets commands and replies to it, not conversations.")
    return wrong(
        "off; Telegram hands the bot every conversation of its groups.",
        "Write to @BotFather: /setprivacy, your bot, Enable. Then remove it from each group and add it anew.",
    )


def joining_groups(me: User) -> Finding:
    if me.can_join_groups:
        return fine("the bot can be added to groups.")
    return advice(
        "the bot can't be added to any more groups.",
        "Where it should be, write to @BotFather: /setjoingroups, your bot, Enable.",
    )


async def server(client: Client, url: str) -> Finding:
    """A Bot API server doesn't say its version; what it can do tells how old it is."""
    if url == OFFICIAL_SERVER:
        return fine("Telegram's own.")
    if await knows_whispers(client) or await knows_whispers(client):
        return fine("one of your own, with Bot API 10.2 at least; more it doesn't tell.")
    return advice(
        "one of your own, older than Bot API 10.2: it can't whisper to one person in a group.",
        "Build a newer telegram-bot-api.",
    )


async def told(question: Callable[[], Awaitable[Finding]]) -> Finding:
    """Return the answer to a question, or that it can't be told."""
    try:
        return await question()
    except TelegramError as error:
        return unknown(*why(error))


def why(error: TelegramError) -> tuple[str, str]:
    """Return why Telegram doesn't tell, and what to do. The error's own words may hold the token."""
    verdict = classify(error)
    if isinstance(verdict, Wait):
        return f"Telegram wants {verdict.seconds:.0f} seconds of silence", "Look again later."
    if isinstance(error, ForeignPage):
        return (
            "somebody on the way answers in Telegram's place",
            "Where Telegram is blocked, see PROXY_URL in .env.",
        )
    if verdict in (Failure.WEATHER, Failure.LOST):
        return (
            "Telegram can't be reached",
            "Is this machine online? Where Telegram is blocked, see PROXY_URL in .env.",
        )
    return f"Telegram refuses the question ({type(error).__name__})", ""
