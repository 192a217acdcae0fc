"""How neighbours answer on an action's card."""

from __future__ import annotations

from bot.context import Context
from bot.domain.actions.answers import Answer
from bot.domain.refusal import Refused
from handlers.actions.card.payloads import GiveAnswer
from handlers.actions.heart.answering import current_answer, give_answer
from storage.handled_updates import Redelivered


async def answered(context: Context, tap: GiveAnswer) -> None:
    """Going, Maybe, Can't; the same again takes it back."""
    if tap.answer not in list(Answer):
        raise Refused("frame.refused.unknown_thing")
    try:
        answer = await context.run(give_answer, tap.action, Answer(tap.answer))
    except Redelivered:
        answer = await context.read(current_answer, tap.action)
    key = answer.value if answer else "taken_back"
    await context.toast(context.words.plain(f"actions.answered.{key}"))
