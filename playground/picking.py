"""Picking a chat by a key below the field: which ones Telegram offers, and what it tells of a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.below_field import ChatWanted
    from playground.chats import Chat
    from playground.errors import JSON
    from playground.people import Account


def fits(wanted: ChatWanted, chat: Chat, person: Account, bot: Account) -> bool:
    """Whether Telegram offers this chat to this person."""
    asked = wanted.criteria
    if asked.get("chat_is_channel") is not False or not chat.is_group:
        return False  # there are no channels here
    if chat.upgraded_to is not None or not chat.has(person):
        return False
    told = {"chat_is_forum": chat.forum, "chat_has_username": chat.username is not None}
    if any(asked.get(name, value) is not value for name, value in told.items()):
        return False
    if asked.get("chat_is_created") and chat.member(person).status != "creator":
        return False
    return chat.has(bot) or not asked.get("bot_is_member")


def shared(wanted: ChatWanted, chat: Chat) -> dict[str, JSON]:
    """A Bot API `ChatShared`."""
    fields: dict[str, JSON] = {"request_id": wanted.request_id, "chat_id": chat.id}
    if wanted.criteria.get("request_title"):
        fields["title"] = chat.title
    if wanted.criteria.get("request_username") and chat.username:
        fields["username"] = chat.username
    return fields
