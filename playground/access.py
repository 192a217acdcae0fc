"""Which chats, topics and messages the bot may reach, and with which words it is turned away."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.chats import GENERAL_THREAD_ID, Chat, ChatKind
from playground.errors import ApiError, bad_request, forbidden, too_many_requests

if TYPE_CHECKING:
    from playground.chats import Message, Topic
    from playground.params import Params
    from playground.people import Account
    from playground.state import WorldState

_SPOKEN = {ChatKind.GROUP: "group chat", ChatKind.SUPERGROUP: "supergroup chat"}


def chat_to_read(world: WorldState, params: Params, name: str = "chat_id") -> Chat:
    """The chat the bot names; a basic group even after leaving it. Raises ApiError."""
    chat = _find(world, params, name)
    if chat.kind is ChatKind.SUPERGROUP:
        _check_membership(world, chat)
    return chat


def chat_to_edit(world: WorldState, params: Params) -> Chat:
    """The same, where the bot must still be a member, under the chat's present id."""
    chat = _find(world, params, "chat_id")
    if chat.upgraded_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.upgraded_to.id},
        )
    if chat.is_group:
        _check_membership(world, chat)
    return chat


def chat_to_write(world: WorldState, params: Params) -> Chat:
    """The chat the bot wants to send to. Raises ApiError."""
    chat = chat_to_edit(world, params)
    if chat.person is not None:
        if chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.person.started:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def check_may_send(world: WorldState, chat: Chat, permission: str, what: str) -> None:
    """Refuse what the group's or the bot's own permissions forbid. Raises ApiError."""
    if not chat.may(world.bot, permission):
        raise bad_request(f"not enough rights to send {what} to the chat")


def check_slow_mode(world: WorldState, chat: Chat) -> None:
    """Refuse what comes too soon after the bot's last message. Raises ApiError.

    Telegram calls it SLOWMODE_WAIT; the Bot API says 429 as to whoever writes too much. Edits and
    reactions are free; of ephemeral messages nothing is documented.
    """
    wait = chat.seconds_to_wait(world.bot, world.clock.now())
    if wait > 0:
        raise too_many_requests(math.ceil(wait))


def topic_to_write(world: WorldState, chat: Chat, thread_id: int) -> Topic | None:
    """The topic so numbered, General for 0; None outside forums. Raises ApiError."""
    if not chat.forum:
        return None
    if thread_id == GENERAL_THREAD_ID or (thread_id and thread_id not in chat.topics):
        raise bad_request("message thread not found")
    topic = chat.topics[thread_id or GENERAL_THREAD_ID]
    if topic.closed and not chat.member(world.bot).has("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic


def message_in(chat: Chat, message_id: int, purpose: str) -> Message:
    """The message by its id; `purpose` stands in the refusal: "message to edit"."""
    message = chat.by_id.get(message_id)
    if message is None:
        raise bad_request(f"{purpose} not found")
    return message


def known_account(world: WorldState, params: Params, name: str = "user_id") -> Account:
    """The account by its id. Raises ApiError."""
    account_id = params.integer(name)
    if account_id <= 0:
        raise bad_request(f"invalid {name} specified")
    account = world.account(account_id)
    if account is None:
        raise bad_request("user not found")
    return account


def _find(world: WorldState, params: Params, name: str) -> Chat:
    given = params.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    if given.startswith("@"):
        wanted = given[1:].lower()
        named = [c for c in world.chats.values() if (c.username or "").lower() == wanted]
        if named:
            return named[0]
        raise bad_request("chat not found")
    chat_id = params.integer(name)
    chat = world.chats.get(chat_id)
    person = next((person for person in world.people if person.id == chat_id), None)
    if person is not None:
        private = chat or world.private(person)
        if person.started or any(group.has(person) for group in _groups_with_bot(world)):
            return private
    elif chat is not None and (chat.is_group and world.bot.id in chat.members):
        return chat
    raise bad_request("chat not found")


def _groups_with_bot(world: WorldState) -> list[Chat]:
    return [chat for chat in world.chats.values() if world.bot.id in chat.members]


def _check_membership(world: WorldState, chat: Chat) -> None:
    if chat.has(world.bot):
        return
    if chat.member(world.bot).status == "kicked":
        raise forbidden(f"bot was kicked from the {_SPOKEN[chat.kind]}")
    raise forbidden(f"bot is not a member of the {_SPOKEN[chat.kind]}")
