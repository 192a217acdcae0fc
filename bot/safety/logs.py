"""Logs that name nobody: our own lines as written, everything else reduced to where and what kind.

Libraries print whole updates, tokens and parameters; an exception's message can hold any of them. So
a line from a library keeps its place but not its words, and an exception keeps its type and frames.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import traceback
from types import TracebackType

from storage.troubles import UnusableDatabaseError

_OURS = ("bot", "handlers", "storage", "playground", "__main__")
# They say each request's address, token and all, or each call and update; even without its words a line would
# tell to the second when somebody tapped.
NOISY = (
    "httpx", "httpcore", "telegram", "apscheduler", "sqlalchemy", "alembic", "aiohttp", "asyncio",
)  # fmt: skip


class RedactingFormatter(logging.Formatter):
    """Formats a record without anything that a library or an exception put into words."""

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%Y-%m-%d %H:%M:%S")
        if record.name.split(".")[0] in _OURS:
            message = record.getMessage()
        else:
            message = f"(message withheld) {record.module}.{record.funcName}:{record.lineno}"
        line = f"{when} {record.levelname} {record.name} {message}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + describe_exception(record.exc_info[1])
        return line


def describe_exception(error: BaseException) -> str:
    """Types and frames of an exception and its causes, without their messages."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 200:
        kind = type(current)
        lines.append(f"  {kind.__module__}.{kind.__qualname__}")
        lines.extend(
            f"    {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\n".join(lines)


def new_error_id() -> str:
    """A short id that a person can read out and the operator can find in the log."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(6))


def report_fault(logger: logging.Logger, what: str, error: BaseException) -> str:
    """Log a fault of ours with its frames and without a word of what was said; of a database that can't be
    used, what it needs, which is no fault of ours. Gives its id."""
    error_id = new_error_id()
    if isinstance(error, UnusableDatabaseError):
        logger.error("fault %s: %s. %s", error_id, what, error)
    else:
        logger.error("fault %s: %s\n%s", error_id, what, describe_exception(error))
    return error_id


def report_tampering(logger: logging.Logger, what: str, *numbers: int) -> None:
    """Log what somebody else wrote into the database; `what` has a %d for each number."""
    logger.error("fault %s: %s", new_error_id(), what % numbers)


def configure_logging(level: str) -> None:
    """Send everything to standard error through `RedactingFormatter`, crashes included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    logging.captureWarnings(True)
    # A line that can't be formatted would be printed with its values.
    logging.raiseExceptions = False
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash
    sys.unraisablehook = _log_unraisable


def _log_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("stopped by a fault", exc_info=(kind, error, trace))


def _log_thread_crash(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None and not issubclass(crash.exc_type, SystemExit):
        logging.getLogger("bot").critical(
            "a thread was stopped by a fault",
            exc_info=(crash.exc_type, crash.exc_value, crash.exc_traceback),
        )


def _log_unraisable(crash: sys.UnraisableHookArgs) -> None:
    """What goes wrong where nobody can catch it, in a finalizer for example."""
    if crash.exc_value is not None:
        logging.getLogger("bot").error(
            "a fault while cleaning up",
            exc_info=(crash.exc_type, crash.exc_value, crash.exc_traceback),
        )
