"""Telegram's words for no, and what they mean.

They are known as whole phrases, never by a word within: "restricted" is part of what is said of a chat, of an
account and of forwarding. What nobody knows here is `Refusal.OTHER`. Three programs write them:

- the Bot API server, in sentences: `Client.cpp` in github.com/tdlib/telegram-bot-api;
- TDLib beneath it, in sentences: `td/telegram/` in github.com/tdlib/td;
- Telegram itself, in constants: core.telegram.org/api/errors. The server passes them on as they are, and a
  403 in a constant as a 400 (`Client::fail_query_with_error`).
"""

from __future__ import annotations

import re
from enum import Enum, auto


class Refusal(Enum):
    """Telegram understood the request and says no: asked again now, it would say the same."""

    # The message looks so already.
    NOT_MODIFIED = auto()
    # The chat is gone, or was never known to this bot.
    NO_SUCH_CHAT = auto()
    NO_SUCH_TOPIC = auto()
    TOPIC_CLOSED = auto()
    # The bot is in the group and may say nothing there now, whatever it is and in whichever topic.
    CHAT_CLOSED = auto()
    # It may say nothing in words; or send no pictures; or nothing else of this kind.
    NO_TEXT = auto()
    NO_PICTURES = auto()
    MAY_NOT_SEND_THIS = auto()
    # The group takes payment for messages.
    NOT_FREE = auto()
    # It may not do this, which isn't sending.
    NO_RIGHT = auto()
    # The message that was to be copied is gone.
    NOTHING_TO_COPY = auto()
    # It is there, and its chat lets nobody copy.
    COPYING_FORBIDDEN = auto()
    # It is there. Either nobody can copy it, or the bot may send nothing of its kind now: the same words.
    NOT_COPIED = auto()
    # The message that was to be changed is gone, or no bot's, or can't be changed any more.
    NOT_EDITABLE = auto()
    # Somebody or something else that isn't there.
    NOT_FOUND = auto()
    # The server is older than the tag for times that everybody reads in their own zone.
    NO_TIME_TAG = auto()
    # None of these.
    OTHER = auto()


NO_TEXT = "not enough rights to send text messages to the chat"
NO_COPIES = "there are no messages to forward"
"""What `Client.copy_into` says, as the server does, where no copy came of it."""

