"""The parts of elections, in the order in which their commands are listed and their due moments looked at.

At a full hour the numbers go before the bulletin, and both before an end.
"""

from __future__ import annotations

from handlers.elections.announcing import ANNOUNCING
from handlers.elections.buildings import BUILDINGS
from handlers.elections.bulletins import BULLETINS
from handlers.elections.candidates import CANDIDATES
from handlers.elections.card import CARD_AND_NEWS
from handlers.elections.ending import ENDING
from handlers.elections.paper import PAPER
from handlers.elections.paper.printing import PAPER_PRINTING
from handlers.elections.progress import PROGRESS
from handlers.elections.representatives import REPRESENTATIVES
from handlers.elections.signing import SIGNING

ELECTIONS = (
    ANNOUNCING,
    CANDIDATES,
    BUILDINGS,
    CARD_AND_NEWS,
    SIGNING,
    BULLETINS,
    PROGRESS,
    ENDING,
    REPRESENTATIVES,
    PAPER_PRINTING,
    PAPER,
)
