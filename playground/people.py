"""Accounts: people, the bot, and the service accounts that stand for nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.errors import JSON


@dataclass(eq=False)
class Account:
    """Whoever can stand in a message's `from`."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name as clients show them."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def json(self) -> dict[str, JSON]:
        """A Bot API `User`."""
        fields: dict[str, JSON] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {key: value for key, value in fields.items() if value is not None}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


@dataclass(eq=False, repr=False)
class Person(Account):
    """A neighbour. `started` and `blocked` describe the private chat with the bot."""

    started: bool = False
    blocked: bool = False


@dataclass(eq=False, repr=False)
class Bot(Account):
    """The bot that talks to the stand-in over HTTP."""

    is_bot: bool = True
    token: str = ""
    privacy_mode: bool = True

    @property
    def address(self) -> str:
        """The link that opens its private chat."""
        return f"https://t.me/{self.username}"

    def own_json(self) -> dict[str, JSON]:
        """What getMe answers."""
        return self.json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy_mode,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


# Telegram's own accounts, with the ids they have there.
GROUP_ANONYMOUS_BOT = Account(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = Account(136817688, "Channel", username="Channel_Bot", is_bot=True)
TELEGRAM = Account(777000, "Telegram")
