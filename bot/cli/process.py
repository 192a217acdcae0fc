"""The process: it works until it is told to stop, and says in words why it can't go on."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

from bot.cli.terminal import complain, say
from bot.safety.custody.key_file import KeyFileError
from bot.settings_reader import SettingsError


def run_until_told_to_stop(work: Coroutine[Any, Any, int]) -> int:
    """Run until done or told to stop; what can't go on says why in words, not in frames.

    Returns the exit status: 2 where it can't go on. Python ends with 1 where the fault is ours.
    """
    from bot.intake.polling.other_poller import OtherPollerError
    from bot.intake.polling.token_doubt import UnknownTokenError
    from bot.safety.heads import OldBackupError
    from storage.migrations.upgrade import NewerSchemaError
    from storage.troubles import UnusableDatabaseError

    try:
        return asyncio.run(_until_told_to_stop(work))
    except (
        SettingsError,
        UnknownTokenError,
        OtherPollerError,
        KeyFileError,
        OldBackupError,
        UnusableDatabaseError,
        NewerSchemaError,
    ) as error:
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
