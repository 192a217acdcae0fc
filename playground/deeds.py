"""What people do in chats: write, tap, edit, follow links, block the bot."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playground.chats import Chat, ChatKind, Message
from playground.content import Content
from playground.entities import Formatted, clean, finished
from playground.groups import Groups
from playground.html import parse_html
from playground.links import start_payload
from playground.people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM, Account, Person
from playground.picking import fits, shared
from playground.polls import new_poll
from playground.posting import (
    announce_member,
    bot_hears,
    new_ephemeral,
    new_message,
    post,
    post_service,
)
from playground.posting import delete as take_away
from playground.posting import pin as pin_message
from playground.replies import replied_fields
from playground.roles import Member, Status
from playground.taps import Tap

if TYPE_CHECKING:
    from playground.chats import Topic
    from playground.errors import JSON
    from playground.keyboards import Button


class Deeds(Groups):
    """The part of a world that people write and tap in."""

    def say(
        self,
        chat: Chat,
        person: Person,
        text: str = "",
        *,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        anonymous: bool = False,
        ephemeral: bool | None = None,
        forward_from: Person | str | None = None,
        photo: bytes | None = None,
        document: bytes | None = None,
        file_name: str = "file.txt",
        poll: dict[str, JSON] | None = None,
        other: dict[str, JSON] | None = None,
        link_preview: dict[str, JSON] | None = None,
        quote: str = "",
        reply_to_story: bool = False,
        via_bot: Account | None = None,
        as_channel: bool = False,
        html: bool = False,
    ) -> Message:
        """A person writes; a command marked ephemeral in their menu goes to the bot alone.

        `ephemeral` forces it either way. `forward_from` is the first author, or the name alone
        of one who hides the account. `anonymous` writes in the name of the group, `as_channel`
        in that of the person's channel. With `html` the text is marked as people mark it in their
        clients, written as the Bot API's HTML. `other` is content that the stand-in only carries.
        `quote` is a part of the answered message, which may stand in another chat or topic.
        """
        anonymous = anonymous or chat.member(person).is_anonymous
        self._check_may_write(chat, person, anonymous=anonymous)
        content = replace(
            self._said(text, photo, document, file_name, html=html),
            poll=poll,
            other=other,
            link_preview=link_preview,
        )
        if self._goes_to_bot_alone(chat, person, content, reply_to, ephemeral):
            message = new_ephemeral(self, chat, person, self.bot, content, topic=topic)
        else:
            message = new_message(
                self, chat, person, content, topic=topic or _topic_of(chat, reply_to)
            )
        message.author = person
        message.reply_to, message.via_bot = reply_to, via_bot
        message.reply_fields = replied_fields(message, quote=quote, to_story=reply_to_story)
        if anonymous:
            message.sender, message.sender_chat = GROUP_ANONYMOUS_BOT, chat
        if as_channel:
            message.sender, message.sender_chat = CHANNEL_BOT, self._channel_of(person)
        if forward_from is not None:
            message.forward_origin = self._origin(forward_from)
        return post(self, message)

    def say_album(
        self,
        chat: Chat,
        person: Person,
        photos: Sequence[bytes],
        text: str = "",
        *,
        topic: Topic | None = None,
    ) -> list[Message]:
        """A person sends pictures that belong together; the text stands under the first."""
        album = str(random.getrandbits(53))
        sent: list[Message] = []
        for photo in photos:
            self._check_may_write(chat, person, anonymous=chat.member(person).is_anonymous)
            content = self._said("" if sent else text, photo)
            message = new_message(self, chat, person, content, topic=topic)
            message.author, message.media_group_id = person, album
            sent.append(post(self, message))
        return sent

    def new_poll(
        self, question: str, options: Sequence[str], *, quiz: bool = False
    ) -> dict[str, JSON]:
        """A poll to say."""
        return new_poll(self.next_ephemeral_id(), question, options, quiz=quiz)

    def channel_post(self, group: Chat, text: str) -> Message:
        """A post of the linked channel, forwarded into the group by Telegram itself."""
        message = new_message(self, group, TELEGRAM, self._said(text))
        message.sender_chat = Chat(group.id - 1, ChatKind.CHANNEL, f"{group.title} news")
        message.is_automatic_forward = True
        message.forward_origin = {
            "type": "channel",
            "chat": message.sender_chat.json(),
            "message_id": message.message_id,
            "date": int(message.date.timestamp()),
        }
        return post(self, message)

    def edit(self, chat: Chat, person: Person, message: Message, text: str) -> None:
        """A person changes a message of theirs."""
        if message.author is not person or message.chat is not chat:
            raise ValueError(f"{person.name} didn't write {message!r}")
        message.content = self._said(text)
        message.edited += 1
        message.edit_date = self.clock.now()
        if bot_hears(self, message):
            self.updates.add("edited_message", message.json())
        self.changed()

    def delete(self, message: Message) -> None:
        """Somebody who may takes a message away; the bot hears nothing of it."""
        take_away(self, message)

    def pin(self, person: Person, message: Message) -> None:
        """A person pins a message."""
        pin_message(self, message, person)

    def react(self, person: Person, message: Message, emoji: str | None) -> None:
        """Set or take back a reaction; an administrator bot that asked for it hears of it."""
        old = message.reactions.get(person.id, [])
        new = [emoji] if emoji else []
        message.reactions[person.id] = new
        if message.chat.kind is ChatKind.PRIVATE or message.chat.is_admin(self.bot):
            body = {
                "chat": message.chat.json(),
                "message_id": message.message_id,
                "user": person.json(),
                "date": int(self.clock.now().timestamp()),
                "old_reaction": [{"type": "emoji", "emoji": each} for each in old],
                "new_reaction": [{"type": "emoji", "emoji": each} for each in new],
            }
            self.updates.add("message_reaction", body)
        self.changed()

    def tap(self, person: Person, message: Message, button: str | tuple[int, int]) -> Any:
        """Press a button, named by its text, a unique part of it, or (row, column).

        A callback button gives the Tap, a link button its address: hence no narrower type. Raises
        LookupError where the person can't see the message or there is no such button.
        """
        pressed = self.button(person, message, button)
        if pressed.url is not None:
            return pressed.url
        if pressed.callback_data is None:
            raise LookupError(f"{pressed.text!r} is neither a callback button nor a link")
        return self.tap_data(person, message, pressed.callback_data)

    def tap_data(self, person: Person, message: Message, data: str) -> Tap:
        """Send a tap with any payload, as a forged client could."""
        if not self.can_see(person, message):
            raise LookupError(f"{person.name} doesn't see {message!r}")
        tap = Tap(
            id=str(random.getrandbits(62)),
            person=person,
            message=message,
            data=data,
            pressed_at=self.clock.monotonic(),
        )
        self.taps[tap.id] = tap
        body: dict[str, JSON] = {
            "id": tap.id,
            "from": person.json(),
            "chat_instance": message.chat.instance,
            "message": message.json(),
            "data": data,
        }
        self.updates.add("callback_query", body)
        self.changed()
        return tap

    def button(self, person: Person, message: Message, button: str | tuple[int, int]) -> Button:
        """The button so named, on a message the person sees. Raises LookupError."""
        if not self.can_see(person, message):
            raise LookupError(f"{person.name} doesn't see {message!r}")
        if isinstance(button, tuple):
            row, column = button
            return message.keyboard[row][column]
        exact = [each for each in message.buttons if each.text == button]
        named = exact or [each for each in message.buttons if button in each.text]
        if len(named) != 1:
            texts = [each.text for each in message.buttons]
            raise LookupError(f"{len(named)} buttons named {button!r} among {texts}")
        return named[0]

    def press(self, person: Person, key: str, picked: Chat | None = None) -> Message:
        """Press a key below the field of the private chat, and pick a chat where it asks for one.

        Raises LookupError where there is no such key, or Telegram doesn't offer that chat.
        """
        private = self.private(person)
        keys = private.keys
        found = next((each for each in keys.all() if each.text == key), None) if keys else None
        if keys is None or found is None:
            raise LookupError(f"no key {key!r} below the field of {person.name}")
        if found.wanted is not None and (picked is None or picked not in self.offered(person, key)):
            raise LookupError(f"{person.name} isn't offered {picked!r}")
        if keys.is_one_time:
            private.keys = None
        if found.wanted is None or picked is None:
            return self.say(private, person, key)
        return post_service(self, private, person, {"chat_shared": shared(found.wanted, picked)})

    def offered(self, person: Person, key: str) -> list[Chat]:
        """The chats that a key below the field of the private chat offers to pick from."""
        keys = self.private(person).keys
        found = next((each for each in keys.all() if each.text == key), None) if keys else None
        if found is None or found.wanted is None:
            return []
        return [chat for chat in self.chats.values() if fits(found.wanted, chat, person, self.bot)]

    def start(self, person: Person, payload: str | None = None) -> Message:
        """Open the private chat and press Start."""
        person.started = True
        if person.blocked:
            self.unblock(person)
        return self.say(self.private(person), person, f"/start {payload}" if payload else "/start")

    def open_url(self, person: Person, url: str) -> Message:
        """Follow a link into the bot's private chat and press Start there."""
        payload = start_payload(url, self.bot.username or "")
        if payload is None:
            raise ValueError(f"{url} does not lead to @{self.bot.username}")
        return self.start(person, payload or None)

    def block(self, person: Person) -> None:
        """The person blocks the bot."""
        self._set_blocked(person, blocked=True)

    def unblock(self, person: Person) -> None:
        """The person lets the bot write again."""
        self._set_blocked(person, blocked=False)

    def push(self, raw: dict[str, JSON]) -> int:
        """Queue a raw update, however strange; its id."""
        return self.updates.push(raw)

    def redeliver(self, update_id: int) -> None:
        """Let the server deliver a confirmed update again, as it may after a restart."""
        self.updates.redeliver(update_id)

    def _check_may_write(self, chat: Chat, person: Person, *, anonymous: bool) -> None:
        if chat.upgraded_to is not None or not chat.has(person):
            raise PermissionError(f"{person.name} is not in {chat!r}")
        if not chat.may(person, "can_send_messages"):
            raise PermissionError(f"{person.name} may not write in {chat!r}")
        if chat.seconds_to_wait(person, self.clock.now()) > 0:
            raise PermissionError(f"{person.name} has to wait in {chat!r}: slow mode")
        if anonymous and not chat.is_admin(person):
            raise PermissionError(f"{person.name} is no administrator of {chat!r}")
        if chat.kind is ChatKind.PRIVATE:
            person.started = True

    def _said(
        self,
        text: str,
        photo: bytes | None = None,
        document: bytes | None = None,
        file_name: str = "",
        *,
        html: bool = False,
    ) -> Content:
        said = finished(parse_html(text) if html else Formatted(clean(text)))
        kept_photo = kept_document = None
        if photo is not None:
            kept_photo = self.files.keep(
                photo, folder="photos", name="photo.png", mime_type="image/png"
            )
        if document is not None:
            kept_document = self.files.keep(document, folder="documents", name=file_name)
        return Content(said.text, said.entities, photo=kept_photo, document=kept_document)

    def _goes_to_bot_alone(
        self,
        chat: Chat,
        person: Person,
        content: Content,
        reply_to: Message | None,
        forced: bool | None,
    ) -> bool:
        if not (self.ephemeral_supported and chat.is_group and chat.has(self.bot)):
            return False
        if forced is not None:
            return forced
        if reply_to is not None and reply_to.is_ephemeral:
            return True
        if content.has_media:  # a caption isn't typed into the command's own field
            return False
        name, _, addressed = (content.text.split() or [""])[0].partition("@")
        if not name.startswith("/") or (addressed and addressed != self.bot.username):
            return False
        return any(
            command.is_ephemeral
            for command in self.menu(person, chat)
            if command.command == name[1:]
        )

    def _channel_of(self, person: Person) -> Chat:
        return Chat(
            -1_002_000_000_000 - person.id % 10**9, ChatKind.CHANNEL, f"{person.name} writes"
        )

    def _origin(self, author: Person | str) -> dict[str, JSON]:
        date = int(self.clock.now().timestamp())
        if isinstance(author, str):
            return {"type": "hidden_user", "sender_user_name": author, "date": date}
        return {"type": "user", "sender_user": author.json(), "date": date}

    def _set_blocked(self, person: Person, *, blocked: bool) -> None:
        if person.blocked == blocked:
            return
        chat = self.private(person)
        roles = {True: _bot_role(self.bot, "kicked"), False: _bot_role(self.bot, "member")}
        announce_member(self, chat, person, roles[not blocked], roles[blocked], of_bot=True)
        person.blocked = blocked
        self.changed()


def _bot_role(bot: Account, status: Status) -> dict[str, JSON]:
    return Member(bot, status).json()


def _topic_of(chat: Chat, message: Message | None) -> Topic | None:
    return message.topic if message is not None and message.chat is chat else None
