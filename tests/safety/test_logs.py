"""The log names nobody, at any level, whatever libraries and exceptions put into words."""

from __future__ import annotations

import json
import logging
import re
import signal
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.safety.logs import FORMATTERS, describe_exception, new_error_id, report_fault
from storage.troubles import UnusableDatabaseError
from tests.frame.day import NEVER_PUBLISHED, call_by_full_names, live_through_morning
from tests.process import run_python, running, says, stopped
from tests.yard import LogKeeper, Yard

SECRET = "Bahuslava-5310587636"


in_each_format = pytest.mark.parametrize("log_format", FORMATTERS)


def formatted(
    log_format: str, name: str, message: str, *args: object, error: BaseException | None = None
) -> str:
    """The line, as whoever reads the log has it before them."""
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.DEBUG, __file__, 1, message, args, raised)
    return read(log_format, FORMATTERS[log_format]().format(record))


def read(log_format: str, log: str) -> str:
    """The log with what a program reads out of it: nothing hides behind a backslash."""
    if log_format == "text":
        return log
    lines = map(json.loads, log.splitlines())
    return "\n".join(" ".join(line.values()) for line in lines)


def stumble(deed: str) -> None:
    """Raise an exception with secrets in its message and in its cause or context."""
    try:
        dict[str, str]()[SECRET]
    except KeyError as error:
        if deed == "cause":
            raise ValueError(f"{SECRET} again") from error
        raise ValueError(SECRET)  # noqa: B904 - the context is the point


def test_of_a_database_that_cant_be_used_a_line_says_what_it_needs(log: LogKeeper) -> None:
    """Frames would fill a disk that is full already."""
    error = UnusableDatabaseError("The database x can't be written: the disk is full.")
    error_id = report_fault(logging.getLogger("bot"), "a turn failed", error)
    (line,) = log.errors
    assert line.endswith(
        f"fault {error_id}: a turn failed. The database x can't be written: the disk is full."
    )


@in_each_format
def test_our_own_lines_are_kept_as_written(log_format: str) -> None:
    line = formatted(log_format, "bot.intake", "%d updates", 3)
    assert line.endswith("DEBUG bot.intake 3 updates")


def test_a_line_for_programs_says_a_faults_id_by_itself(log: LogKeeper) -> None:
    log.setFormatter(FORMATTERS["json"]())
    error_id = report_fault(logging.getLogger("bot.intake"), "a handler failed", ValueError(SECRET))
    (line,) = log.errors
    assert "\n" not in line
    said = json.loads(line)
    moment = datetime.fromisoformat(said.pop("time"))
    assert moment.utcoffset() == timedelta()
    message = f"fault {error_id}: a handler failed\n  builtins.ValueError"
    assert said == {
        "level": "ERROR", "logger": "bot.intake", "message": message, "fault": error_id
    }  # fmt: skip


def test_what_a_library_calls_a_fault_is_withheld(log: LogKeeper) -> None:
    log.setFormatter(FORMATTERS["json"]())
    logging.getLogger("botany").error("%s", SECRET, extra={"fault": SECRET})
    assert SECRET not in log.errors[0]


@in_each_format
@pytest.mark.parametrize(
    "library", ["httpx", "telegram.ext.Application", "sqlalchemy.engine", "asyncio", "botany", ""]
)
def test_a_line_of_a_library_keeps_its_place_and_loses_its_words(
    library: str, log_format: str
) -> None:
    line = formatted(log_format, library, f"update from %s {SECRET}", SECRET)
    assert SECRET not in line
    assert f"{Path(__file__).stem}." in line


@in_each_format
def test_a_line_of_a_library_is_not_even_put_together(log_format: str) -> None:
    class Loud:
        def __str__(self) -> str:
            raise AssertionError("nobody may ask")

    assert "withheld" in formatted(log_format, "httpx", "%s", Loud())


@in_each_format
@pytest.mark.parametrize("deed", ["cause", "context"])
def test_an_exception_keeps_its_type_and_frames_only(deed: str, log_format: str) -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        stumble(deed)
    line = formatted(log_format, "bot", "a fault", error=caught.value)
    assert SECRET not in line
    assert line.count("builtins.ValueError") == line.count("builtins.KeyError") == 1
    assert line.count(f"{__file__}:") == 3
    assert " stumble" in line


def test_a_circle_of_exceptions_ends() -> None:
    one, other = ValueError("x"), ValueError("y")
    one.__cause__, other.__cause__ = other, one
    assert len(describe_exception(one).splitlines()) <= 200


def test_an_id_of_an_error_can_be_read_out() -> None:
    ids = {new_error_id() for _ in range(500)}
    assert len(ids) > 490
    for error_id in ids:
        assert re.fullmatch("[2-9A-HJ-KM-NP-Z]{6}", error_id), "without 0 and O, 1 and I and L"


