"""Elections: neighbours sign for a representative until enough of the residents have.

`heart/` knows what an election is while it lives: its keys, its counts, its words, its end. Each part
beside it is one thing that people do with it. Parts lean on the heart, and on each other's payloads only.
"""

from __future__ import annotations

from handlers.elections.announcing import ANNOUNCING
from handlers.elections.buildings import BUILDINGS
from handlers.elections.bulletins import BULLETINS
from handlers.elections.candidates import CANDIDATES
from handlers.elections.card import ELECTION_CARD
from handlers.elections.ending import ENDING
from handlers.elections.paper import PAPER
from handlers.elections.paper.printing import PAPER_PRINTING
from handlers.elections.progress import PROGRESS
from handlers.elections.representatives import REPRESENTATIVES
from handlers.elections.signing import SIGNING

ELECTIONS = (
    ANNOUNCING,
    CANDIDATES,
    ELECTION_CARD,
    SIGNING,
    BULLETINS,
    PROGRESS,
    ENDING,
    REPRESENTATIVES,
    BUILDINGS,
    PAPER_PRINTING,
    PAPER,
)
