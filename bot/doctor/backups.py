"""How old the newest of the nightly backups is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.doctor.finding import Finding, advice, fine, unknown, wrong
from bot.settings import Settings

_FILES = "dvor-*.age"
# A day, and as long as a night's backup may take.
_OLD = timedelta(hours=26)


def backup(settings: Settings, now: datetime) -> Finding:
    """By when its file was last written, where backups are made by themselves."""
    folder = _folder(settings)
    if folder is None:
        return advice(
            "none are made by themselves.",
            "Name a folder in BACKUP_DIR, best on another disk, and an hour in BACKUP_AT (docs/backup.md).",
        )
    return newest_in(folder, now)


def newest_in(folder: Path, now: datetime) -> Finding:
    """How old the newest backup in a folder is."""
    try:
        written = [file.stat().st_mtime for file in folder.iterdir() if file.match(_FILES)]
    except FileNotFoundError:
        written = []
    except OSError as error:
        return unknown(
            f"BACKUP_DIR {folder} can't be read ({error.strerror})",
            "Run the doctor as the user that runs the bot.",
        )
    if not written:
        return wrong(f"there is none in BACKUP_DIR {folder} yet.", "The command backup makes one.")
    age = now - datetime.fromtimestamp(max(written), UTC)
    hours = round(age / timedelta(hours=1))
    numbers = {"age_hours": hours, "kept": len(written)}
    if age <= _OLD:
        return fine(f"the newest is {hours} hours old.", **numbers)
    return wrong(
        f"the newest is {hours:,} hours old.",
        "Is the bot at work, and is there room in BACKUP_DIR? Its log says why a backup failed.",
        **numbers,
    )


def _folder(settings: Settings) -> Path | None:
    folder: Path | None = getattr(settings, "backup_dir", None)
    return folder