CRASHES = {
    "main": "raise RuntimeError(SECRET)",
    "thread": """
        import threading
        def work():
            raise RuntimeError(SECRET)
        thread = threading.Thread(target=work, name=SECRET)
        thread.start()
        thread.join()
        """,
    "task": """
        import asyncio, gc
        async def work():
            raise RuntimeError(SECRET)
        async def main():
            task = asyncio.create_task(work(), name=SECRET)
            await asyncio.wait([task])
            del task
            gc.collect()
        asyncio.run(main())
        """,
    "callback": """
        import asyncio
        def work():
            raise RuntimeError(SECRET)
        async def main():
            asyncio.get_running_loop().call_soon(work)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        asyncio.run(main())
        """,
    "finalizer": """
        class Thing:
            def __del__(self):
                raise RuntimeError(SECRET)
        Thing()
        """,
    "line": """
        import logging
        logging.getLogger("bot").error("%d", SECRET)
        raise RuntimeError(SECRET)
        """,
    "group": """
        raise ExceptionGroup(SECRET, [RuntimeError(SECRET), ValueError(SECRET)])
        """,
}


@in_each_format
@pytest.mark.parametrize("place", CRASHES)
def test_a_crash_anywhere_says_what_and_where_but_no_word(
    place: str, log_format: str, tmp_path: Path
) -> None:
    ended = run_python("-c", _script(CRASHES[place], log_format), folder=tmp_path)
    said = read(log_format, ended.stderr)
    assert "Error" in said or "ExceptionGroup" in said
    assert "<string>:" in said
    assert SECRET not in said + ended.stdout


@in_each_format
def test_warnings_go_through_the_log(log_format: str, tmp_path: Path) -> None:
    script = """
        import warnings
        async def never_awaited():
            pass
        never_awaited.__qualname__ = SECRET
        never_awaited()
        warnings.warn(SECRET, UserWarning)
        warnings.warn(SECRET, DeprecationWarning)
        """
    ended = run_python("-W", "always", "-c", _script(script, log_format), folder=tmp_path)
    said = read(log_format, ended.stderr)
    assert said.count("WARNING py.warnings (message withheld)") == 3
    assert SECRET not in said + ended.stdout


@in_each_format
def test_the_most_talkative_level_says_nothing_of_libraries(
    log_format: str, tmp_path: Path
) -> None:
    script = """
        import logging, sqlalchemy
        from storage.database import Database
        for name in ("", "httpx", "telegram", "sqlalchemy.engine.Engine", "apscheduler", "x.y"):
            for level in range(0, 60, 10):
                logging.getLogger(name).log(level, "%s in words: " + SECRET, SECRET)
        database = Database("sqlite:///dvor.sqlite3")
        with database.engine.connect() as connection:
            connection.execute(sqlalchemy.text("SELECT :name"), {"name": SECRET})
            connection.execute(sqlalchemy.text("SELECT :name FROM nowhere"), {"name": SECRET})
        """
    ended = run_python("-c", _script(script, log_format), folder=tmp_path)
    said = read(log_format, ended.stderr)
    assert "withheld" in said
    assert SECRET not in said + ended.stdout


@pytest.mark.parametrize("library", ["telegram.ext.Application", "httpx"])
def test_no_library_is_louder_than_the_operator_asked(library: str, tmp_path: Path) -> None:
    script = f"""
        import logging
        from bot.safety.logs import configure_logging
        for level in ("INFO", "ERROR"):
            configure_logging(level)
            logging.getLogger({library!r}).info("at work")
        logging.getLogger({library!r}).warning("tired")
        logging.getLogger({library!r}).error("broken")
        """
    ended = run_python("-c", textwrap.dedent(script), folder=tmp_path)
    assert [line.split()[2] for line in ended.stderr.splitlines()] == ["ERROR"]


@in_each_format
@pytest.mark.databases("sqlite")
async def test_the_process_itself_names_nobody(
    bare_yard: Yard, log_format: str, tmp_path: Path
) -> None:
    """Standard output and error of the real thing at its most talkative: what a host would keep."""
    day = call_by_full_names(bare_yard)
    settings = {
        "BOT_TOKEN": bare_yard.world.bot.token,
        "BOT_API_URL": bare_yard.server.url,
        "DATABASE_URL": bare_yard.database_url,
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": log_format,
    }
    async with running(folder=tmp_path, **settings) as process:
        await says(process, "is at work")
        await live_through_morning(day)
        ended, _, log = (await stopped(process, signal.SIGTERM)).partition("Stopped.\n")
    said = ended.lower() + read(log_format, log).lower()
    assert "fault" in said
    assert _lines_a_call(said) == [], "each would tell to the second when somebody tapped"
    numbers = [*day.ids, bare_yard.group.id, abs(bare_yard.group.id) - 10**12]
    words = [*day.names, *day.published, NEVER_PUBLISHED, bare_yard.group.title]
    token = bare_yard.world.bot.token
    private = [*map(str, numbers), *words, token, token.partition(":")[2], "a.answer:"]
    assert [each for each in private if each.lower() in said] == []


def _lines_a_call(said: str) -> list[str]:
    libraries = ("telegram", "httpx", "httpcore", "sqlalchemy", "aiohttp", "apscheduler")
    levels = ("debug", "info")
    return [
        line
        for line in said.splitlines()
        if any(f" {level} {library}" in line for level in levels for library in libraries)
    ]


def _script(deed: str, log_format: str) -> str:
    start = (
        "from bot.safety.logs import configure_logging\n"
        f'configure_logging("DEBUG", {log_format!r})\n'
    )
    return f"SECRET = {SECRET!r}\n{start}{textwrap.dedent(deed)}"
