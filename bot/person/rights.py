"""Who may do what, declared beside what it is: one table of rights for each feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.person.drafts import chat_of_anonymous_draft, chat_of_draft
from bot.store import PersonalWork, UnitOfWork


class Who(StrEnum):
    """For whom something is. Whatever belongs to a group is within reach of its members only."""

    EVERYONE = "everyone"
    # The same, and Telegram is asked whether they are a member for a tap in the group too: a public one can
    # be tapped from outside. What is done from the private chat is asked about in any case.
    MEMBERS = "members"
    ORGANISERS = "organisers"
    # Whoever began it; an organiser where an anonymous one did.
    AUTHOR = "author"
    # What the function asks itself, because it depends on more than the person.
    ASKED_INSIDE = "asked inside"


@dataclass(frozen=True)
class Right:
    """A right, and of which chat: of this group, or, asked in private, of the chat that a thing is of.

    `chat_of` is a query. It gets the value that the payload carries under the name `of`. It returns our id
    of the chat, or None where nothing is left to protect: the thing is over, or the use case knows whose
    it is. `tells_apart` puts the accounts of all organisers at the use case's hand.
    """

    who: Who
    of: str = ""
    chat_of: Callable[[PersonalWork, Any], int | None] | None = None
    tells_apart: bool = False


def itself(_work: UnitOfWork, chat_id: int) -> int:
    """Return the id of a chat, for what carries it."""
    return chat_id


EVERYONE = Right(Who.EVERYONE)
ORGANISERS = Right(Who.ORGANISERS)
ORGANISERS_OF_CHAT = Right(Who.ORGANISERS, "chat", itself)
ORGANISERS_OF_DRAFT = Right(Who.ORGANISERS, "draft", chat_of_draft)
AUTHOR = Right(Who.AUTHOR, "draft", chat_of_anonymous_draft)
ASKED_INSIDE = Right(Who.ASKED_INSIDE)
