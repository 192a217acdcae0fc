"""What people do to groups: make, join, leave, upgrade them, give rights, open topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from playground.chats import GENERAL_THREAD_ID, Chat, ChatKind, Topic
from playground.content import Content
from playground.people import GROUP_ANONYMOUS_BOT, Account, Person
from playground.posting import announce_member, new_message, post, post_service
from playground.roles import ADMIN_RIGHTS, PERMISSIONS, USUAL_RIGHTS, Member
from playground.state import WorldState

if TYPE_CHECKING:
    from collections.abc import Iterable


class Groups(WorldState):
    """The part of a world that concerns groups and roles."""

    def add_person(
        self,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "en",
    ) -> Person:
        """A new neighbour, who has not started the bot."""
        person = Person(self.next_person_id(), first_name, last_name, username, language)
        self.people.append(person)
        self.changed()
        return person

    def add_group(
        self,
        title: str,
        creator: Person,
        kind: Literal["group", "supergroup"] = "supergroup",
        *,
        forum: bool = False,
        members: Iterable[Person] = (),
        username: str | None = None,
    ) -> Chat:
        """A new group, without the bot. A forum is always a supergroup."""
        chat_kind = ChatKind.SUPERGROUP if forum else ChatKind(kind)
        chat = Chat(self.next_chat_id(chat_kind), chat_kind, title, username=username, forum=forum)
        if forum:
            chat.topics[GENERAL_THREAD_ID] = Topic(GENERAL_THREAD_ID, "General")
        if chat_kind is ChatKind.SUPERGROUP:
            # Its first message says that it was made; General goes by that number.
            chat.last_message_id = GENERAL_THREAD_ID
        chat.members[creator.id] = Member(creator, "creator")
        for person in members:
            chat.members.setdefault(person.id, Member(person, "member"))
        self.chats[chat.id] = chat
        self.changed()
        return chat

    def add_bot(self, group: Chat, by: Person, **rights: bool) -> None:
        """Add the bot, as an administrator where rights are named."""
        self._set_role(group, Member(self.bot, "member"), by)
        post_service(self, group, by, {"new_chat_members": [self.bot.json()]})
        if rights:
            self.promote(group, self.bot, by, **rights)

    def join(self, group: Chat, who: Person, by: Person | None = None) -> None:
        """A person joins by a link, or is added by another."""
        adder = by or who
        self._set_role(group, Member(who, "member"), adder)
        post_service(self, group, adder, {"new_chat_members": [who.json()]})

    def leave(self, group: Chat, who: Account) -> None:
        """A person or the bot leaves of its own will."""
        self._part(group, Member(who, "left"), who)

    def kick(self, group: Chat, who: Account, by: Person) -> None:
        """Remove and ban a person or the bot."""
        self._part(group, Member(who, "kicked"), by)

    def promote(
        self,
        group: Chat,
        who: Account,
        by: Account,
        *,
        is_anonymous: bool = False,
        **rights: bool,
    ) -> None:
        """Make an administrator with exactly these rights; with the usual ones if none is named."""
        unknown = set(rights) - set(ADMIN_RIGHTS)
        if unknown:
            raise ValueError(f"no such administrator's rights: {', '.join(sorted(unknown))}")
        granted = frozenset(name for name, given in rights.items() if given)
        chosen = granted | {"can_manage_chat"} if rights else USUAL_RIGHTS
        if not group.forum:
            chosen -= {"can_manage_topics"}
        member = Member(who, "administrator", chosen, is_anonymous)
        self._set_role(group, member, by)

    def demote(self, group: Chat, who: Account, by: Account) -> None:
        """Make an ordinary member of an administrator."""
        self._set_role(group, Member(who, "member"), by)

    def restrict(self, group: Chat, who: Account, by: Account, **permissions: bool) -> None:
        """Leave somebody exactly these permissions, such as can_send_messages."""
        kept = frozenset(name for name, given in permissions.items() if given)
        self._set_role(group, Member(who, "restricted", kept), by)

    def set_bot_rights(self, group: Chat, by: Account, **rights: bool) -> None:
        """Make the bot an administrator with exactly these rights."""
        self.promote(group, self.bot, by, **rights)

    def set_anonymous(self, group: Chat, who: Person, anonymous: bool = True) -> None:
        """Let an administrator or the creator write in the group's name."""
        group.member(who).is_anonymous = anonymous
        self.changed()

    def set_permissions(self, group: Chat, **permissions: bool) -> None:
        """Change what ordinary members may do."""
        for name, given in permissions.items():
            if name not in PERMISSIONS:
                raise ValueError(f"no such permission: {name}")
            group.permissions = group.permissions | {name} if given else group.permissions - {name}
        self.changed()

    def add_topic(self, group: Chat, name: str, by: Account) -> Topic:
        """Open a forum topic."""
        fields = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        opening = new_message(self, group, by, Content(service=fields))
        topic = Topic(opening.message_id, name)
        opening.topic = topic
        group.topics[topic.thread_id] = topic
        post(self, opening)
        return topic

    def close_topic(self, group: Chat, topic: Topic, by: Account | None = None) -> None:
        """Only administrators write in a closed topic."""
        topic.closed = True
        by = by or self.creator(group)
        post_service(self, group, by, {"forum_topic_closed": {}}, topic=topic)

    def reopen_topic(self, group: Chat, topic: Topic, by: Account | None = None) -> None:
        """Everyone may write in it again."""
        topic.closed = False
        by = by or self.creator(group)
        post_service(self, group, by, {"forum_topic_reopened": {}}, topic=topic)

    def delete_topic(self, group: Chat, topic: Topic) -> None:
        """The topic and all its messages are gone; the Bot API tells nobody."""
        topic.deleted = True
        del group.topics[topic.thread_id]
        for message in group.log:
            if message.topic is topic:
                message.deleted = True
                group.by_id.pop(message.message_id, None)
        group.pins = [message for message in group.pins if not message.deleted]
        self.changed()

    def creator(self, group: Chat) -> Account:
        """Whoever owns the group."""
        return next(m.account for m in group.members.values() if m.status == "creator")

    def migrate(self, group: Chat, order: Literal["from_first", "to_first"] = "to_first") -> Chat:
        """Turn a basic group into a supergroup with a new id; the old one becomes a shell.

        Two service messages tell of it: migrate_to_chat_id in the old chat and migrate_from_chat_id
        in the new one, in the chosen order.
        """
        if group.kind is not ChatKind.GROUP:
            raise ValueError(f"{group.title} is a supergroup already")
        new = Chat(self.next_chat_id(ChatKind.SUPERGROUP), ChatKind.SUPERGROUP, group.title)
        new.members = dict(group.members)
        new.permissions = group.permissions
        self.chats[new.id] = new
        to_new = new_message(
            self, group, self.creator(group), Content(service={"migrate_to_chat_id": new.id})
        )
        from_old = new_message(
            self, new, GROUP_ANONYMOUS_BOT, Content(service={"migrate_from_chat_id": group.id})
        )
        from_old.sender_chat = new
        told = [from_old, to_new] if order == "from_first" else [to_new, from_old]
        for message in told:
            post(self, message)
        group.upgraded_to = new
        self.changed()
        return new

    def _part(self, group: Chat, member: Member, by: Account) -> None:
        was_present = group.has(member.account)
        is_bot = member.account is self.bot
        fields = {"left_chat_member": member.account.json()}
        if is_bot and group.kind is ChatKind.SUPERGROUP:
            # A bot removed from a supergroup hears of it by my_chat_member alone.
            self._set_role(group, member, by)
            post_service(self, group, by, fields)
            return
        if was_present:
            post_service(self, group, by, fields)
        self._set_role(group, member, by)

    def _set_role(self, group: Chat, member: Member, by: Account) -> None:
        old = group.member(member.account)
        group.members[member.account.id] = member
        is_bot = member.account is self.bot
        announce_member(self, group, by, old.json(), member.json(), of_bot=is_bot)
        self.changed()
