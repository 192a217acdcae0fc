"""What organisers tap beneath the picture, which leads into other features."""

from __future__ import annotations

from bot.context import Context
from bot.steps import ReminderStep, SheetStep
from handlers.elections.heart.reach import open_election
from handlers.elections.progress import faces
from handlers.elections.progress.payloads import PrintSheets, Remind
from handlers.elections.progress.use_cases import progress_of_open


async def reminder_wanted(context: Context, tap: Remind) -> None:
    """A reminder is a feature of its own: it is given the words, in the language of the chat."""
    found = await context.read(progress_of_open, tap.election)
    step = ReminderStep(
        found.election.chat_id,
        about=f"election:{tap.election}",
        text=faces.draw_reminder(found, context.texts.in_language(found.language)),
        last_on=found.last_day,
    )
    await context.begin(step)


async def sheets_wanted(context: Context, tap: PrintSheets) -> None:
    """Paper is a feature of its own too."""
    await context.read(open_election, tap.election)
    await context.begin(SheetStep(tap.election))
