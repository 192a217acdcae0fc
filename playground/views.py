"""What the page shows of the world, as JSON: always through the eyes of one person in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playground.chats import ChatKind
from playground.local_times import local_time
from playground.service_lines import service_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from playground.below_field import Key
    from playground.chats import Chat, Message, Topic
    from playground.entities import Entity
    from playground.errors import JSON
    from playground.files import StoredFile
    from playground.keyboards import Button
    from playground.people import Account, Person
    from playground.world import World
    from playground.yard import Yard

SHOWN_MESSAGES = 300
_PREVIEW_LENGTH = 90
_IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8", "image/gif": b"GIF8"}


@dataclass(frozen=True)
class Spot:
    """Who looks, and where: a chat, and in a forum one of its topics."""

    person: Person
    chat: Chat
    topic: Topic | None = None


class Views:
    """Draws the world for the page."""

    def __init__(self, world: World, yard: Yard) -> None:
        self._world = world
        self._yard = yard
        self._zone = ZoneInfo(yard.zone)

    def whole(self, spot: Spot, now: datetime, *, is_turning: bool) -> dict[str, JSON]:
        """Everything the page shows."""
        person, chat = spot.person, spot.chat
        return {
            "now": now.timestamp(),
            "zone": self._yard.zone,
            "turning": is_turning,
            "bot": {"name": self._world.bot.name, "username": self._world.bot.username},
            "person": person.id,
            "people": [self._neighbour(spot, each) for each in self._world.people],
            "chats": [self._entry(person, each) for each in self._chats_of(person)],
            "chat": self._chat(spot),
            "keys": self._keys(spot),
            "menu": [command.json() for command in self._world.menu(person, chat)],
            "messages": [self._message(spot, each, now) for each in self._shown(spot)],
        }

    def _chats_of(self, person: Person) -> list[Chat]:
        groups = [group for group in self._world.groups if group.has(person)]
        return [*groups, self._world.private(person)]

    def _shown(self, spot: Spot) -> list[Message]:
        seen = self._world.visible(spot.person, spot.chat)
        return [message for message in seen if stands_in(message, spot.topic)][-SHOWN_MESSAGES:]

    def _neighbour(self, spot: Spot, person: Person) -> dict[str, JSON]:
        place = next((each for each in self._yard.neighbours if each.person is person), None)
        group = spot.chat if spot.chat.is_group else self._yard.group
        return {
            "id": person.id,
            "name": person.name,
            "language": person.language_code or "",
            "colour": place.colour if place else 0,
            "about": place.about if place else "",
            "role": role_of(group, person),
            "anonymous": group.member(person).is_anonymous,
            "started": person.started,
            "heard": self._last_seen(person, self._world.private(person), None),
        }

    def _entry(self, person: Person, chat: Chat) -> dict[str, JSON]:
        entry: dict[str, JSON] = {
            "id": chat.id,
            "title": chat.title or self._world.bot.name,
            "kind": str(chat.kind),
            "serial": self._last_seen(person, chat, None),
            "preview": self._preview(person, chat),
        }
        if chat.forum:
            entry["topics"] = [
                {
                    "id": topic.thread_id,
                    "name": topic.name,
                    "closed": topic.closed,
                    "serial": self._last_seen(person, chat, topic),
                }
                for topic in chat.topics.values()
            ]
        return entry

    def _chat(self, spot: Spot) -> dict[str, JSON]:
        person, chat = spot.person, spot.chat
        bot = chat.member(self._world.bot)
        pins = [message for message in chat.pins if stands_in(message, spot.topic)]
        return {
            "id": chat.id,
            "topic": spot.topic.thread_id if spot.topic else None,
            "title": chat.title or self._world.bot.name,
            "kind": str(chat.kind),
            "members": sum(member.is_present for member in chat.members.values()),
            "bot": "private" if chat.kind is ChatKind.PRIVATE else str(bot.status),
            "started": person.started,
            "about": self._about(spot),
            "blocked": person.blocked,
            "present": chat.has(person),
            "closed": bool(spot.topic and spot.topic.closed and not chat.is_admin(person)),
            "pins": [{"key": key_of(pin), "text": excerpt(pin)} for pin in pins],
        }

    def _keys(self, spot: Spot) -> list[list[dict[str, JSON]]]:
        """What stands below the field: keys that type their text, or offer chats."""
        keys = spot.chat.keys if spot.chat.person is spot.person else None
        return [[self._key(spot, key) for key in row] for row in (keys.rows if keys else ())]

    def _key(self, spot: Spot, key: Key) -> dict[str, JSON]:
        if key.wanted is None:
            return {"text": key.text}
        offered = self._world.offered(spot.person, key.text)
        return {"text": key.text, "chats": [{"id": c.id, "title": c.title} for c in offered]}

    def _about(self, spot: Spot) -> str:
        """What the bot says of itself where nothing has been said yet."""
        if spot.chat.kind is not ChatKind.PRIVATE:
            return ""
        return self._world.profile.get("description", spot.person.language_code or "")

    def _preview(self, person: Person, chat: Chat) -> str:
        seen = self._world.visible(person, chat)
        if not seen:
            return ""
        last = seen[-1]
        if last.service is not None or not chat.is_group:
            return excerpt(last)
        return f"{shown_name(last)}: {excerpt(last)}"

    def _last_seen(self, person: Person, chat: Chat, topic: Topic | None) -> int:
        """The place in the chat's log of the newest message the person sees there; 0 for none."""
        for serial in range(len(chat.log), 0, -1):
            message = chat.log[serial - 1]
            if stands_in(message, topic) and self._world.can_see(person, message):
                return serial
        return 0

    def _message(self, spot: Spot, message: Message, now: datetime) -> dict[str, JSON]:
        return {
            "key": key_of(message),
            "mine": spot.person in (message.author, message.sender),
            "sender": self._sender(message),
            "time": int(message.date.timestamp()),
            "edited": bool(message.edited),
            "pinned": message.pinned,
            "only": _only(message),
            "service": service_line(message),
            "text": message.text,
            "entities": [self._entity(spot.person, entity, now) for entity in message.entities],
            "reply": _reply(message),
            "forward": _forwarded_from(message),
            "photo": _photo(message.photo),
            "document": _document(message.document),
            "poll": _poll(message),
            "place": _place(message),
            "keyboard": [[_button(button) for button in row] for row in message.keyboard],
        }

    def _sender(self, message: Message) -> dict[str, JSON]:
        place = next(
            (each for each in self._yard.neighbours if each.person is message.sender), None
        )
        is_bot = message.sender is self._world.bot
        return {
            "id": message.sender.id,
            "name": shown_name(message),
            "bot": is_bot,
            "colour": place.colour if place else 0,
            "role": "bot" if is_bot else role_of(message.chat, message.sender),
        }

    def _entity(self, reader: Person, entity: Entity, now: datetime) -> Entity:
        if entity["type"] != "date_time":
            return entity
        shown = local_time(
            entity["unix_time"],
            entity.get("date_time_format", ""),
            language=reader.language_code,
            zone=self._zone,
            now=now,
        )
        return entity | {"shown": shown}


