"""What everything that speaks to chats works with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.bot_api.client import Client
from bot.bot_api.pace import Pace
from bot.clock import Clock
from bot.delivery.standing import Standing
from bot.message.words import Texts
from bot.person.known_chats import KnownChats
from bot.store import Store


@dataclass(frozen=True)
class Line:
    """The line to the chats: Telegram, what is to be said there, when, in which words and how fast."""

    client: Client
    store: Store
    known_chats: KnownChats
    clock: Clock
    texts: Texts
    pace: Pace
    standing: Standing
