"""What organisers tap in the ledger, where the answer hangs on what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.acts.buttons import tell_asked
from handlers.elections.heart.acts.deeds import counted_by
from handlers.elections.paper.payloads import (
    ChoicePage,
    LedgerPage,
    SetAccepted,
    SetCountedBy,
    SettingsPage,
)
from handlers.elections.paper.use_cases import set_accepted


async def accepted_entered(context: Context, tap: SetAccepted) -> None:
    """The tap names no election: where it was entered before, any may be chosen."""
    entered = await context.once(set_accepted, tap.candidate, tap.number)
    if entered is None:
        await context.show(ChoicePage())
        return
    election_id, asked = entered
    await tell_asked(context, asked, LedgerPage(election_id, 0))


async def counting_set(context: Context, tap: SetCountedBy) -> None:
    asked = await context.once(ask, tap.election, counted_by(tap.counted_by))
    await tell_asked(context, asked, SettingsPage(tap.election))
