"""Everything that is looked at, and in which order it is told."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from threading import Event

from bot.bot_api.client import Client
from bot.bot_api.connecting import make_client
from bot.bot_api.limiter import PacedRequests
from bot.bot_api.pace import Pace
from bot.clock import CheckedClock, Clock, SystemClock
from bot.doctor import telegram
from bot.doctor.backups import backup
from bot.doctor.database import Looked, look
from bot.doctor.files import out_of_reach, permissions
from bot.doctor.finding import Finding, Findings, Verdict, fine, unknown
from bot.doctor.introduction import commands, profile
from bot.doctor.key import key
from bot.doctor.machine import clock, disk, time_zones
from bot.doctor.rights import rights
from bot.feature import Features
from bot.intake.menus import menus_told
from bot.message.words import Texts
from bot.safety.custody.apart import database_file
from bot.settings import Settings

_OF_TELEGRAM = (
    "webhook",
    "privacy_mode",
    "joining_groups",
    "commands",
    "profile",
    "telegram_server",
    "rights",
)
_HERE = ("database", "schema", "database_version", "key", "permissions", "disk")


async def examine(settings: Settings, features: Features) -> Findings:
    """Look at everything. Nothing is changed, here or at Telegram, and no update is fetched."""
    own = SystemClock()
    checked = CheckedClock(own)
    stopped = Event()
    try:
        here, looked = await asyncio.to_thread(_look_here, settings, own, stopped)
    finally:
        stopped.set()  # nobody waits any more for a large database to be gone through
    of_telegram = await _ask_telegram(settings, features, looked, checked)
    is_reached = of_telegram["token"].verdict in (Verdict.OK, Verdict.WRONG)
    return {
        "settings": fine("they can be used."),
        **of_telegram,
        **here,
        "clock": clock(checked, is_reached=is_reached),
        "time_zones": time_zones(own.now(), looked.planned_by),
        "backup": backup(settings, looked, own.now()),
    }


def _look_here(settings: Settings, clock: Clock, stopped: Event) -> tuple[Findings, Looked]:
    """At what lies on this machine, or at the database's server."""
    hidden = out_of_reach(settings)
    if hidden is not None:
        nothing = unknown(
            f"this user may not read {hidden}", "Run the doctor as the user that runs the bot."
        )
        return dict.fromkeys(_HERE, nothing), Looked({})
    file, looked = database_file(settings.database_url), look(settings, clock, stopped)
    folder, size = (file.parent, looked.size) if file else (settings.data_dir, 0)
    return {
        **looked.findings,
        "key": key(settings, looked),
        "permissions": permissions(settings),
        "disk": disk(folder, size),
    }, looked


async def _ask_telegram(
    settings: Settings, features: Features, looked: Looked, clock: CheckedClock
) -> Findings:
    if settings.bot_token is None:
        return _without(telegram.NO_TOKEN, "there is no token yet")
    server, proxy = settings.bot_api_url, settings.proxy_url
    pacing = PacedRequests(clock, Pace(clock))
    client = make_client(settings.bot_token, server, proxy, clock, pacing)
    try:
        token = await telegram.told(partial(telegram.token, client))
        if token.verdict is Verdict.UNKNOWN:
            return _without(token, "Telegram doesn't answer")
        if token.verdict is Verdict.WRONG:
            return _without(token, "Telegram doesn't know the token")
        return {"token": token, **await _ask(client, settings, features, looked, clock)}
    finally:
        await client.request.shutdown()


async def _ask(
    client: Client, settings: Settings, features: Features, looked: Looked, clock: CheckedClock
) -> Findings:
    texts = Texts(settings.default_language)
    was_told = os.access(menus_told(settings.data_dir), os.F_OK)
    groups = looked.groups
    may = (
        await telegram.told(partial(rights, client, groups, clock))
        if groups is not None
        else unknown("the groups can't be read from the database")
    )
    return {
        "webhook": await telegram.told(partial(telegram.webhook, client)),
        "privacy_mode": telegram.privacy_mode(client.bot),
        "joining_groups": telegram.joining_groups(client.bot),
        "commands": await telegram.told(
            partial(commands, client, texts, features, was_told=was_told)
        ),
        "profile": await telegram.told(partial(profile, client, texts, was_told=was_told)),
        "telegram_server": await telegram.told(
            partial(telegram.server, client, settings.bot_api_url)
        ),
        "rights": may,
    }


def _without(token: Finding, why: str) -> Findings:
    """The token is all that there is to say."""
    return {"token": token, **{name: unknown(why) for name in _OF_TELEGRAM}}
