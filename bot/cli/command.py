"""What a command of the command line is, and how one is run. `bot/cli/main.py` lists them."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.cli.terminal import complain, say
from bot.safety.custody.key_file import KeyFileError
from bot.safety.logs import configure_logging
from bot.settings import Settings, load_settings
from bot.settings_reader import SettingsError


def _no_options(_parser: argparse.ArgumentParser) -> None: ...


@dataclass(frozen=True)
class CliCommand:
    """`name` is typed after `python -m bot`, or `dvor`. `run` does it and returns the exit status."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    example: str
    """How it is typed, without what `name` is typed after; each `--help` ends with it."""
    statuses: str = "It ends with 0 where it was done, with 2 where it can't be done."
    add_options: Callable[[argparse.ArgumentParser], None] = _no_options


def with_settings(
    run: Callable[[argparse.Namespace, Settings], int],
) -> Callable[[argparse.Namespace], int]:
    """Have a command read the settings first, and say in words which can't be used."""

    def run_with_settings(options: argparse.Namespace) -> int:
        try:
            settings = load_settings()
        except SettingsError as error:
            return complain(error)
        configure_logging(settings.log_level, settings.log_format)
        return run(options, settings)

    return run_with_settings


def asked(work: Callable[[], int]) -> int:
    """Do what may ask for a pass phrase. Returns the exit status, 0 only where it was done: after sealing a
    key people destroy its copies."""
    try:
        return work()
    except (KeyboardInterrupt, EOFError):
        return complain("\nStopped. Nothing has changed.")
    except _errors_in_words() as error:
        return complain(error)


def whole_or_not_at_all(work: Callable[[], int]) -> int:
    """The same for what goes from one place into another. Who is told to stop, or loses their terminal,
    leaves no half behind, as with Ctrl+C."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as with nohup
            signal.signal(number, signal.default_int_handler)
    return asked(work)


def run_until_told_to_stop(work: Coroutine[Any, Any, int]) -> int:
    """Run until done or told to stop; what can't go on says why in words, not in frames.

    Returns the exit status: 2 where it can't go on. Python ends with 1 where the fault is ours.
    """
    try:
        return asyncio.run(_until_told_to_stop(work))
    except _errors_in_words() as error:
        return complain(error)


async def _until_told_to_stop(work: Coroutine[Any, Any, int]) -> int:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        say("Stopped.")
        return 0


def _errors_in_words() -> tuple[type[Exception], ...]:
    """Whose message is for the person at the terminal. Loaded only where something was raised."""
    from bot.backup.errors import BackupError
    from bot.intake.polling.other_poller import OtherPollerError
    from bot.intake.polling.token_doubt import UnknownTokenError
    from bot.safety.heads import OldBackupError
    from storage.copying.refusals import CopyingError
    from storage.migrations.upgrade import NewerSchemaError
    from storage.troubles import UnusableDatabaseError

    return (
        SettingsError,
        KeyFileError,
        UnusableDatabaseError,
        NewerSchemaError,
        OldBackupError,
        UnknownTokenError,
        OtherPollerError,
        BackupError,
        CopyingError,
    )
