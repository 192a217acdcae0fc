"""A bot that counts where its processor's time goes: `python -m benchmarks.stage.profiled FILE`.

SIGUSR1 begins the count anew, SIGUSR2 writes it into the file. Counted are each thread's own time, without
what it waits, and a function's own, without what it calls. What the counting itself takes is tried out on
calls of nothing and taken off.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_OWN = Path(__file__).parents[2]
_LIBRARIES = (
    ("/httpx/", "HTTP"),
    ("/httpcore/", "HTTP"),
    ("/h11/", "HTTP"),
    ("/anyio/", "HTTP"),
    ("/aiohttp/", "HTTP"),
    ("/yarl/", "HTTP"),
    ("/multidict/", "HTTP"),
    ("/telegram/", "python-telegram-bot"),
    ("/sqlalchemy/", "SQLAlchemy, SQLModel"),
    ("/sqlmodel/", "SQLAlchemy, SQLModel"),
    ("/pydantic/", "SQLAlchemy, SQLModel"),
    ("/asyncio/", "event loop"),
    ("/selectors.py", "event loop"),
    ("/concurrent/", "threads"),
    ("/threading.py", "threads"),
    ("/queue.py", "threads"),
    ("/json/", "JSON"),
    ("/babel/", "words"),
    ("/gettext.py", "words"),
    ("/hmac.py", "keys and codes"),
    ("/cryptography/", "keys and codes"),
    ("/logging/", "log"),
)
_ROOMS = (
    ("bot/bot_api", "bot/bot_api: the line to Telegram"),
    ("bot/intake", "bot/intake: updates in"),
    ("bot/delivery", "bot/delivery: messages out"),
    ("bot/whisper", "bot/whisper"),
    ("bot/message", "words"),
    ("bot/safety", "keys and codes"),
    ("bot/domain", "rules"),
    ("bot/", "bot: context, store, features"),
    ("handlers/", "handlers: use cases and faces"),
    ("storage/", "storage: statements, writer"),
)
_MODULES = {
    "_socket": "sockets",
    "sqlite3": "SQLite",
    "_hashlib": "keys and codes",
    "_json": "JSON",
}

_TRIALS, _CALLS = 5, 1_000


def _room(file: str) -> str:
    """Where a file's code belongs: a room of ours, or a library."""
    if file.startswith(str(_OWN)) and "/.venv/" not in file:
        inside = file[len(str(_OWN)) + 1 :]
        return next((name for start, name in _ROOMS if inside.startswith(start)), "the rest")
    return next((name for part, name in _LIBRARIES if part in file), "the rest")


@dataclass
class Account:
    """One thread's: seconds of the processor by rooms, and how many events they were counted in."""

    thread: str
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    events: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Ledger:
    """Seconds of the processor by thread and room, since `begin` was called last. Each thread counts for
    itself, and nothing before that: the start would take minutes."""

    def __init__(self) -> None:
        self._of_threads: list[Account] = []
        self._rooms: dict[CodeType, str] = {}
        self._begun = 0

    def begin(self) -> None:
        """Count anew; on the thread that calls this first, from now on too."""
        if not self._begun:
            sys.setprofile(self._watcher())
        self._begun += 1

    def watch_each_new_thread(self) -> None:
        def first(frame: FrameType, event: str, argument: Any) -> None:
            watcher = self._watcher()
            sys.setprofile(watcher)
            watcher(frame, event, argument)

        threading.setprofile(first)

    def so_far(self, too_dear: float) -> list[tuple[str, str, float]]:
        """Thread, room and seconds, without so many for each event."""
        summed: dict[tuple[str, str], float] = defaultdict(float)
        for account in self._of_threads:
            for room, spent in list(account.seconds.items()):
                own = spent - account.events[room] * too_dear
                summed[account.thread, room] += max(0.0, own)
        return [(thread, room, spent) for (thread, room), spent in summed.items()]

    def raw(self) -> tuple[float, int]:
        """Seconds and events in all."""
        seconds = sum(sum(account.seconds.values()) for account in self._of_threads)
        return seconds, sum(sum(account.events.values()) for account in self._of_threads)

    def _watcher(self) -> Callable[[FrameType, str, Any], None]:
        account = Account(threading.current_thread().name.rsplit("_", 1)[0])
        self._of_threads.append(account)
        seconds, events = account.seconds, account.events
        rooms, clock = self._rooms, time.thread_time
        stack, since, begun = ["the rest"], 0.0, 0

        def watch(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal since, begun
            if not self._begun:
                return
            if begun != self._begun:
                begun = self._begun
                seconds.clear()
                events.clear()
                del stack[1:]
                since = clock()
            seconds[stack[-1]] += clock() - since
            events[stack[-1]] += 1
            if event == "call":
                code = frame.f_code
                room = rooms.get(code)
                if room is None:
                    room = rooms[code] = _room(code.co_filename)
                stack.append(room)
            elif event == "c_call":
                stack.append(_of_builtin(argument, frame, stack[-1]))
            elif len(stack) > 1:
                stack.pop()
            since = clock()

        return watch


def cost_of_an_event() -> float:
    """Seconds that are counted for a call of nothing, or for its return: the counting's own share in each."""
    costs = []
    for _ in range(_TRIALS):
        trial = Ledger()
        trial.begin()
        for _ in range(_CALLS):
            _nothing()
        sys.setprofile(None)
        seconds, events = trial.raw()
        costs.append(seconds / events)
    return min(costs)


def _nothing() -> None:
    """What costs as little as a call can."""


def _of_builtin(function: Any, caller: FrameType, room: str) -> str:
    """What is written in C belongs to its caller, but for a few that tell."""
    owner = getattr(function, "__self__", None)
    module = type(owner).__module__ if owner is not None else ""
    if module in ("module", "builtins"):
        module = getattr(function, "__module__", None) or ""
    if module == "sqlite3" and "commit" in caller.f_code.co_name + function.__name__:
        return "COMMIT"
    return _MODULES.get(module, room)


def main(file: Path) -> int:
    # Now: a handler of a signal may run inside the counting, where nothing is counted.
    ledger, too_dear = Ledger(), cost_of_an_event()
    signal.signal(signal.SIGUSR1, lambda *_: ledger.begin())
    signal.signal(signal.SIGUSR2, lambda *_: _write(file, ledger.so_far(too_dear)))
    from bot.cli.main import main as run_bot

    ledger.watch_each_new_thread()
    sys.argv = ["bot", "run"]
    return run_bot()


def _write(file: Path, counted: list[tuple[str, str, float]]) -> None:
    """Whole or not at all: somebody waits for it."""
    whole = file.with_suffix(".whole")
    whole.write_text(json.dumps(counted))
    whole.replace(file)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
