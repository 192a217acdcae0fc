"""Who may do what with an office."""

from __future__ import annotations

from bot.person.rights import Right, Who
from handlers.elections.representatives.reading import chat_of

ORGANISERS_OF_OFFICE = Right(Who.ORGANISERS, "office", chat_of)
