"""Keys below the field in which a person types: reply keyboards.

Source: `ReplyKeyboardMarkup`, `KeyboardButtonRequestChat` and `ReplyKeyboardRemove` of the Bot API; the words
of refusals are the server's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.errors import JSON, bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

_OTHER_REQUESTS = (
    "request_users",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
_CRITERIA = frozenset(
    {
        "request_id",
        "chat_is_channel",
        "chat_is_forum",
        "chat_has_username",
        "chat_is_created",
        "bot_is_member",
        "request_title",
        "request_username",
    }
)


@dataclass(frozen=True)
class ChatWanted:
    """Which chats a key offers to pick from."""

    request_id: int
    criteria: dict[str, JSON]


@dataclass(frozen=True)
class Key:
    """A key: it types its text, or offers chats to pick from."""

    text: str
    wanted: ChatWanted | None = None


@dataclass(frozen=True)
class Keys:
    """What stands below the field; `is_one_time` keys go out of sight with the first press."""

    rows: tuple[tuple[Key, ...], ...]
    is_one_time: bool = False

    def all(self) -> Iterable[Key]:
        """Each of them, row after row."""
        return (key for row in self.rows for key in row)


def require_inline(markup: JSON) -> None:
    """Go on only where these aren't keys below the field: only new messages bring such. Raises ApiError."""
    if isinstance(markup, dict) and {"keyboard", "remove_keyboard", "force_reply"} & markup.keys():
        raise bad_request("inline keyboard expected")


def keys_after(markup: JSON, before: Keys | None, *, is_private: bool) -> Keys | None:
    """The keys below the field once a message with this markup came. Raises ApiError."""
    if not isinstance(markup, dict):
        return before
    if markup.get("remove_keyboard") is True:
        return None
    if "keyboard" not in markup:
        return before
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    keys = tuple(tuple(_key(key, is_private=is_private) for key in row) for row in rows if row)
    ids = [key.wanted.request_id for row in keys for key in row if key.wanted]
    if len(set(ids)) != len(ids):
        raise bad_request("BUTTON_ID_INVALID")
    if not keys:
        raise bad_request("REPLY_MARKUP_BUTTONS_EMPTY")
    return Keys(keys, is_one_time=markup.get("one_time_keyboard") is True)


def _key(key: JSON, *, is_private: bool) -> Key:
    refused = "Can't parse keyboard button: "
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict):
        raise bad_request(f"{refused}KeyboardButton must be an Object")
    text = key.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{refused}Field "text" must be of type String')
    if not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    if any(key.get(name) for name in _OTHER_REQUESTS):
        raise bad_request(f"{refused}the playground doesn't know such keys")
    wanted = key.get("request_chat")
    if wanted is None:
        return Key(text)
    if not is_private:
        raise bad_request("chats can be requested in private chats only")
    return Key(text, _wanted(wanted, refused))


def _wanted(wanted: JSON, refused: str) -> ChatWanted:
    if not isinstance(wanted, dict):
        raise bad_request(f"{refused}KeyboardButtonRequestChat must be an Object")
    unknown = set(wanted) - _CRITERIA
    if unknown:
        raise bad_request(f"{refused}the playground doesn't know {', '.join(sorted(unknown))}")
    request_id = wanted.get("request_id")
    if not isinstance(request_id, int) or isinstance(request_id, bool):
        raise bad_request(f'{refused}Field "request_id" must be of type Number')
    if not -(2**31) <= request_id < 2**31:
        raise bad_request(f'{refused}Field "request_id" must be a valid 32-bit number')
    if not isinstance(wanted.get("chat_is_channel", False), bool):
        raise bad_request(f'{refused}Field "chat_is_channel" must be of type Boolean')
    return ChatWanted(request_id, {"chat_is_channel": False, **wanted})
