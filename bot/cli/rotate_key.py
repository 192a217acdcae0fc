"""`rotate-key`: a new key, and everything that the database keeps under the old one carried over."""

from __future__ import annotations

import argparse
import shlex
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from bot.cli.command import CliCommand, asked, with_settings
from bot.cli.terminal import ExitStatus, Progress, complain, say
from bot.safety.custody.apart import database_file, folders_of_data, why_not_apart
from bot.safety.custody.passphrase import opened_key
from bot.settings import Settings
from bot.settings_reader import SettingsError

if TYPE_CHECKING:
    from bot.safety.rotation.rotating import Rotating
    from storage.database import Database

_BEFOREHAND = """\
A new key is put into {file}, and everything is carried over: signatures, answers,
offices and whatever waits go on under it. Three things can't be:

- What people are in the middle of ends: drafts, and ways into the private chat, {begun} in all. The bot says
  so when they tap, and they begin again. None of it is older than an hour or so.
- Elections that are there go on signing bulletins by the key on their card: by another one nobody could check
  them any more. Whoever has the old key could imitate that; of elections announced from now on they can't.
- Backups made before open with the old key only. Make a new one at once. Then destroy the old ones and every
  copy of the old key, or keep them apart from each other.
"""


def _rotate_key(options: argparse.Namespace, settings: Settings) -> int:
    return asked(lambda: _said_in_words(options, settings))


def _said_in_words(options: argparse.Namespace, settings: Settings) -> int:
    from bot.safety.rotation.rotating import StoppedError, UnfinishedError
    from storage.occupied import alone_on

    try:
        _require_database(settings, options.to)
        with alone_on(settings.database_url):
            return _change_key(options, settings)
    except UnfinishedError as error:
        complain(error)
        return ExitStatus.WRONG
    except StoppedError:
        return complain("\nStopped. Nothing has changed: the key is the one that it was.")


def _require_database(settings: Settings, elsewhere: Path | None) -> None:
    """Raises `SettingsError` where there is nothing of which to change the key, or where the new one would
    lie with the data."""
    file = database_file(settings.database_url)
    if file is not None and not file.exists():
        raise SettingsError(f"There is no database yet, {file}, and so no key to change.")
    folders = folders_of_data(settings.data_dir, settings.database_url)
    problem = elsewhere and why_not_apart(elsewhere, settings.heads_file, folders)
    if problem:
        raise SettingsError(f"--to {elsewhere} {problem}")


def _change_key(options: argparse.Namespace, settings: Settings) -> ExitStatus:
    from bot.safety.rotation.rotating import Rotating
    from storage.database import Database, schema_version

    key = opened_key(settings.key_file, settings.passphrase_file, say)
    with closing(Database(settings.database_url)) as database:
        if schema_version(database.engine) is None:
            raise SettingsError("The database is empty, and so there is no key to change.")
        rotating = Rotating(database, settings.key_file, key, options.to)
        if rotating.is_carried():
            say("An earlier change of the key was cut short, and is brought to its end.")
            with _stopping_between(Progress("Finishing")):
                rotating.finish()
        elif not _carry(rotating, settings, is_agreed=options.yes):
            return ExitStatus.CANT
    _say_done(rotating)
    return ExitStatus.DONE


def _carry(rotating: Rotating, settings: Settings, *, is_agreed: bool) -> bool:
    """Whether the new key is in its place now: not where that wasn't wanted."""
    from bot.app import FEATURES, open_database
    from bot.safety.keys import Keys

    rotating.require_place()
    keys = open_database(rotating.database, settings, Keys(rotating.key.master))
    file = rotating.elsewhere or f"KEY_FILE {rotating.key_file}, in the old one's place"
    say(_BEFOREHAND.format(file=file, begun=_begun(rotating.database)))
    if not is_agreed and input("Type yes to go on: ").strip().lower() != "yes":
        complain("Nothing has changed.")
        return False
    carried = [each for feature in FEATURES for each in feature.carried]
    progress = Progress("Carrying over rows")
    with _stopping_between(progress) as tell:
        with progress:
            rotating.carry(keys, carried, tell)
        say(
            "All is carried over. What the old key opened is cleaned off the disk, as long as that takes."
        )
        rotating.finish()
    return True


def _begun(database: Database) -> int:
    from storage import short_lived

    return database.read_now(short_lived.count)


@contextmanager
def _stopping_between(progress: Progress) -> Iterator[Callable[[int], None]]:
    """Whoever stops the command inside of this finds nothing changed, or everything: it ends where `tell` is
    called, and nowhere else."""
    from bot.safety.rotation.rotating import StoppedError

    is_told = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_told
        is_told = True

    def tell(done: int) -> None:
        if is_told:
            raise StoppedError
        progress.tell(done)

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield tell
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say_done(rotating: Rotating) -> None:
    if rotating.elsewhere is None:
        say(
            f"KEY_FILE {rotating.key_file} is a new key. Keep a copy of it apart from this machine, in place "
            "of the old one's.\nMake a backup now: those from before open with the old key only."
        )
        return
    where = shlex.quote(str(rotating.elsewhere))
    say(
        f"The database's new key is in {where}. Put it where KEY_FILE {rotating.key_file} comes from before "
        f"you start the bot, and a copy apart from this machine; then type: shred -u {where}\n"
        "As a credential of systemd: systemd-creds encrypt --name=dvor.key "
        f"{where} /etc/credstore.encrypted/dvor.key\n"
        "Make a backup then: those from before open with the old key only."
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="go on without being asked")
    parser.add_argument(
        "--to",
        metavar="FILE",
        type=Path,
        help="put the new key there, where KEY_FILE itself can't be written: a credential of the system, "
        "a container's secret",
    )


ROTATE_KEY = CliCommand(
    "rotate-key",
    "change the key that opens the database, while the bot is stopped",
    with_settings(_rotate_key),
    example="rotate-key",
    statuses="It ends with 0 where the key is changed, with 1 where that is half done, with 2 where "
    "nothing has changed. Where it was killed in the middle, type it once more: it goes on where it was.",
    add_options=_add_options,
)
