"""Logs that name nobody: our own lines as written, everything else reduced to where and what kind.

Libraries print whole updates, tokens and parameters; an exception's message can hold any of them. So
a line from a library keeps its place but not its words, and an exception keeps its type and frames.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType

from storage.troubles import UnusableDatabaseError

_OURS = ("bot", "handlers", "storage", "playground", "__main__")
# They say each request's address, token and all, or each call and update; even without its words a line would
# tell to the second when somebody tapped.
NOISY = (
    "httpx", "httpcore", "telegram", "apscheduler", "sqlalchemy", "alembic", "aiohttp", "asyncio",
)  # fmt: skip
_FAULT = "fault"


class RedactingFormatter(logging.Formatter):
    """Formats a record without anything that a library or an exception put into words."""

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%Y-%m-%d %H:%M:%S")
        return f"{when} {record.levelname} {record.name} {_said(record)}"


class JsonFormatter(logging.Formatter):
    """The same as an object a line, for programs that gather logs. A fault's id stands by itself too."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _said(record),
        }
        if _is_ours(record) and hasattr(record, _FAULT):
            line[_FAULT] = getattr(record, _FAULT)
        return json.dumps(line)


FORMATTERS: dict[str, type[logging.Formatter]] = {
    "text": RedactingFormatter,
    "json": JsonFormatter,
}
"""By the words of LOG_FORMAT."""


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in _OURS


def _said(record: logging.LogRecord) -> str:
    """What may be said of it."""
    if _is_ours(record):
        message = record.getMessage()
    else:
        message = f"(message withheld) {record.module}.{record.funcName}:{record.lineno}"
    if record.exc_info and record.exc_info[1] is not None:
        message += "\n" + describe_exception(record.exc_info[1])
    return message


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
    extra = {_FAULT: error_id}
    if isinstance(error, UnusableDatabaseError):
        logger.error("fault %s: %s. %s", error_id, what, error, extra=extra)
    else:
        frames = describe_exception(error)
        logger.error("fault %s: %s\n%s", error_id, what, frames, extra=extra)
    return error_id


def report_tampering(logger: logging.Logger, what: str, *numbers: int) -> None:
    """Log what somebody else wrote into the database; `what` has a %d for each number."""
    error_id = new_error_id()
    logger.error("fault %s: %s", error_id, what % numbers, extra={_FAULT: error_id})


def configure_logging(level: str, log_format: str = "text") -> None:
    """Send everything to standard error through one of `FORMATTERS`, crashes included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATTERS[log_format]())
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
