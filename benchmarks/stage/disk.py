"""What a bot asks of the disk: counted, and slowed down, by a few lines of C before its own library."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("disk.c")
_COUNT = struct.Struct("@Q")


@dataclass(frozen=True)
class Disk:
    """The disk of one bot, as `settings` for its process's environment."""

    shim: Path
    file: Path
    milliseconds: int = 0

    @property
    def settings(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.shim),
            "BENCH_SYNCS": str(self.file),
            "BENCH_SYNC_MS": str(self.milliseconds),
        }

    @property
    def syncs(self) -> int:
        """How often it had to be sure so far. On SQLite each commit is one; writing back is some more."""
        number: int = _COUNT.unpack(self.file.read_bytes())[0]
        return number


def watched_disk(folder: Path, milliseconds: int = 0) -> Disk | None:
    """A disk that takes so long each time. None where there is no C compiler, or no Linux."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    shim, file = folder / "disk.so", folder / "syncs"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(shim), str(_SOURCE), "-ldl"]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        return None
    file.write_bytes(_COUNT.pack(0))
    return Disk(shim, file, milliseconds)