def key_of(message: Message) -> str:
    """The name of a message within its chat, for the page."""
    if message.is_ephemeral:
        return f"e{message.ephemeral_message_id}"
    return str(message.message_id)


def stands_in(message: Message, topic: Topic | None) -> bool:
    """Whether a message belongs to the topic; without one, everything does."""
    if topic is None:
        return True
    return topic.is_general if message.topic is None else message.topic is topic


def role_of(group: Chat, account: Account) -> str:
    """A word for somebody's place in a group; nothing for ordinary members."""
    words = {"creator": "owner", "administrator": "admin", "member": "", "restricted": "restricted"}
    return words.get(group.member(account).status, "not here")


def shown_name(message: Message) -> str:
    """Whoever a client names above the message."""
    return message.sender_chat.title if message.sender_chat else message.sender.name


def excerpt(message: Message) -> str:
    """One line of what a message says."""
    said = message.text or service_line(message) or "".join(_attachments(message))
    line = " ".join(said.split())
    return line if len(line) <= _PREVIEW_LENGTH else f"{line[: _PREVIEW_LENGTH - 1]}…"


def picture_type(file: StoredFile) -> str | None:
    """The type of a picture that a browser may show in place, judged by its first bytes."""
    return next((kind for kind, head in _IMAGES.items() if file.content.startswith(head)), None)


def _attachments(message: Message) -> Iterator[str]:
    if message.photo is not None:
        yield "Photo"
    elif message.document is not None:
        yield message.document.name
    elif message.content.poll is not None:
        yield str(message.content.poll.get("question", "Poll"))
    elif _place(message) is not None:
        yield "Location"


def _only(message: Message) -> str | None:
    return message.receiver.name if message.is_ephemeral and message.receiver else None


def _reply(message: Message) -> dict[str, JSON] | None:
    replied = message.reply_to
    if replied is None or replied.deleted:
        return None
    return {"key": key_of(replied), "name": shown_name(replied), "text": excerpt(replied)}


def _forwarded_from(message: Message) -> str | None:
    origin = message.forward_origin
    if origin is None:
        return None
    if "sender_user" in origin:
        return str(origin["sender_user"]["first_name"])
    if "chat" in origin:
        return str(origin["chat"]["title"])
    return str(origin.get("sender_user_name", "somebody"))


def _photo(file: StoredFile | None) -> dict[str, JSON] | None:
    if file is None:
        return None
    return {"url": f"/api/file/{file.file_path}", "width": file.width, "height": file.height}


def _document(file: StoredFile | None) -> dict[str, JSON] | None:
    if file is None:
        return None
    return {"url": f"/api/file/{file.file_path}", "name": file.name, "size": len(file.content)}


def _poll(message: Message) -> dict[str, JSON] | None:
    poll = message.content.poll
    if poll is None:
        return None
    options = [option.get("text", "") for option in poll.get("options", [])]
    return {"question": poll.get("question", ""), "options": options}


def _place(message: Message) -> str | None:
    """A shared location in degrees."""
    location = (message.content.other or {}).get("location")
    if location is None:
        return None
    return f"{location['latitude']:.4f}, {location['longitude']:.4f}"


def _button(button: Button) -> dict[str, JSON]:
    if button.url is not None:
        return {"text": button.text, "kind": "url", "url": button.url}
    return {"text": button.text, "kind": "callback" if button.callback_data else "other"}
