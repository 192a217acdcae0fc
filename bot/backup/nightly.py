"""A backup each night, made by a process of its own: it takes nothing from whoever taps meanwhile."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.backup.folder import file_of, keep_newest
from bot.clock import Clock
from bot.intake.alarms import Alarms
from bot.safety.logs import report_fault
from bot.settings import Settings
from storage.duty import Duty

logger = logging.getLogger(__name__)

_EVERY = timedelta(hours=1)
_NICENESS = 10


class NightlyBackupError(Exception):
    """Tonight's backup couldn't be made; the message says why."""


class Nightly:
    """Makes tonight's backup at BACKUP_AT; later where the bot was away then, and tries again each hour where
    something keeps it from being made."""

    def __init__(self, settings: Settings, clock: Clock, duty: Duty, alarms: Alarms) -> None:
        """Of several processes only the one on `duty` makes it."""
        self._settings = settings
        self._zone = ZoneInfo(settings.default_timezone)
        self._clock = clock
        self._duty = duty
        self._alarms = alarms
        self._failed_on: date | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, where there is a BACKUP_DIR."""
        if self._settings.backup_dir is not None:
            night_by_night = self._run(self._settings.backup_dir)
            self._task = asyncio.create_task(night_by_night, name="nightly backups")

    async def stop(self) -> None:
        """Stop, and leave one that is being made undone: the next start makes it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self, folder: Path) -> None:
        while True:
            if await self._duty.is_mine():
                await self._make_if_due(folder)
            await self._clock.sleep(min(_EVERY, self._until_next()).total_seconds())

    def _due(self) -> datetime:
        """When the last backup was to be made, on the wall."""
        now = self._clock.now().astimezone(self._zone).replace(tzinfo=None)
        today = datetime.combine(now, self._settings.backup_at)
        return today if today <= now else today - timedelta(days=1)

    def _until_next(self) -> timedelta:
        following = (self._due() + timedelta(days=1)).replace(tzinfo=self._zone)
        return max(following - self._clock.now(), timedelta(seconds=1))

    async def _make_if_due(self, folder: Path) -> None:
        night = self._due().date()
        file = file_of(folder, night)
        try:
            if not await asyncio.to_thread(file.exists):
                await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
                await self._make(file)
                await asyncio.to_thread(keep_newest, file, self._settings.backup_keep)
                logger.info("a backup was made")
        except Exception as error:  # whatever it was, there are more nights
            self._tell(error, night)

    async def _make(self, file: Path) -> None:
        making = await asyncio.create_subprocess_exec(
            sys.executable,
            # In place of one by a process that outlived a bot that was killed.
            *("-m", "bot", "backup", "--force", str(file)),
            env={**os.environ, **_as_environment(self._settings)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for the bot, which ends this
        )
        try:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, making.pid, _NICENESS)
            _, said = await making.communicate()
        finally:
            if making.returncode is None:
                making.kill()
                await making.wait()
        if making.returncode != 0:
            last_line = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise NightlyBackupError(last_line or f"it ended with {making.returncode}")

    def _tell(self, error: Exception, night: date) -> None:
        """The operators once a night; the log each time."""
        what = "tonight's backup couldn't be made, which is tried again in an hour"
        if isinstance(error, NightlyBackupError):
            what = f"{what}: {error}"
        error_id = report_fault(logger, what, error)
        if self._failed_on != night:
            self._failed_on = night
            self._alarms.sound(error, error_id)


def _as_environment(settings: Settings) -> dict[str, str]:
    """What the command must find as this process did. It needs no token, and may find none any more where
    that came from a pipe or from a stick."""
    return {
        "BOT_TOKEN": "",
        "BOT_TOKEN_FILE": "",
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "KEY_FILE": str(settings.key_file),
        "HEADS_FILE": str(settings.heads_file),
        "BACKUP_TO": ",".join(settings.backup_to),
    }