_PHRASES = {
    # Client.cpp, check_chat and check_chat_access
    "chat not found": Refusal.NO_SUCH_CHAT,
    # Client.cpp, TdOnCheckForumTopicCallback and check_message_topic
    "message thread not found": Refusal.NO_SUCH_TOPIC,
    # core.telegram.org/method/messages.sendMessage, and so on for constants
    "topic_closed": Refusal.TOPIC_CLOSED,
    "topic_deleted": Refusal.NO_SUCH_TOPIC,
    "topic_id_invalid": Refusal.NO_SUCH_TOPIC,
    "chat_write_forbidden": Refusal.CHAT_CLOSED,
    "chat_restricted": Refusal.CHAT_CLOSED,
    "chat_guest_send_forbidden": Refusal.CHAT_CLOSED,
    "chat_admin_required": Refusal.NO_RIGHT,
    "channel_private": Refusal.NO_SUCH_CHAT,
    "user_banned_in_channel": Refusal.CHAT_CLOSED,
    "chat_send_plain_forbidden": Refusal.NO_TEXT,
    # core.telegram.org/method/messages.sendMedia
    "chat_send_photos_forbidden": Refusal.NO_PICTURES,
    "chat_send_media_forbidden": Refusal.NO_PICTURES,
    # DialogManager.cpp, can_send_message_to_dialog
    "have no write access to the chat": Refusal.CHAT_CLOSED,
    "need administrator rights in the channel chat": Refusal.CHAT_CLOSED,
    # MessageContent.cpp, can_send_message_content
    NO_TEXT: Refusal.NO_TEXT,
    "not enough rights to send photos to the chat": Refusal.NO_PICTURES,
    # Servers up to Bot API 6 said so of every kind of content.
    "have no rights to send a message": Refusal.MAY_NOT_SEND_THIS,
    # Client.cpp, process_copy_message_query
    "message to copy not found": Refusal.NOTHING_TO_COPY,
    # MessagesManager.cpp, get_forwarded_messages: of all that were asked for none is left
    NO_COPIES: Refusal.NOTHING_TO_COPY,
    # The same; and core.telegram.org/method/messages.forwardMessages
    "message has protected content and can't be forwarded": Refusal.COPYING_FORBIDDEN,
    "chat_forwards_restricted": Refusal.COPYING_FORBIDDEN,
    # MessagesManager.cpp, forward_message; Client.cpp, TdOnForwardMessagesCallback
    "the message can't be copied": Refusal.NOT_COPIED,
    "messages can't be forwarded": Refusal.NOT_COPIED,
    # Client.cpp, process_edit_message_text_query; MessagesManager.cpp, edit_message_text
    "message to edit not found": Refusal.NOT_EDITABLE,
    "message can't be edited": Refusal.NOT_EDITABLE,
    "there is no text in the message to edit": Refusal.NOT_EDITABLE,
    # core.telegram.org/method/messages.editMessage
    "message_id_invalid": Refusal.NOT_EDITABLE,
    # MessagesManager.cpp, delete_messages
    "message can't be deleted": Refusal.NOT_EDITABLE,
    "message can't be deleted for everyone": Refusal.NOT_EDITABLE,
    "message_edit_time_expired": Refusal.NOT_EDITABLE,
    "message_author_required": Refusal.NOT_EDITABLE,
    # Client.cpp, for deleting, pinning, replying and asking about people
    "message to delete not found": Refusal.NOT_FOUND,
    "message to pin not found": Refusal.NOT_FOUND,
    "message to unpin not found": Refusal.NOT_FOUND,
    "message to react not found": Refusal.NOT_FOUND,
    "message to be replied not found": Refusal.NOT_FOUND,
    "message not found": Refusal.NOT_FOUND,
    "user not found": Refusal.NOT_FOUND,
    "member not found": Refusal.NOT_FOUND,
    # core.telegram.org/method/channels.getParticipant
    "participant_id_invalid": Refusal.NOT_FOUND,
    "user_not_participant": Refusal.NOT_FOUND,
    "user_id_invalid": Refusal.NOT_FOUND,
}
# With something of the moment in them, such as the kind of content. What is above counts before.
_PATTERNS = (
    # Client.cpp, for MESSAGE_NOT_MODIFIED
    (r"message is not modified: specified new message content .*", Refusal.NOT_MODIFIED),
    # MessageContent.cpp, can_send_message_content: "Not enough rights to send documents to the chat"
    (r"not enough rights to send [a-z ]+ to the chat", Refusal.MAY_NOT_SEND_THIS),
    # core.telegram.org/method/messages.sendMedia: CHAT_SEND_POLL_FORBIDDEN
    (r"chat_send_[a-z]+_forbidden", Refusal.MAY_NOT_SEND_THIS),
    # core.telegram.org/method/messages.sendMessage: ALLOW_PAYMENT_REQUIRED_5
    (r"allow_payment_required(_[0-9]+)?", Refusal.NOT_FREE),
    # TDLib, everywhere: "Not enough rights to manage pinned messages in the chat"
    (r"not enough rights( to .+)?", Refusal.NO_RIGHT),
    # Client.cpp, parse_html
    (r"can't parse entities: unsupported start tag \"tg-time\" .*", Refusal.NO_TIME_TAG),
)
# Client.cpp, check_chat_access and fail_query_with_error; DialogManager.cpp; all of them with 403
_SHUT_OUT = re.compile(
    r"bot was kicked from the (group|supergroup|channel) chat"
    r"|bot is not a member of the (group|supergroup|channel) chat"
    r"|the group chat was deleted"
    r"|bot was blocked by the user"
    r"|user is deactivated"
    r"|bot can't initiate conversation with a user"
    r"|the bot can't send messages to the bot"
)


def meaning_of(words: str) -> Refusal:
    """Return what words of a refusal mean, without the name of the status before them."""
    reason = words.lower()
    known = _PHRASES.get(reason)
    if known is not None:
        return known
    matches = (kind for pattern, kind in _PATTERNS if re.fullmatch(pattern, reason, re.DOTALL))
    return next(matches, Refusal.OTHER)


def is_shut_out(words: str) -> bool:
    """Whether words that came with a 403 say that the bot has no business there."""
    return _SHUT_OUT.fullmatch(words.lower()) is not None
