"""A Python that has loaded the bot, and becomes a process of its own as often as one is asked for.

To load the bot takes most of the time of a short command, and the tests run hundreds of them. What comes of
it is a process like any other: it has its own folder, variables, files and end, and can be killed.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, TextIO

from tests.source import ROOT

_LONGEST_REQUEST = 2**20
LONGEST_ANSWER = 20
_CHILDREN_MAY_END = 0.02


class PreparedPython:
    """The test's end of the line to it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        subprocess.Popen(command, cwd=ROOT, env=dict(variables), pass_fds=[theirs.fileno()])
        theirs.close()
        atexit.register(self._line.close)  # which it ends at

    def run(
        self, *arguments: str, folder: Path, variables: Mapping[str, str], patience: float
    ) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments, `-m module …` or `-c script …`, to its end.

        Raises `subprocess.TimeoutExpired` after so many seconds.
        """
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            told = self.begin(
                *arguments, folder=folder, variables=variables, out=out.fileno(), err=err.fileno()
            )
            with told:
                told.settimeout(patience)
                try:
                    _number, status = (int(told.recv(LONGEST_ANSWER)) for _ in range(2))
                except TimeoutError:
                    raise subprocess.TimeoutExpired(arguments, patience) from None
            return subprocess.CompletedProcess(arguments, status, _read(out), _read(err))

    def begin(
        self, *arguments: str, folder: Path, variables: Mapping[str, str], out: int, err: int
    ) -> socket.socket:
        """Begin a process that writes into these files. Returns a line that tells its number, as the system
        knows it, and then how it ended: its status, or less than 0 by a signal."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            request = {
                "arguments": arguments,
                "folder": str(folder),
                "variables": dict(variables),
            }
            files = [theirs.fileno(), out, err]
            socket.send_fds(self._line, [json.dumps(request).encode()], files)
        return ours


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@cache
def prepared_python(variables: tuple[tuple[str, str], ...]) -> PreparedPython:
    """Return the one of this test process, with what Python itself looks at when it starts."""
    return PreparedPython(dict(variables))


def _serve(line: socket.socket) -> dict[str, Any]:
    """Begin a process for each request, and tell how it ended. Returns in each of these processes, with its
    request; never in the one that serves, which ends with the line."""
    asking: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(line, selectors.EVENT_READ)
        while True:
            # A process that has ended tells nobody here: it is looked for.
            if ready.select(_CHILDREN_MAY_END if asking else None):
                data, files, _, _ = socket.recv_fds(line, _LONGEST_REQUEST, 3)
                if not data:
                    _end_all(asking)
                child = os.fork()
                if child == 0:
                    line.close()
                    _take_over(files)
                    request: dict[str, Any] = json.loads(data)
                    return request
                asking[child] = socket.socket(fileno=files[0])
                with suppress(OSError):
                    asking[child].send(str(child).encode())
                for file in files[1:]:
                    os.close(file)
            _tell_of_ended(asking)


def _tell_of_ended(asking: dict[int, socket.socket]) -> None:
    for child in list(asking):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            with asking.pop(child) as asks, suppress(OSError):
                asks.send(str(os.waitstatus_to_exitcode(status)).encode())


def _end_all(asking: dict[int, socket.socket]) -> None:
    for child in asking:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os._exit(0)


def _take_over(files: list[int]) -> None:
    asks, out, err = files
    os.close(asks)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, number in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(file, number)
        os.close(file)
    # A file can be gone back in, and what was made for one tries that with a pipe too.
    sys.stdout, sys.stderr = _written_anew(sys.stdout), _written_anew(sys.stderr)


def _written_anew(stream: TextIO) -> TextIO:
    return open(
        stream.fileno(),
        "w",
        buffering=1 if stream is sys.stderr else -1,
        encoding=stream.encoding,
        errors=stream.errors,
        closefd=False,
    )


def _become(request: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(request["variables"])
    time.tzset()
    os.chdir(request["folder"])
    sys.path[0] = os.getcwd()
    kind, what, *rest = request["arguments"]
    if kind == "-m":
        sys.argv = [what, *rest]
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["-c", *rest]
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})


def _load() -> None:
    """What most commands load, the bot, and what every copy of a database looks up first."""
    import bot.app  # noqa: F401
    import storage.copying.writing  # noqa: F401
    from storage.copying.schema import tables_of
    from storage.migrations.upgrade import HEAD

    tables_of(HEAD)
    gc.freeze()


if __name__ == "__main__":
    _load()
    _become(_serve(socket.socket(fileno=int(sys.argv[1]))))
