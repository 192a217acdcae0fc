"""Links to messages of supergroups: https://t.me/c/1234567890/55, with a topic's id in between.

Source: core.telegram.org/api/links, "Private message links".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.chats import Chat

_PATH = re.compile(r"^/c/([0-9]{1,15})(?:/[0-9]{1,10})?/([0-9]{1,10})/?\Z")
_HOSTS = ("t.me", "telegram.me")


def linked_message(address: str, chats: Iterable[Chat]) -> tuple[Chat, int] | None:
    """The chat and the message's id that a link names; None for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    match = _PATH.match(parts.path)
    if parts.hostname not in _HOSTS or match is None:
        return None
    chat_id = int(f"-100{match[1]}")
    chat = next((chat for chat in chats if chat.id == chat_id), None)
    return (chat, int(match[2])) if chat is not None else None
