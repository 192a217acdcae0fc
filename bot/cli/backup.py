"""`backup`: all that the bot keeps, encrypted in a file. `backup-key`: a key that opens such files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.command import CliCommand, whole_or_not_at_all, with_settings
from bot.cli.terminal import ExitStatus, Progress, say
from bot.clock import SystemClock
from bot.safety.custody.passphrase import ask_for_new
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.backup.locking import Lock


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    def work() -> int:
        from bot.backup.making import make_backup

        lock = _lock(settings)
        with Progress("Rows written") as progress:
            contents = make_backup(
                settings.database_url,
                options.file,
                lock,
                SystemClock().now(),
                progress.tell,
                replaces=options.force,
            )
        say(f"{options.file} is a backup with {contents.rows:,} rows.")
        return ExitStatus.DONE

    return whole_or_not_at_all(work)


def _lock(settings: Settings) -> Lock:
    from bot.backup.errors import BackupError
    from bot.backup.locking import for_keys, for_phrase

    if settings.backup_to:
        return for_keys(settings.backup_to)
    if not sys.stdin.isatty():
        raise BackupError(
            "BACKUP_TO says for which key backups are written, and it is empty. The command "
            "backup-key makes one. Or type this at a terminal, which asks for a pass phrase instead."
        )
    say("BACKUP_TO names no key, so a pass phrase opens this backup.")
    return for_phrase(ask_for_new(say))


def _backup_key(_options: argparse.Namespace) -> int:
    from bot.backup.locking import new_key

    secret_half, public_half = new_key()
    say(
        "# This opens backups of Dvor. Keep it away from the bot's machine, beside the copy of KEY_FILE.\n"
        f"{secret_half}\n"
        "# And this goes into .env on the bot's machine:\n"
        f"# BACKUP_TO={public_half}"
    )
    return ExitStatus.DONE


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where the backup is to be")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


BACKUP = CliCommand(
    "backup",
    "write all that the bot keeps into a file, encrypted; the bot may go on working",
    with_settings(_backup),
    example="backup /media/stick/dvor.age",
    add_options=_add_options,
)

BACKUP_KEY = CliCommand(
    "backup-key",
    "make a key that opens backups, and show it",
    _backup_key,
    example="backup-key",
)
