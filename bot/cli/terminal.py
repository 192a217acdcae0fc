"""What the person at the terminal reads, and the exit statuses that scripts read."""

from __future__ import annotations

import sys
from contextlib import suppress
from enum import IntEnum
from typing import Self

from bot.clock import Clock, SystemClock

_QUIET_SECONDS = 2.0
_SECONDS_BETWEEN = 1.0


class ExitStatus(IntEnum):
    """How a command ended. Python itself ends with 1 where the fault is ours."""

    DONE = 0
    WRONG = 1
    """What it looked at isn't as it should be."""
    CANT = 2
    """It can't be done as it was asked, and nothing has changed."""
    UNKNOWN = 3
    """It can't be told."""


def say(line: str) -> None:
    """Write a line."""
    # Where nobody listens any more, or a full disk takes no line, the bot works all the same.
    with suppress(OSError):
        print(line, flush=True)  # noqa: T201 - what the person at the terminal sees


def complain(reason: object) -> ExitStatus:
    """Say in words why there is no going on. Returns the exit status."""
    with suppress(OSError):
        print(reason, file=sys.stderr)  # noqa: T201 - for the person at the terminal
    return ExitStatus.CANT


class Progress:
    """How far something is that takes longer than two seconds; of what is faster nothing is said.

    It goes to standard error, once a second at most: one line written over where that is a terminal, else
    lines below each other.
    """

    def __init__(self, doing: str, clock: Clock | None = None) -> None:
        """`doing` says what is done, such as "Writing signatures"."""
        self._doing = doing
        self._clock = clock or SystemClock()
        self._next_at = self._clock.monotonic() + _QUIET_SECONDS
        self._is_over_written = sys.stderr.isatty()
        self._width = 0

    def tell(self, done: int, of: int | None = None) -> None:
        """So many are done, of so many where that is known."""
        if self._clock.monotonic() < self._next_at:
            return
        self._next_at = self._clock.monotonic() + _SECONDS_BETWEEN
        self._write(f"{self._doing}: {done:,}" + (f" of {of:,}" if of else "") + "…")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """What is said next begins on a line of its own."""
        if self._width:
            self._write("")

    def _write(self, line: str) -> None:
        if self._is_over_written:
            line, self._width = f"\r{line.ljust(self._width)}\r", len(line)
        else:
            line += "\n"
        with suppress(OSError):
            sys.stderr.write(line)
            sys.stderr.flush()
