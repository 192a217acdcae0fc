"""The parts of actions, in the order in which their commands are listed."""

from __future__ import annotations

from handlers.actions.announcing import ACTIONS_ANNOUNCING
from handlers.actions.calendar import ACTIONS_CALENDAR
from handlers.actions.card import ACTIONS_CARD
from handlers.actions.changing import ACTIONS_CHANGING
from handlers.actions.coming import ACTIONS_COMING
from handlers.actions.drafting import ACTIONS_DRAFTING
from handlers.actions.reminding import ACTIONS_REMINDING
from handlers.actions.supporting import ACTIONS_SUPPORTING

ACTIONS = (
    ACTIONS_ANNOUNCING,
    ACTIONS_DRAFTING,
    ACTIONS_CARD,
    ACTIONS_CHANGING,
    ACTIONS_SUPPORTING,
    ACTIONS_REMINDING,
    ACTIONS_CALENDAR,
    ACTIONS_COMING,
)
