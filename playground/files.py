"""Files that people and the bot send: kept in memory, named as Telegram names them."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.errors import JSON


@dataclass(frozen=True)
class StoredFile:
    """A file on the server; `file_path` is what getFile answers."""

    file_id: str
    unique_id: str
    file_path: str
    name: str
    mime_type: str
    content: bytes
    width: int = 0
    height: int = 0

    def json(self) -> dict[str, JSON]:
        """The fields every kind of file shares."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def document_json(self) -> dict[str, JSON]:
        """A Bot API `Document`."""
        return self.json() | {"file_name": self.name, "mime_type": self.mime_type}

    def photo_json(self) -> list[dict[str, JSON]]:
        """A list of Bot API `PhotoSize`: one size is enough here."""
        return [self.json() | {"width": self.width, "height": self.height}]


class FileStore:
    """All files of a world, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(
        self, content: bytes, *, folder: str, name: str, mime_type: str = "application/octet-stream"
    ) -> StoredFile:
        """Store a file under `folder` ("photos" or "documents")."""
        digest = hashlib.sha256(content + name.encode()).hexdigest()
        number = len(self._by_id) + 1
        width, height = picture_size(content) or (0, 0)
        extension = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            file_id=f"AgACAgIAAxk{number:06d}{digest[:40]}",
            unique_id=f"AQAD{digest[:12]}",
            file_path=f"{folder}/file_{number}.{extension}",
            name=name,
            mime_type=mime_type,
            content=content,
            width=width,
            height=height,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.file_path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file a bot names by its id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file behind a download address."""
        return self._by_path.get(path)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG, or None where the bytes are no such picture."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        # The start-of-frame markers, without the tables that share their range.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        (length,) = struct.unpack(">H", content[position + 2 : position + 4])
        position += 2 + length
    return None
