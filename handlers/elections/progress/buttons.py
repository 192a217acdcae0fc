"""What organisers tap on the picture and on milestones."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.steps import ReminderStep, SheetStep
from bot.store import Redelivered
from handlers.elections.progress import faces
from handlers.elections.progress.payloads import PrintSheets, Remind, ShowEveryone
from handlers.elections.progress.use_cases import progress_of_open, show_everyone
from handlers.elections.use_cases import chat_of, open_row


async def shown_to_everyone(context: Context, tap: ShowEveryone) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(show_everyone, tap.election)
    await context.toast(context.words.plain("progress.shown"))


async def reminder_wanted(context: Context, tap: Remind) -> None:
    """A reminder is a feature of its own: it is given the words, in the language of the chat."""
    found = await context.read(
        progress_of_open,
        tap.election,
    )
    step = ReminderStep(
        found.election.chat_id,
        about=f"election:{tap.election}",
        text=faces.draw_reminder(found, context.texts.in_language(found.language)),
        last_on=found.last_day,
    )
    await context.begin(step)


async def sheets_wanted(context: Context, tap: PrintSheets) -> None:
    """Paper is a feature of its own too."""
    await context.read(open_row, tap.election)
    await context.begin(SheetStep(tap.election))
