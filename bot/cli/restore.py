"""`restore`: a backup put in the place of what is there, after a look through it and a question."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.command import CliCommand, whole_or_not_at_all, with_settings
from bot.cli.terminal import ExitStatus, Progress, complain, say
from bot.safety.custody.key_file import is_there, load_keys
from bot.safety.custody.passphrase import unlocked_keys
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.backup.opening import Opener
    from bot.backup.restoring import Inside
    from storage.copying.contents import Contents


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    def work() -> int:
        from bot.backup.restoring import make_room
        from storage.occupied import alone_on

        opened = _opener(options.file, options.key)
        make_room(settings.database_url)
        with alone_on(settings.database_url):
            return _look_ask_and_restore(options, settings, opened)

    return whole_or_not_at_all(work)


def _opener(file: Path, key_file: Path | None) -> Opener:
    from bot.backup.errors import BackupError
    from bot.backup.opening import by_key, by_phrase, is_for_phrase

    if not is_for_phrase(file):
        if key_file is None:
            raise BackupError(
                f"{file} was written for a key. Name the file with its secret half: --key FILE."
            )
        return by_key(key_file)
    if not sys.stdin.isatty():
        raise BackupError(
            f"A pass phrase opens {file}, and there is no terminal to ask for it. Type this where you can."
        )
    return by_phrase(getpass.getpass(f"Pass phrase of {file}: "))


def _look_ask_and_restore(options: argparse.Namespace, settings: Settings, opened: Opener) -> int:
    from bot.backup.restoring import look_through, restore, what_is_there

    with Progress("Rows looked at") as progress:
        inside = look_through(options.file, opened, progress.tell)
    say(
        f"{options.file} is a backup of {inside.made_at:%Y-%m-%d %H:%M} UTC: {_in_words(inside.contents)}."
    )
    _require_its_key(inside, settings)
    warning = _why_too_old(inside, settings)
    if warning is not None:
        say(warning)
    there = what_is_there(settings.database_url)
    if there is not None:
        say(f"What is there now is erased: {_in_words(there)}.")
    if (there is not None or warning is not None) and not (options.yes or _is_meant()):
        return complain("Nothing has changed.")
    with Progress("Rows restored") as progress:
        restore(options.file, opened, settings.database_url, progress.tell)
    say("It is restored. Now start the bot.")
    return ExitStatus.DONE


def _in_words(contents: Contents) -> str:
    chats, elections, posts = (
        contents.counts.get(name, 0) for name in ("chat", "election", "outbox")
    )
    return (
        f"chats {chats:,}, elections {elections:,}, posts {posts:,}; rows in all {contents.rows:,}"
    )


def _require_its_key(inside: Inside, settings: Settings) -> None:
    from bot.backup.errors import BackupError

    if inside.key_check is None:
        return
    needed = (
        f"Put the key there that the bot had on {inside.made_at:%Y-%m-%d}, from where you keep its copy. "
        "Where rotate-key has changed it since, that is the older one."
    )
    if not is_there(settings.key_file):
        raise BackupError(f"KEY_FILE {settings.key_file} is missing. {needed}")
    unlocked = unlocked_keys(settings.key_file, settings.passphrase_file, say)
    keys = load_keys(settings.key_file, known_check=None, unlocked=unlocked)
    if not keys.recognises(inside.key_check):
        raise BackupError(f"KEY_FILE {settings.key_file} isn't the key of this backup. {needed}")


def _why_too_old(inside: Inside, settings: Settings) -> str | None:
    from bot.safety.heads import HeadFile, OldBackupError, what_is_missing

    try:
        missing = what_is_missing(inside.heads, HeadFile(settings.heads_file), "the backup")
    except OldBackupError as error:
        return str(error)
    if missing is None:
        return None
    return (
        f"It is older than what was already published.\n{missing}\n"
        "What neighbours did since is missing in it, and what comes next would contradict what they have.\n"
        "Restore a newer backup if there is one. If this is the newest, tell the neighbours; and before the\n"
        f"next start remove the file {settings.heads_file}, or the bot will refuse to start."
    )


def _is_meant() -> bool:
    from bot.backup.errors import BackupError

    if not sys.stdin.isatty():
        raise BackupError(
            "There is no terminal to ask whether this is meant. Where it is, add --yes."
        )
    return input('Type "yes" to go on: ').strip().lower() == "yes"


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument(
        "--key",
        metavar="FILE",
        type=Path,
        help="a file with the secret half of the key that backup-key showed",
    )
    parser.add_argument(
        "--yes", action="store_true", help="don't ask before what is there is erased"
    )


RESTORE = CliCommand(
    "restore",
    "put a backup in the place of what the bot keeps; the bot must be stopped",
    with_settings(_restore),
    example="restore /media/stick/dvor.age --key /media/stick/dvor-backup.key",
    add_options=_add_options,
)
