"""How old the newest of the nightly backups is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.backup.folder import kept
from bot.doctor.database import Looked
from bot.doctor.finding import Finding, advice, fine, unknown, wrong
from bot.settings import Settings

# The longest day, and as long as a night's backup may take.
_OLD = timedelta(hours=26)
_WHY = "Its log says why a backup failed."


def backup(settings: Settings, looked: Looked, now: datetime) -> Finding:
    """By when its file was written, where backups are made by themselves."""
    folder = settings.backup_dir
    if folder is None:
        return advice(
            "none are made by themselves.",
            "Name a folder in BACKUP_DIR, best on another disk, and in BACKUP_TO the key that opens them "
            "(docs/backup.md).",
        )
    try:
        return _newest(folder, kept(folder), now) or _none(folder, looked)
    except FileNotFoundError:
        return _none(folder, looked)
    except PermissionError:
        return unknown(
            f"this user may not read BACKUP_DIR {folder}",
            "Run the doctor as the user that runs the bot.",
        )
    except OSError as error:
        return wrong(
            f"BACKUP_DIR {folder} can't be read: {error.strerror}.",
            "Mend that, or name another folder.",
        )


def _none(folder: Path, looked: Looked) -> Finding:
    found = f"there is none in BACKUP_DIR {folder} yet."
    if not looked.is_begun:
        return advice(found, "The first start makes one.", kept=0)
    return wrong(found, f"Start the bot, which makes one at once. {_WHY}", kept=0)


def _newest(folder: Path, files: list[Path], now: datetime) -> Finding | None:
    if not files:
        return None
    age = now - datetime.fromtimestamp(files[-1].stat().st_mtime, UTC)
    hours = round(age / timedelta(hours=1))
    numbers = {"age_hours": hours, "kept": len(files)}
    if age <= _OLD:
        return fine(f"the newest is {hours} hours old.", **numbers)
    return wrong(
        f"the newest is {hours:,} hours old.",
        f"Is the bot at work, and is there room in {folder}? {_WHY}",
        **numbers,
    )
