"""The database: whether it is whole, of this release, and on a server that is still looked after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import sqlite_version_info
from threading import Event

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from bot.cli.terminal import Progress
from bot.clock import Clock
from bot.doctor.finding import Finding, Findings, Verdict, advice, fine, sized, unknown, wrong
from bot.safety.custody.apart import database_file
from bot.settings import Settings
from storage import chats, examining, instance
from storage.chats import Presence
from storage.database import is_up, schema_version, size
from storage.migrations.upgrade import HEAD
from storage.troubles import Trouble, UnusableDatabaseError, in_words, said_in_words

_PORTION = 500
_FIRST_START = "The first start makes it."


@dataclass(frozen=True)
class Looked:
    """What was found of the database, and what other checks ask of it."""

    findings: Findings
    is_begun: bool = True
    size: int = 0
    """In bytes."""
    groups: Sequence[int] | None = None
    """Telegram's numbers of the groups in which the bot is; None where they can't be read."""
    key_check: bytes | None = None
    planned_by: str | None = None
    """The version of the zone data by which everything is planned."""


def look(settings: Settings, clock: Clock, stopped: Event) -> Looked:
    """Look without changing anything, also while the bot is at work; once `stopped`, not to the end."""
    file = database_file(settings.database_url)
    if file is not None and (not file.exists() or not file.stat().st_size):
        return _not_begun(settings, _sqlite())
    if not is_up(settings.database_url):
        return _closed(
            settings, wrong("its server can't be reached.", "Is it running? See DATABASE_URL.")
        )
    try:
        with examining.looked_at(settings.database_url) as engine:
            return _look(engine, settings, clock, stopped)
    except UnusableDatabaseError as error:
        return _closed(settings, wrong(str(error), ""))


def _look(engine: Engine, settings: Settings, clock: Clock, stopped: Event) -> Looked:
    with said_in_words(engine.url, otherwise=Trouble.CLOSED), engine.connect() as connection:
        version = _sqlite()
        if not settings.is_sqlite:
            version = postgresql(examining.postgresql_version(connection), clock.now())
        bytes_taken = size(connection)
        whole = _whole(connection, bytes_taken, clock, stopped)
    stands_at = schema_version(engine)
    if stands_at is None:
        return _not_begun(settings, version)
    findings = {"database": whole, "schema": _schema(stands_at), "database_version": version}
    if whole.verdict is not Verdict.OK or stands_at != HEAD:
        return Looked(findings, size=bytes_taken)
    with said_in_words(engine.url, otherwise=Trouble.CLOSED), Session(engine) as session:
        return Looked(
            findings,
            size=bytes_taken,
            groups=_groups(session),
            key_check=instance.key_check(session),
            planned_by=instance.zone_data(session),
        )


def _whole(connection: Connection, size: int, clock: Clock, stopped: Event) -> Finding:
    begun = clock.monotonic()
    with Progress("Looking through the database, seconds", clock) as progress:

        def goes_on() -> bool:
            progress.tell(round(clock.monotonic() - begun))
            return not stopped.is_set()

        faults = examining.count_damage(connection, goes_on)
    numbers = {"bytes": size, "faults": faults}
    if faults:
        return wrong(in_words(Trouble.DAMAGED, connection.engine.url), "", **numbers)
    return fine(f"whole, {sized(size)}.", **numbers)


def _groups(session: Session) -> list[int]:
    found, last = list[int](), 0
    while portion := chats.after_id(session, last, _PORTION):
        found += [chat.telegram_id for chat in portion if chat.presence is not Presence.AWAY]
        last = portion[-1].id
        session.expunge_all()
    return found


def _schema(stands_at: str) -> Finding:
    numbers = {"newest": int(HEAD)}
    if stands_at.isdecimal():
        numbers["version"] = int(stands_at)
    if stands_at == HEAD:
        return fine(f"{HEAD}, this release's.", **numbers)
    if stands_at < HEAD:
        return advice(
            f"{stands_at}, and this release's is {HEAD}.",
            "The next start brings it up to date; make a backup before.",
            **numbers,
        )
    return wrong(
        f"{stands_at}, of a newer release; this one's is {HEAD}.",
        "Install the newer version of Dvor again.",
        **numbers,
    )


def _sqlite() -> Finding:
    version, least = (
        ".".join(map(str, numbers)) for numbers in (sqlite_version_info, examining.LEAST_SQLITE)
    )
    if sqlite_version_info >= examining.LEAST_SQLITE:
        return fine(f"SQLite {version}.")
    return wrong(f"SQLite {version}.", f"Use a Python that comes with SQLite {least} or newer.")


def postgresql(version: tuple[int, ...], now: datetime) -> Finding:
    """A release is mended for five years, until a November.

    Source: postgresql.org/support/versioning; 17 came in 2024 and is mended until November 2029.
    """
    major = version[0]
    name = f"PostgreSQL {'.'.join(map(str, version))}"
    last_year = 2012 + major
    if now < datetime(last_year, 12, 1, tzinfo=UTC):
        return fine(f"{name}.", major=major)
    return wrong(
        f"{name}, which isn't mended any more since November {last_year}.",
        "Move to a newer PostgreSQL.",
        major=major,
    )


def _not_begun(settings: Settings, version: Finding) -> Looked:
    nothing = advice("isn't there yet.", _FIRST_START)
    there = nothing
    if settings.key_file.exists():
        there = advice(
            "isn't there, but KEY_FILE is.",
            "The next start begins a new, empty one. If groups knew this bot before, put their database "
            "there first.",
        )
    findings = {"database": there, "schema": nothing, "database_version": version}
    return Looked(findings, is_begun=False, groups=())


def _closed(settings: Settings, finding: Finding) -> Looked:
    untold = unknown("the database can't be opened")
    version = _sqlite() if settings.is_sqlite else untold
    return Looked({"database": finding, "schema": untold, "database_version": version})
