"""Who wrote or tapped, by what Telegram tells of the sender: a neighbour, or nobody in particular."""

from __future__ import annotations

from telegram import Update

CHANNEL_SENDERS = (777000, 136817688)
"""Telegram's stand-ins for a linked channel and for channels that write in a group: nobody."""
GROUP_SENDER = 1087968824
"""Its stand-in for anonymous administrators: they write by it, and tap as themselves."""


def is_nobody(update: Update) -> bool:
    """Whether a message has no neighbour behind it: a channel's post, another bot, words that a bot put into
    somebody's mouth."""
    message, user = update.message, update.effective_user
    if message is None or user is None or user.id in CHANNEL_SENDERS:
        return True
    if message.via_bot is not None or message.sender_business_bot is not None:
        return True
    if message.sender_chat is not None:
        return message.sender_chat.id != message.chat.id
    return user.is_bot


def taps_as_nobody(person_id: int, *, is_bot: bool) -> bool:
    """The same of a tap, by the account that taps."""
    return is_bot or person_id in CHANNEL_SENDERS or person_id == GROUP_SENDER


def writes_as_channel(update: Update) -> bool:
    """Whether a person writes in the name of a channel of theirs: nobody knows who that is. What the group's
    linked channel posts comes here by itself."""
    message = update.message
    if message is None or message.sender_chat is None or message.is_automatic_forward:
        return False
    if message.via_bot is not None or message.sender_business_bot is not None:
        return False
    return message.sender_chat.id != message.chat.id
