"""What organisers tap about digests. Every tap acts twice as it acts once."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.store import Redelivered
from handlers.digests.payloads import DigestPage, RemoveLast, SetDigest, StopDigest
from handlers.digests.use_cases import choose_removal, set_tapped, stop


async def digest_set(context: Context, tap: SetDigest) -> None:
    await context.require_organiser(tap.chat)
    with suppress(Redelivered):
        await context.run(set_tapped, tap.chat, tap.day, tap.hour)
    await context.show(DigestPage(tap.chat))


async def digest_stopped(context: Context, tap: StopDigest) -> None:
    await context.require_organiser(tap.chat)
    with suppress(Redelivered):
        await context.run(stop, tap.chat)
    await context.show(DigestPage(tap.chat))


async def removal_chosen(context: Context, tap: RemoveLast) -> None:
    await context.require_organiser(tap.chat)
    with suppress(Redelivered):
        await context.run(choose_removal, tap.chat, bool(tap.removes))
    await context.show(DigestPage(tap.chat))
