"""The command line: `python -m bot [run|playground|audit|check-page]`."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import logging
import signal
import sys
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.clock import Clock, SystemClock
from bot.safety.logs import configure_logging
from bot.settings import Settings, SettingsError, load_settings

logger = logging.getLogger("bot")

PLAYGROUND_PORT = 8087


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Gives the process's exit status."""
    options = _parser().parse_args(arguments)
    if options.command == "check-page":
        return _check_page()
    if options.command == "audit":
        return _audit(options.files, options.key, options.head, options.code)
    try:
        settings = load_settings()
    except SettingsError as error:
        return _complain(error)
    configure_logging(settings.log_level)
    if options.command == "playground":
        return run(_playground(settings, options.port))
    if settings.bot_token is None:
        _say(
            "There is no BOT_TOKEN in .env yet, so here is the playground: the real bot, no account."
        )
        return run(_playground(settings, PLAYGROUND_PORT))
    return run(serve(settings, SystemClock()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Dvor, a bot for neighbourhoods that organise themselves."
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser(
        "run", help="connect to Telegram with BOT_TOKEN from .env (the default); without one, play"
    )
    playground = commands.add_parser(
        "playground", help="try everything on this machine, in the browser, without an account"
    )
    playground.add_argument(
        "--port", type=int, default=PLAYGROUND_PORT, help="of the page (default: %(default)s)"
    )
    commands.add_parser(
        "check-page", help="write the page that checks bulletins on a phone: > check.html"
    )
    audit = commands.add_parser(
        "audit",
        help="check an election's bulletins, without the bot and its database",
        epilog="It ends with 0 where the bulletins hold against the key or head that you saw in the chat, 1 "
        "where something is wrong, 3 where that can't be told, 2 where a file or option can't be read.",
    )
    audit.add_argument("files", metavar="FILE", nargs="+", type=Path, help="as it was posted")
    audit.add_argument("--key", help="as it stands in the chat, in quotes: 'a1b2 c3d4 …'")
    audit.add_argument(
        "--head",
        metavar="N:HEAD",
        action="append",
        default=[],
        help="the head of bulletin N as it stands in the chat; may be given several times",
    )
    audit.add_argument(
        "--code", nargs="?", const="", help="look this proof code up; left empty, it is asked for"
    )
    return parser


def _check_page() -> int:
    """The page as it is posted, byte for byte, for whoever would rather have it from the source."""
    from handlers.elections.heart.check_page.page import check_page

    sys.stdout.buffer.write(check_page())
    return 0


def _audit(files: list[Path], key: str | None, heads: list[str], code: str | None) -> int:
    """Exit status: 0 where it holds, 1 where something is wrong, 2 where a file or an option can't be read,
    3 where it can't be told."""
    from handlers.elections.heart.count.audit import EXIT_STATUS, audit, read_seen

    try:
        seen = read_seen(key, heads)
    except ValueError as error:
        return _complain(error)
    if code == "":
        # Typed here it doesn't stay among the commands that the shell remembers.
        code = getpass.getpass("Proof code: ")
    report = audit(files, seen, code)
    _say("\n".join(report.lines))
    return EXIT_STATUS[report.verdict]


async def serve(settings: Settings, clock: Clock) -> int:
    """Connect to Telegram and work until told to stop. Returns the exit status."""
    from bot.app import App
    from bot.intake.polling.patience import until_server_is_up

    await until_server_is_up(settings.database_url, clock)
    _say("Connecting to Telegram…")
    app = App(settings, clock)
    await app.run(lambda username: _say(f"@{username} is at work. Stop with Ctrl+C."))
    return 0


async def _playground(settings: Settings, port: int) -> int:
    from bot.app import App
    from bot.clock import TurnableClock
    from playground.command import serve_playground

    clock = TurnableClock()
    app: App | None = None
    with tempfile.TemporaryDirectory(prefix="dvor-playground-") as folder:
        place = Path(folder)

        async def run_bot(api_url: str, token: str) -> None:
            nonlocal app
            own = replace(
                settings,
                bot_token=token,
                bot_api_url=api_url,
                proxy_url=None,
                data_dir=place / "data",
                key_file=place / "keys" / "dvor.key",
                database_url=f"sqlite:///{place / 'data' / 'dvor.sqlite3'}",
                operators=(),
            )
            app = App(own, clock)
            await app.run()

        await serve_playground(
            port=port,
            clock=clock,
            run_bot=run_bot,
            say=_say,
            next_due=lambda: app.next_due if app else None,
        )
    return 0


def run(work: Coroutine[Any, Any, int]) -> int:
    """Run until done or told to stop; what can't go on says why in words, not in frames.

    Returns the exit status: 2 where it can't go on. Python ends with 1 where the fault is ours.
    """
    from bot.intake.polling.token_doubt import UnknownTokenError
    from bot.safety.heads import OldBackupError
    from bot.safety.keys import KeyFileError
    from storage.migrations.upgrade import NewerSchemaError
    from storage.troubles import UnusableDatabaseError

    try:
        return asyncio.run(_until_told_to_stop(work))
    except (
        SettingsError,
        UnknownTokenError,
        KeyFileError,
        OldBackupError,
        UnusableDatabaseError,
        NewerSchemaError,
    ) as error:
        return _complain(error)


async def _until_told_to_stop(work: Coroutine[Any, Any, int]) -> int:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        _say("Stopped.")
        return 0


def _complain(reason: object) -> int:
    """Say in words why there is no going on. Gives the exit status."""
    with suppress(OSError):
        print(reason, file=sys.stderr)  # noqa: T201 - for the person at the terminal
    return 2


def _say(line: str) -> None:
    # Where nobody listens any more, or a full disk takes no line, the bot works all the same.
    with suppress(OSError):
        print(line, flush=True)  # noqa: T201 - what the person at the terminal sees


if __name__ == "__main__":
    sys.exit(main())
