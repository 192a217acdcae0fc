"""`kill -9` before one of the steps of changing a key.

A step is whatever changes something that outlives the process: a file in the key's folder made, renamed or
opened for writing, the folder synced; the first and the last rows that a transaction changes; each commit.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

_FIRST_AND_LAST = ("UPDATE chat", "UPDATE instance")


def kill_before(step: int) -> None:
    """Have this process killed before so many steps are done."""
    killing = _Killing(step, str(Path(os.environ["KEY_FILE"]).parent.resolve()))
    event.listen(Engine, "commit", killing.step)
    event.listen(Engine, "before_cursor_execute", killing.execute)
    sys.addaudithook(killing.watch)


class _Killing:
    """Counts steps, and kills this process before the one that is its turn."""

    def __init__(self, at: int, keys: str) -> None:
        """`keys` is the key's folder."""
        self._left = at
        self._keys = keys

    def step(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, name: str, details: tuple[Any, ...]) -> None:
        """Listens to Python's audit events."""
        if name not in ("open", "os.rename") or not str(details[0]).startswith(self._keys):
            return
        is_look = name == "open" and not details[2] & (os.O_WRONLY | os.O_RDWR)
        is_folder = str(details[0]) == self._keys
        if (is_folder or not is_look) and not str(details[0]).endswith(".lock"):
            self.step()

    def execute(self, _connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        """Listens to statements."""
        if sql.startswith(_FIRST_AND_LAST):
            self.step()
