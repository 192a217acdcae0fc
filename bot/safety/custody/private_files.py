"""Whether others on this machine could read what is secret."""

from __future__ import annotations

import logging
import os
import shlex
import stat
from pathlib import Path

logger = logging.getLogger(__name__)

_READ = stat.S_IRGRP | stat.S_IROTH
_ENTER = stat.S_IXGRP | stat.S_IXOTH


def why_not_private(file: Path) -> str | None:
    """Return what to do about a file that others may read; None where they can't, or nothing can be done.

    Nothing can where somebody else put it there for us, such as a container's secret or a service's
    credential; then the log says that everybody may read it, if that is so.
    """
    try:
        if not _can_be_read_by_others(file):
            return None
        status, is_fixed = file.stat(), os.statvfs(file).f_flag & os.ST_RDONLY
    except OSError:
        return None  # whoever opens it says why it can't be
    if status.st_uid == os.geteuid() and not is_fixed:
        return f"{file} may be read by others on this machine. Type: chmod 600 {shlex.quote(str(file))}"
    if status.st_mode & stat.S_IROTH:
        logger.warning("%s may be read by everybody on this machine", file)
    return None


def warn_if_open(file: Path) -> None:
    """Say in the log how to keep others on this machine from reading a file of ours."""
    problem = why_not_private(file)
    if problem is not None:
        logger.warning("%s", problem)


def _can_be_read_by_others(file: Path) -> bool:
    """Whether its mode lets them, and that of its folder; pipes are nobody else's. Raises `OSError`."""
    mode, folder = file.stat().st_mode, file.resolve().parent.stat().st_mode
    return bool(stat.S_ISREG(mode) and mode & _READ and folder & _ENTER)
