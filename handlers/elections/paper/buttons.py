"""What organisers tap in the ledger, where the answer hangs on what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.acts.buttons import tell_asked
from handlers.elections.heart.acts.deeds import counted_by
from handlers.elections.paper.payloads import (
    EnterReturned,
    LedgerPage,
    SetAccepted,
    SetCountedBy,
    SettingsPage,
    SheetPage,
    ValidPage,
)
from handlers.elections.paper.use_cases import election_of, enter_returned, set_accepted


async def accepted_entered(context: Context, tap: SetAccepted) -> None:
    election_id = await context.read(election_of, tap.candidate)
    asked = await context.once(set_accepted, tap.candidate, tap.number)
    await tell_asked(context, asked, LedgerPage(election_id, 0))


async def returned_entered(context: Context, tap: EnterReturned) -> None:
    await context.once(enter_returned, tap.sheet, tap.filled)
    await context.show(after_returned(tap.sheet, tap.filled))


async def counting_set(context: Context, tap: SetCountedBy) -> None:
    asked = await context.once(ask, tap.election, counted_by(tap.counted_by))
    await tell_asked(context, asked, SettingsPage(tap.election))


def after_returned(sheet_id: int, filled: int) -> ValidPage | SheetPage:
    """What comes next: whoever counts the filled rows mostly has looked at them too."""
    return ValidPage(sheet_id) if filled else SheetPage(sheet_id)
