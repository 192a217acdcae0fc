"""Messages, and how the Bot API tells of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.keyboards import Button, Keyboard, keyboard_json

if TYPE_CHECKING:
    from datetime import datetime

    from playground.chats import Chat, Topic
    from playground.entities import Entity
    from playground.errors import JSON
    from playground.files import StoredFile
    from playground.people import Account, Person


@dataclass(frozen=True)
class Content:
    """What a message says: its text (or caption), markings, keyboard and attachment."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    html: str | None = None
    """The source, where the bot sent HTML."""
    keyboard: Keyboard = field(default_factory=list)
    photo: StoredFile | None = None
    document: StoredFile | None = None
    poll: dict[str, JSON] | None = None
    service: dict[str, JSON] | None = None
    """The fields of a service message, as the Bot API names them."""

    @property
    def has_media(self) -> bool:
        return self.photo is not None or self.document is not None

    def json(self) -> dict[str, JSON]:
        """The content's fields of a Bot API `Message`."""
        fields: dict[str, JSON] = dict(self.service or {})
        if self.photo is not None:
            fields["photo"] = self.photo.photo_json()
        if self.document is not None:
            fields["document"] = self.document.document_json()
        if self.poll is not None:
            fields["poll"] = self.poll
        if self.text:
            words, marks = (
                ("caption", "caption_entities") if self.has_media else ("text", "entities")
            )
            fields[words] = self.text
            if self.entities:
                fields[marks] = self.entities
        if self.keyboard:
            fields["reply_markup"] = keyboard_json(self.keyboard)
        return fields


@dataclass(eq=False)
class Message:
    """One message. An ephemeral one has message_id 0, its own id and a `receiver`."""

    message_id: int
    chat: Chat
    sender: Account
    """Whoever the Bot API names: an anonymous administrator is GROUP_ANONYMOUS_BOT here."""
    date: datetime
    content: Content
    author: Account | None = None
    """The person behind an anonymous message; the Bot API never tells."""
    sender_chat: Chat | None = None
    topic: Topic | None = None
    reply_to: Message | None = None
    forward_origin: dict[str, JSON] | None = None
    is_automatic_forward: bool = False
    media_group_id: str | None = None
    ephemeral_message_id: int | None = None
    receiver: Account | None = None
    replaces: Message | None = None
    """The message in whose place its receiver sees this one."""
    lost: bool = False
    """Accepted by the server, never shown."""
    pinned: bool = False
    edited: int = 0
    edit_date: datetime | None = None
    deleted: bool = False
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text or caption, without markup."""
        return self.content.text

    @property
    def html(self) -> str | None:
        return self.content.html

    @property
    def entities(self) -> list[Entity]:
        return self.content.entities

    @property
    def keyboard(self) -> Keyboard:
        return self.content.keyboard

    @property
    def photo(self) -> StoredFile | None:
        return self.content.photo

    @property
    def document(self) -> StoredFile | None:
        return self.content.document

    @property
    def service(self) -> dict[str, JSON] | None:
        return self.content.service

    @property
    def is_ephemeral(self) -> bool:
        return self.ephemeral_message_id is not None

    @property
    def is_ordinary(self) -> bool:
        """In the chat, for all of it to see."""
        return not self.is_ephemeral and not self.deleted

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row after row."""
        return [button for row in self.keyboard for button in row]

    def json(self, *, with_reply: bool = True) -> dict[str, JSON]:
        """A Bot API `Message`."""
        fields: dict[str, JSON] = {
            "message_id": self.message_id,
            "from": self.sender.json(),
            "chat": self.chat.json(),
            "date": int(self.date.timestamp()),
        }
        if self.sender_chat is not None:
            fields["sender_chat"] = self.sender_chat.json()
        if self.is_ephemeral:
            fields["ephemeral_message_id"] = self.ephemeral_message_id
        if self.receiver is not None:
            fields["receiver_user"] = self.receiver.json()
        if self.topic is not None and not self.topic.is_general:
            fields |= {"message_thread_id": self.topic.thread_id, "is_topic_message": True}
        if self.edit_date is not None:
            fields["edit_date"] = int(self.edit_date.timestamp())
        if self.forward_origin is not None:
            fields["forward_origin"] = self.forward_origin
        if self.is_automatic_forward:
            fields["is_automatic_forward"] = True
        if self.chat.protected:
            fields["has_protected_content"] = True
        if self.media_group_id is not None:
            fields["media_group_id"] = self.media_group_id
        fields |= self.content.json()
        replied = self._replied() if with_reply else None
        if replied is not None:
            fields["reply_to_message"] = replied.json(with_reply=False)
        return fields

    def _replied(self) -> Message | None:
        if self.reply_to is not None:
            return None if self.reply_to.deleted else self.reply_to
        if self.topic is None or self.topic.is_general:
            return None
        # A message that stands in a topic counts as a reply to the message that opened it.
        opening = self.chat.by_id.get(self.topic.thread_id)
        return None if opening is self else opening

    def __repr__(self) -> str:
        name = self.ephemeral_message_id if self.is_ephemeral else self.message_id
        return f"<Message {name} {self.sender.name}: {self.text!r}>"


@dataclass(frozen=True)
class CallbackAnswer:
    """What the tapping person's client showed or opened."""

    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass(eq=False)
class Tap:
    """A press on a callback button; `pressed_at` is the clock's monotonic time."""

    id: str
    person: Person
    message: Message
    data: str
    pressed_at: float
    answer: CallbackAnswer | None = None
