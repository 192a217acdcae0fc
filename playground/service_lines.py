"""Service messages in words: joins, pins, topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.chats import Message
    from playground.errors import JSON

_QUOTED = 40


def service_line(message: Message) -> str | None:
    """What a client writes in the middle of the chat; None for what somebody said."""
    fields = message.service
    if fields is None:
        return None
    for name, words in _LINES.items():
        if name in fields:
            return words(message, fields[name])
    return next(iter(fields), "something happened").replace("_", " ")


def _joined(message: Message, people: JSON) -> str:
    if [person["id"] for person in people] == [message.sender.id]:
        return f"{message.sender.name} joined the group"
    names = ", ".join(str(person["first_name"]) for person in people)
    return f"{message.sender.name} added {names}"


def _left(message: Message, person: JSON) -> str:
    if person["id"] == message.sender.id:
        return f"{message.sender.name} left the group"
    return f"{message.sender.name} removed {person['first_name']}"


def _pinned(message: Message, pinned: JSON) -> str:
    text = " ".join(str(pinned.get("text") or pinned.get("caption") or "").split())
    quoted = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
    return f"{message.sender.name} pinned {f'“{quoted}”' if text else 'a message'}"


def _topic_opened(message: Message, topic: JSON) -> str:
    return f"{message.sender.name} opened the topic “{topic['name']}”"


_LINES: dict[str, Callable[[Message, JSON], str]] = {
    "new_chat_members": _joined,
    "left_chat_member": _left,
    "pinned_message": _pinned,
    "chat_shared": lambda message, _: f"{message.sender.name} chose a chat",
    "forum_topic_created": _topic_opened,
    "forum_topic_closed": lambda _message, _: "The topic was closed",
    "forum_topic_reopened": lambda _message, _: "The topic was opened again",
    "migrate_to_chat_id": lambda _message, _: "The group became a supergroup",
    "migrate_from_chat_id": lambda _message, _: "The group became a supergroup",
}
