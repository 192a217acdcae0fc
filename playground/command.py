"""The playground as a whole: the stand-in, the yard, the page, and the bot at work in it."""

from __future__ import annotations

import asyncio
import secrets
import socket
from typing import TYPE_CHECKING

from aiohttp import web

from playground.control import Control
from playground.server import Server
from playground.world import World
from playground.yard import make_yard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from aiohttp.typedefs import Handler

    from playground.turning import TurnableClock

_BOT_ID = 7318529046


async def serve_playground(
    *,
    port: int,
    clock: TurnableClock,
    run_bot: Callable[[str, str], Awaitable[None]],
    say: Callable[[str], None],
    next_due: Callable[[], datetime | None] | None = None,
) -> None:
    """Open the playground until cancelled, or until the bot ends.

    `port` 0 takes a free one, and so does a port that is taken. `run_bot` gets the address of the
    stand-in and a token, and runs the bot against it. `say` prints a line for the person who
    started this. `next_due` tells when the bot has something to do next, None when nothing waits:
    a clock turned far ahead then stops at each such moment. Whatever the bot dies of is said and
    raised.
    """
    world = World(clock=clock, bot_token=f"{_BOT_ID}:{secrets.token_urlsafe(26)}")
    server = Server(world, clock)
    yard = make_yard(world)
    listens = asyncio.Event()
    server.app.middlewares.append(_noticing_polls(listens))
    Control(world, clock, yard, next_due).add_to(server.app)
    await server.start(_free_port(port, say))
    bot = asyncio.ensure_future(run_bot(server.url, world.bot.token))
    try:
        await _first_of(bot, listens)
        if not bot.done():
            world.add_bot(yard.group, by=yard.founder)
            say(f"The playground is open: {server.url}/")
            say("Press Ctrl+C to close it.")
        await bot
        say("The bot has ended, and so does the playground.")
    except Exception as error:
        say(f"The bot has stopped ({type(error).__name__}), and so does the playground.")
        raise
    finally:
        bot.cancel()
        await asyncio.gather(bot, return_exceptions=True)
        await server.stop()


async def _first_of(bot: asyncio.Future[None], listens: asyncio.Event) -> None:
    """Return when the bot asks for updates, or has ended already."""
    waiting = asyncio.create_task(listens.wait())
    try:
        await asyncio.wait((bot, waiting), return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()


def _noticing_polls(listens: asyncio.Event) -> Callable[..., Awaitable[web.StreamResponse]]:
    @web.middleware
    async def notice(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.lower().endswith("/getupdates"):
            listens.set()
        return await handler(request)

    return notice


def _free_port(wanted: int, say: Callable[[str], None]) -> int:
    """The port, or 0 where somebody else has it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            say(f"Port {wanted} is taken, another one will do.")
            return 0
    return wanted
