"""A process that the prepared Python has begun, as asyncio tells of those that it begins itself."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tests.prepared_python import LONGEST_ANSWER, PreparedPython


class BegunProcess:
    """Has what the tests ask of an `asyncio.subprocess.Process`."""

    def __init__(
        self,
        line: socket.socket,
        number: int,
        stdout: asyncio.StreamReader,
        stderr: asyncio.StreamReader | None,
    ) -> None:
        self.stdout = stdout
        self.stderr = stderr
        self._number = number
        self._end = asyncio.create_task(_end_told_by(line))

    @property
    def returncode(self) -> int | None:
        return self._end.result() if self._end.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._end)

    def send_signal(self, which: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._number, which)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def communicate(self) -> tuple[bytes, bytes]:
        """What it still says, in both outputs, when it has ended."""
        assert self.stderr is not None
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err


async def begin(
    python: PreparedPython,
    *arguments: str,
    folder: Path,
    variables: Mapping[str, str],
    log: IO[Any] | None = None,
) -> BegunProcess:
    """Begin Python with these arguments, its errors into `log` or else to be read."""
    stdout, out = await _to_be_read()
    stderr, err = (None, log.fileno()) if log else await _to_be_read()
    line = python.begin(*arguments, folder=folder, variables=variables, out=out, err=err)
    os.close(out)
    if log is None:
        os.close(err)
    line.setblocking(False)
    return BegunProcess(line, await _told_by(line), stdout, stderr)


async def _to_be_read() -> tuple[asyncio.StreamReader, int]:
    """A pipe: its one end, and the number of the other."""
    loop = asyncio.get_running_loop()
    ours, theirs = os.pipe()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours, "rb", buffering=0)
    )
    return reader, theirs


async def _told_by(line: socket.socket) -> int:
    return int(await asyncio.get_running_loop().sock_recv(line, LONGEST_ANSWER))


async def _end_told_by(line: socket.socket) -> int:
    with line:
        return await _told_by(line)
