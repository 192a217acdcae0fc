"""The command line: `python -m bot [run|playground|audit|check-page|seal-key]`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import getpass
import io
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.clock import Clock, SystemClock
from bot.safety.custody.key_file import KeyFileError
from bot.safety.custody.passphrase import open_key_file, seal_key_file, unlocked_keys
from bot.safety.keys import Keys
from bot.safety.logs import configure_logging
from bot.settings import Settings, SettingsError, load_settings

logger = logging.getLogger("bot")

PLAYGROUND_PORT = 8087


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Gives the process's exit status."""
    os.umask(0o077)  # whatever is made is nobody else's to read
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that a terminal doesn't know is no reason to end as if something were wrong.
        sys.stdout.reconfigure(errors="replace")
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
    return _with_settings(options, settings)


def _with_settings(options: argparse.Namespace, settings: Settings) -> int:
    if options.command == "seal-key":
        return _asked(partial(_seal_key, settings, opens=options.opens))
    if options.command == "playground":
        return run(_playground(settings, options.port))
    if settings.bot_token is None:
        _say(
            "There is no BOT_TOKEN in .env yet, so here is the playground: the real bot, no account."
        )
        return run(_playground(settings, PLAYGROUND_PORT))
    return _asked(partial(_unlock_and_serve, settings))


def _unlock_and_serve(settings: Settings) -> int:
    """A sealed key is opened before anything else begins: nothing waits while somebody types."""
    unlocked = unlocked_keys(settings.key_file, settings.passphrase_file, _say)
    return run(serve(settings, SystemClock(), unlocked))


def _seal_key(settings: Settings, *, opens: bool) -> int:
    change = open_key_file if opens else seal_key_file
    change(settings.key_file, settings.passphrase_file, _say)
    return 0


def _asked(work: Callable[[], int]) -> int:
    """Do what may ask for a pass phrase. Returns the exit status, 0 only where it was done: after sealing a
    key people destroy its copies."""
    try:
        return work()
    except KeyFileError as error:
        return _complain(error)
    except (KeyboardInterrupt, EOFError):
        return _complain("\nStopped. Nothing has changed.")


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
    seal_key = commands.add_parser(
        "seal-key",
        help="seal the file with the key by a pass phrase, which each start then asks for",
    )
    seal_key.add_argument(
        "--open", action="store_true", dest="opens", help="take the seal off again"
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
        try:
            code = getpass.getpass("Proof code: ")
        except (KeyboardInterrupt, EOFError):
            return _complain("\nStopped: nothing was checked.")
    report = audit(files, seen, code)
    _say("\n".join(report.lines))
    return EXIT_STATUS[report.verdict]


async def serve(settings: Settings, clock: Clock, unlocked: Keys | None = None) -> int:
    """Connect to Telegram and work until told to stop. Returns the exit status."""
    # Seldom: nearly all garbage goes by itself, and a start makes hardly any.
    gc.set_threshold(50_000, 20, 20)
    from bot.app import App
    from bot.intake.polling.patience import until_server_is_up

    await until_server_is_up(settings.database_url, clock)
    _say("Connecting to Telegram…")
    app = App(settings, clock, unlocked=unlocked)

    def at_work(username: str) -> None:
        # What the start has made stays as long as the process: going through it takes longer than many taps.
        gc.freeze()
        _say(f"@{username} is at work. Stop with Ctrl+C.")

    await app.run(at_work)
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
                passphrase_file=None,
                heads_file=place / "keys" / "dvor.key.heads",
                may_add=None,
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
