"""Private chats, groups, supergroups and their topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from playground.roles import ORDINARY_PERMISSIONS, PERMISSIONS, Member

if TYPE_CHECKING:
    from playground.errors import JSON
    from playground.messages import Message
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
    log: list[Message] = field(default_factory=list)
    """Everything ever written here, ephemeral and deleted messages included."""
    by_id: dict[int, Message] = field(default_factory=dict)
    """Ordinary, undeleted messages."""
    last_message_id: int = 0

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
