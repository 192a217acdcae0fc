"""Who may agree to an act of organisers, or stop it."""

from __future__ import annotations

from dataclasses import replace

from bot.person.rights import ORGANISERS_OF_DRAFT, Right, Who
from handlers.elections.heart.acts.asking import chat_of_act

ORGANISERS_OF_ACT = Right(Who.ORGANISERS, "act", chat_of_act)
ONE_OF_THE_ORGANISERS_OF_ACT = replace(ORGANISERS_OF_ACT, tells_apart=True)
ONE_OF_THE_ORGANISERS_OF_DRAFT = replace(ORGANISERS_OF_DRAFT, tells_apart=True)
