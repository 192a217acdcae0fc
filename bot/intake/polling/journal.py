"""Which updates were in hand when a process ended, so that one that kills it is known the second time."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Collection
from pathlib import Path

logger = logging.getLogger(__name__)

MOST_DEATHS = 2
# A write within the first page of a file is done whole or not at all, also by a process that is killed in it.
_PAGE = 4096


class Journal:
    """A small file beside the database with update numbers and nothing else.

    Only a death at which an update was alone in hand is held against it: a machine that loses its power
    twice in a busy minute must not cost anybody their tap. The file isn't synced: it must outlive the
    process, not the machine. Where it can't be read or written, the log says so and updates are taken all
    the same.

    It is written with each batch of updates, so it stays open and is overwritten in place, blanks over what
    was longer. What is more than a page takes the file's place whole.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        # How often the process died with nothing else in hand; 0 for one in a crowd.
        self._deaths = self._read()
        self._is_written = True
        self._descriptor: int | None = None
        # What lies in the file.
        self._text: bytes | None = None

    @property
    def is_suspicious(self) -> bool:
        """The last process ended with updates in hand."""
        return bool(self._deaths)

    def is_deadly(self, update_id: int) -> bool:
        """Whether this update stopped the process too often to be tried again."""
        return self._deaths.get(update_id, 0) >= MOST_DEATHS

    def hold(self, update_ids: Collection[int]) -> None:
        """These, and no others, are in hand now; earlier deaths are carried along."""
        alone = 1 if len(update_ids) == 1 else 0
        in_hand = {i: self._deaths.get(i, 0) + alone for i in update_ids}
        self._write({**self._deaths, **in_hand})

    def forgive(self, update_id: int) -> None:
        """This one is done and nobody died."""
        self._deaths.pop(update_id, None)

    def forgive_all_but(self, update_ids: Collection[int]) -> None:
        """Telegram delivers what wasn't confirmed first of all; what isn't among it never comes again."""
        self._deaths = {i: n for i, n in self._deaths.items() if i in update_ids}

    def _read(self) -> dict[int, int]:
        try:
            entries = json.loads(self._file.read_text())
            return {int(update_id): int(deaths) for update_id, deaths in entries.items()}
        except FileNotFoundError:
            return {}
        except OSError as error:
            reason = error.strerror
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            reason = "it is damaged"
        logger.warning("%s can't be read (%s); going on without it", self._file, reason)
        return {}

    def close(self) -> None:
        self._text = None
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, entries: dict[int, int]) -> None:
        text = json.dumps(entries).encode()
        if text == self._text:
            return
        try:
            self._put(text)
        except OSError as error:
            self.close()
            if self._is_written:
                logger.warning(
                    "%s can't be written (%s): an update that stops the bot won't be known again",
                    self._file,
                    error.strerror,
                )
            self._is_written = False
        else:
            self._text = text
            self._is_written = True

    def _put(self, text: bytes) -> None:
        descriptor = self._opened()
        whole = text.ljust(os.fstat(descriptor).st_size)
        if len(whole) <= _PAGE:
            os.pwrite(descriptor, whole, 0)
            return
        self.close()
        new = self._file.with_suffix(".new")
        new.write_bytes(text)
        new.replace(self._file)

    def _opened(self) -> int:
        """The file where it lies now: somebody may have put it away."""
        if self._descriptor is not None:
            try:
                if os.path.samestat(self._file.stat(), os.fstat(self._descriptor)):
                    return self._descriptor
            except FileNotFoundError:
                pass
            self.close()
        self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o666)
        return self._descriptor
