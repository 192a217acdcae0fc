"""What keeps a backup from being made or opened, said in words."""

from __future__ import annotations


class BackupError(Exception):
    """It can't be made or opened; the message says why and what to do."""


class DamagedBackupError(BackupError):
    """Somebody cut or altered the file, or it never was a backup."""

    def __init__(self, file: object) -> None:
        super().__init__(
            f"{file} is damaged, or no backup of Dvor. Take another backup, or another copy of this one."
        )


class WrongPhraseError(BackupError):
    """This pass phrase doesn't open it."""
