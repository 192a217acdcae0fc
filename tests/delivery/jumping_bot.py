"""The bot on a machine whose clock somebody sets: `python -m tests.delivery.jumping_bot FILE`.

The file says by how many hours it is wrong; it may change at any moment.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.clock import SystemClock
from bot.safety.logs import configure_logging
from bot.settings import load_settings


class WrongClock(SystemClock):
    """The machine's clock; its seconds pass as they should."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return super().now() + timedelta(hours=float(self._file.read_text()))


def set_wrong(file: Path, hours: float) -> None:
    """Set the clock that goes by this file, at once."""
    draft = file.with_suffix(".new")
    draft.write_text(str(hours))
    draft.replace(file)


async def main(file: Path) -> None:
    settings = load_settings()
    configure_logging(settings.log_level)
    app = App(settings, WrongClock(file))
    await app.run(lambda _username: print("at work", flush=True))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
