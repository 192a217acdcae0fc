"""Going and Maybe, wherever an action is shown to everybody."""

from __future__ import annotations

from bot.domain.actions.answers import Answer
from bot.message.face import Button
from bot.message.words import Words
from handlers.actions.card.payloads import GiveAnswer


def answer_row(action_id: int, words: Words) -> tuple[Button, ...]:
    return tuple(
        Button(words.plain(f"actions.answer.{answer.value}"), GiveAnswer(action_id, answer.value))
        for answer in (Answer.GOING, Answer.MAYBE)
    )
