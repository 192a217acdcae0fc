"""Who may do what with an election: rights of organisers of the chat that it belongs to."""

from __future__ import annotations

from dataclasses import replace

from bot.person.rights import Right, Who
from handlers.elections.heart.reach import chat_of, chat_of_candidate

ORGANISERS_OF_ELECTION = Right(Who.ORGANISERS, "election", chat_of)
ORGANISERS_OF_CANDIDATE = Right(Who.ORGANISERS, "candidate", chat_of_candidate)

ONE_OF_THE_ORGANISERS_OF_ELECTION = replace(ORGANISERS_OF_ELECTION, tells_apart=True)
ONE_OF_THE_ORGANISERS_OF_CANDIDATE = replace(ORGANISERS_OF_CANDIDATE, tells_apart=True)
"""For acts that may want a second organiser."""
