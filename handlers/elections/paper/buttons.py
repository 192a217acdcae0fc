"""What organisers tap in the ledger, where the answer hangs on what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.paper.payloads import ChoicePage, LedgerPage, SetAccepted
from handlers.elections.paper.use_cases import set_accepted


async def accepted_entered(context: Context, tap: SetAccepted) -> None:
    """The tap names no election: where it was entered before, any may be chosen."""
    election_id = await context.once(set_accepted, tap.candidate, tap.number)
    await context.show(ChoicePage() if election_id is None else LedgerPage(election_id, 0))
