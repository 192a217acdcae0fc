"""What organisers tap on representatives, where the words of the chat are wanted."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.representatives.payloads import BeginRecall
from handlers.elections.representatives.recalling import begin_recall, recall_of


async def recall_begun(context: Context, tap: BeginRecall) -> None:
    """The card says what neighbours sign for in the language of the chat, as if it had been typed."""
    recall = await context.read(recall_of, tap.office)
    words = context.texts.in_language(recall.language)
    title = words.plain("recall.title", name=recall.name)
    await context.once(begin_recall, tap.office, title, words.plain("recall.choice"))
    await context.close("recall.begun")
