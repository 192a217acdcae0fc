"""Private chats, groups, supergroups and their topics, and the messages that stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from playground.content import Content
from playground.entities import Entity
from playground.files import StoredFile
from playground.keyboards import Button, Keyboard
from playground.roles import ORDINARY_PERMISSIONS, PERMISSIONS, Member

if TYPE_CHECKING:
    from playground.below_field import Keys
    from playground.errors import JSON
    from playground.people import Account, Person

GENERAL_THREAD_ID = 1


class ChatKind(StrEnum):
    """The Bot API's `type` of a chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(eq=False)
class Topic:
    """A forum topic; its id is that of the message which opened it, 1 for General."""

    thread_id: int
    name: str
    icon_color: int = 7322096
    closed: bool = False
    deleted: bool = False

    @property
    def is_general(self) -> bool:
        return self.thread_id == GENERAL_THREAD_ID


@dataclass(eq=False)
class Chat:
    """A place where messages stand; `person` is set for a private chat with the bot."""

    id: int
    kind: ChatKind
    title: str = ""
    person: Person | None = None
    username: str | None = None
    forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    permissions: frozenset[str] = ORDINARY_PERMISSIONS
    pins: list[Message] = field(default_factory=list)
    upgraded_to: Chat | None = None
    protected: bool = False
    """Nobody may copy or forward what is written here."""
    slow_mode: int = 0
    """Seconds between two messages of a member who is no administrator."""
    reactions: frozenset[str] | None = None
    """The emoji to react with that its administrators allow; None for all."""
    log: list[Message] = field(default_factory=list)
    """Everything ever written here, ephemeral and deleted messages included."""
    by_id: dict[int, Message] = field(default_factory=dict)
    """Ordinary, undeleted messages."""
    last_message_id: int = 0
    keys: Keys | None = None
    """What stands below the field in which one types."""

    @property
    def messages(self) -> list[Message]:
        """Ordinary, undeleted messages in order."""
        return [message for message in self.log if message.is_ordinary]

    @property
    def is_group(self) -> bool:
        return self.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP)

    @property
    def general(self) -> Topic:
        """The topic for whatever stands in no other."""
        return self.topics[GENERAL_THREAD_ID]

    @property
    def instance(self) -> str:
        """The `chat_instance` of taps made here."""
        return str(-(abs(self.id) * 2654435761 % 2**62))

    def member(self, account: Account) -> Member:
        """The account's place here; someone never seen has left."""
        return self.members.get(account.id) or Member(account, "left")

    def has(self, account: Account) -> bool:
        """Whether the account is here now."""
        if self.kind is ChatKind.PRIVATE:
            return True if account.is_bot else account is self.person
        return self.member(account).is_present

    def is_admin(self, account: Account) -> bool:
        return self.member(account).is_admin

    def may(self, account: Account, permission: str) -> bool:
        """Whether the account may do what members are permitted by default or one by one."""
        member = self.member(account)
        if self.kind is ChatKind.PRIVATE or member.status == "creator":
            return True
        if member.status == "restricted":
            return permission in member.rights
        if member.is_admin and (permission in member.rights or permission.startswith("can_send_")):
            return True
        return member.is_present and permission in self.permissions

    def seconds_to_wait(self, account: Account, now: datetime) -> float:
        """How long slow mode keeps the account silent still; 0 where it may write."""
        if not (self.slow_mode and self.is_group) or self.is_admin(account):
            return 0.0
        said = (m.date for m in reversed(self.log) if m.author_or_sender is account and m.counts)
        latest = next(said, None)
        passed = (now - latest).total_seconds() if latest is not None else self.slow_mode
        return max(0.0, self.slow_mode - passed)

    def json(self) -> dict[str, JSON]:
        """A Bot API `Chat`."""
        fields: dict[str, JSON] = {"id": self.id, "type": str(self.kind)}
        if self.person is not None:
            fields |= {
                "first_name": self.person.first_name,
                "last_name": self.person.last_name,
                "username": self.person.username,
            }
        else:
            fields |= {"title": self.title, "username": self.username}
            if self.kind is ChatKind.GROUP:
                fields["all_members_are_administrators"] = False
                fields["accepted_gift_types"] = _NO_GIFTS
        if self.forum:
            fields["is_forum"] = True
        return {key: value for key, value in fields.items() if value is not None}

    def full_json(self) -> dict[str, JSON]:
        """A Bot API `ChatFullInfo`, the pinned message aside."""
        fields = self.json() | {
            "accent_color_id": abs(self.id) % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": _NO_GIFTS,
        }
        if self.is_group:
            fields["permissions"] = {name: name in self.permissions for name in PERMISSIONS}
        if self.kind is ChatKind.SUPERGROUP:
            fields["join_to_send_messages"] = True
        return fields

    def __repr__(self) -> str:
        return f"<Chat {self.person.name if self.person else self.title}>"


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


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
    reply_fields: dict[str, JSON] = field(default_factory=dict)
    """What else the Bot API tells of that one: `quote`, `external_reply`, `reply_to_story`."""
    via_bot: Account | None = None
    """The inline bot that wrote the text."""
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
    def author_or_sender(self) -> Account:
        """Whoever really wrote it."""
        return self.author or self.sender

    @property
    def counts(self) -> bool:
        """Whether slow mode counts it."""
        return not self.is_ephemeral and self.service is None

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
        if self.via_bot is not None:
            fields["via_bot"] = self.via_bot.json()
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
        if with_reply:
            fields |= self.reply_fields
        replied = self._replied() if with_reply else None
        if replied is not None:
            fields["reply_to_message"] = replied.json(with_reply=False)
        return fields

    def _replied(self) -> Message | None:
        if self.reply_to is not None and "external_reply" not in self.reply_fields:
            return None if self.reply_to.deleted else self.reply_to
        if self.topic is None or self.topic.is_general:
            return None
        # A message that stands in a topic counts as a reply to the message that opened it.
        opening = self.chat.by_id.get(self.topic.thread_id)
        return None if opening is self else opening

    def __repr__(self) -> str:
        name = self.ephemeral_message_id if self.is_ephemeral else self.message_id
        return f"<Message {name} {self.sender.name}: {self.text!r}>"
