"""Telegram's own numbers of files that it has: what is sent again needn't travel again. In memory only."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from telegram import Message

from bot.message.face import Attachment

_MOST = 256


class SentFiles:
    """Knows the latest files by a digest of what they are; the files themselves aren't kept.

    Source: core.telegram.org/bots/api#sending-files.
    """

    def __init__(self) -> None:
        self._ids: OrderedDict[bytes, str] = OrderedDict()

    def find(self, file: Attachment) -> str | None:
        """Telegram's number of this file, where it has it."""
        key = _digest(file)
        if key in self._ids:
            self._ids.move_to_end(key)
        return self._ids.get(key)

    def note(self, file: Attachment, message: Message) -> None:
        """This message carries it."""
        photo, document = message.photo, message.document
        if file.is_picture and photo:
            self._ids[_digest(file)] = photo[-1].file_id
        elif not file.is_picture and document is not None:
            self._ids[_digest(file)] = document.file_id
        while len(self._ids) > _MOST:
            self._ids.popitem(last=False)

    def forget(self, file: Attachment) -> None:
        """Telegram knows the number no longer."""
        self._ids.pop(_digest(file), None)


def _digest(file: Attachment) -> bytes:
    # The name is Telegram's too: a file comes back under the one it was sent by.
    said = f"{file.is_picture}:{file.filename}:".encode()
    return hashlib.sha256(said + file.drawn()).digest()
