"""Why a database isn't copied, or isn't copied into."""

from __future__ import annotations


class CopyingError(Exception):
    """Nothing was copied: the database that it was to go into is as it was. The message says why."""


class NotEmptyError(CopyingError):
    """There are rows in the database already."""


class UnfitRowsError(CopyingError):
    """A table has rows, or columns, that can't be copied."""


class LostRowsError(CopyingError):
    """A table would have more or fewer rows than it had."""
