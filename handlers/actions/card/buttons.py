"""How neighbours answer on an action's card, and behind its ⋯."""

from __future__ import annotations

from bot.context import Context
from bot.domain.actions.answers import Answer
from bot.domain.refusal import Refused
from bot.message.words import Words
from handlers.actions.card.payloads import ComeWith, GiveAnswer, MorePage
from handlers.actions.heart.answering import Given, come_with, current_answer, give_answer
from storage.handled_updates import Redelivered


async def answered(context: Context, tap: GiveAnswer) -> None:
    """Going, Maybe, Can't; the same again takes it back."""
    if tap.answer not in list(Answer):
        raise Refused("frame.refused.unknown_thing")
    try:
        given = await context.run(give_answer, tap.action, Answer(tap.answer))
    except Redelivered:
        given = await context.read(current_answer, tap.action)
    await context.toast(_said(given, context.words))


async def comes_with(context: Context, tap: ComeWith) -> None:
    """So many are brought, which the page then shows."""
    await context.once(come_with, tap.action, tap.guests)
    await context.show(MorePage(tap.action))


def _said(given: Given, words: Words) -> str:
    if given.number is not None:
        return words.plain("actions.answered.in_line", n=words.number(given.number))
    if given.waits:
        return words.plain("actions.answered.waits")
    return words.plain(f"actions.answered.{given.answer.value if given.answer else 'taken_back'}")
