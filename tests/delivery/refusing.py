"""Making Telegram refuse, and looking for what comes of it."""

from __future__ import annotations

from playground.chats import Chat, Message, Topic
from playground.params import Params
from tests.yard import Yard

AT_ONE = "2026-10-21 10:00"


def said(yard: Yard, words: str, chat: Chat | None = None) -> list[Message]:
    """What everyone in the chat reads with these words."""
    return [m for m in (chat or yard.group).messages if words in m.text and m.is_ordinary]


def is_card(params: Params) -> bool:
    """Unlike what is said about it, the card names the place."""
    text = params.text("text")
    return "📍 Fountain" in text and "neighbours will see" not in text


def cards_in(chat: Chat) -> list[Message]:
    return [m for m in chat.messages if "📍 Fountain" in m.text and m.buttons and not m.reply_to]


def refusals(yard: Yard, words: str) -> int:
    return len([call for call in yard.world.calls if words in (call.error or "")])


def general_of(forum: Chat) -> Topic:
    return next(topic for topic in forum.topics.values() if topic.is_general)


def new_forum(yard: Yard) -> tuple[Chat, Topic]:
    forum = yard.world.add_group("Forum", yard.vera, forum=True, members=[yard.tom])
    return forum, yard.world.add_topic(forum, "Announcements", yard.vera)
