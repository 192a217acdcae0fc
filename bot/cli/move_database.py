"""`move-database`: everything from the bot's database into another one, of the same kind or not."""

from __future__ import annotations

import argparse
import getpass
import shlex
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url

from bot.cli.command import CliCommand, whole_or_not_at_all, with_settings
from bot.cli.terminal import ExitStatus, Progress, complain, say
from bot.safety.custody.apart import database_file
from bot.settings import Settings, load_settings

_PORT = 5432


def _move_database(options: argparse.Namespace, settings: Settings) -> int:
    return whole_or_not_at_all(lambda: _move(settings.database_url, options.url or _typed()))


def _typed() -> str:
    """Typed here, a password doesn't stay among the commands that the shell remembers."""
    return getpass.getpass("Address of the new database (not shown): ")


def _move(old: str, typed: str) -> int:
    from storage.occupied import alone_on

    # As the setting will be read: the new database mustn't come to lie with the key either.
    new = load_settings(DATABASE_URL=typed).database_url
    if _is_same(make_url(old), make_url(new)):
        return complain("This is the bot's database already. Name another one to move it to.")
    for url in (old, new):
        _require_up(url)
    with alone_on(old), alone_on(new):
        before, after = _copied(old, new)
    _tell(before, after)
    _say_what_is_next(make_url(old), make_url(new))
    return ExitStatus.DONE


def _is_same(one: URL, other: URL) -> bool:
    files = [database_file(str(url)) for url in (one, other)]
    if all(files):
        old, new = (file.resolve() for file in files if file is not None)
        return old == new or (new.exists() and old.exists() and old.samefile(new))
    return _place(one) == _place(other)


def _place(url: URL) -> tuple[object, ...]:
    return url.get_backend_name(), url.host, url.port or _PORT, url.database, url.query


def _require_up(url: str) -> None:
    from storage.database import is_up
    from storage.troubles import Trouble, UnusableDatabaseError, in_words

    if not is_up(url):
        raise UnusableDatabaseError(in_words(Trouble.CLOSED, make_url(url)))


def _copied(old: str, new: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Copy everything. Returns how many rows each table had, and has in the new database."""
    from storage.copying.reading import reading
    from storage.copying.writing import write

    with reading(old) as copy, Progress("Moving rows") as progress:
        return copy.contents.counts, write(new, copy, progress.tell)


def _tell(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    width = max(map(len, after))
    say(f"{'table'.ljust(width)}  {'before':>11}  {'after':>11}")
    for name in sorted(after):
        say(f"{name.ljust(width)}  {before[name]:>11,}  {after[name]:>11,}")
    say(f"{'all'.ljust(width)}  {sum(before.values()):>11,}  {sum(after.values()):>11,}\n")


def _say_what_is_next(old: URL, new: URL) -> None:
    password = " with the password in place of ***" if new.password else ""
    say(
        f"Everything is in the new database. Put this into .env{password}, and start the bot:\n\n"
        f"  DATABASE_URL={new.render_as_string(hide_password=True)}\n\n"
        "The key, its heads and DATA_DIR stay as they are.\n"
        "The old database is as it was, and tells as much about people as the new one. Start no bot on it\n"
        f"any more, and once all is well with the new one, erase it:\n\n  {_erasing(old)}"
    )


def _erasing(old: URL) -> str:
    file = database_file(str(old))
    if file is not None:
        return f"shred -u {shlex.quote(str(Path(file).absolute()))}"
    # Several places in which it may be are written behind the question mark, and so is a socket's folder.
    hosts = old.query.get("host", ())
    host = old.host or (hosts if isinstance(hosts, str) else ",".join(hosts))
    where = {"host": host, "port": old.port, "username": old.username}
    options = [f"--{name}={value}" for name, value in where.items() if value]
    return shlex.join(["dropdb", *options, old.database or ""])


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "url",
        metavar="URL",
        nargs="?",
        help="of the new database, written as DATABASE_URL is; left out, it is asked for",
    )


MOVE_DATABASE = CliCommand(
    "move-database",
    "copy everything from DATABASE_URL to another database that is still empty, from SQLite to "
    "PostgreSQL or back",
    with_settings(_move_database),
    example="move-database postgresql+psycopg://dvor@localhost/dvor",
    statuses="It ends with 0 where everything is in the new database, and with 2 where nothing has changed.",
    add_options=_add_options,
)
