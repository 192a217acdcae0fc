"""The page on which an action's author says when the bot reminds of it."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.actions.heart.buttons import require_author_or_organiser
from handlers.actions.reminding import faces
from handlers.actions.reminding.payloads import RemindersPage
from handlers.actions.reminding.use_cases import reminding


async def reminders_page(context: Context, page: RemindersPage) -> Face:
    await require_author_or_organiser(context, page.action)
    return faces.draw_reminders(await context.read(reminding, page.action), context.words)
